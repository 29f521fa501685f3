"""Where the fonts of papers lie: they ship as a package, so that a paper looks the same on every machine.

A font of the system is never asked for: it would change the look of a paper, or be missing.
"""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from core.errors import Invalid

PACKAGE = "pylopdf_fonts_zh_cn"
BLANKS = frozenset("\t\r\n")  # set as a space


def sans() -> Path:
    return _file("NotoSansSC-Regular.otf")


def serif() -> Path:
    return _file("NotoSerifSC-Regular.otf")


def _file(name: str) -> Path:
    """Raise FileNotFoundError without it: drawing without a font ends in a crash, not in an error."""
    package = find_spec(PACKAGE)
    for folder in (package and package.submodule_search_locations) or []:
        if (path := Path(folder) / name).is_file():
            return path
    raise FileNotFoundError(f"{name} is missing; install {PACKAGE.replace('_', '-')} (script/setup does)")


def refuse_undrawable(texts: Iterable[str]) -> None:
    """Asked where a text comes in, and again before it is signed; raise Invalid naming the letters."""
    if letters := undrawable(texts):
        raise Invalid("glyph-missing", characters=[shown(letter) for letter in letters])


def undrawable(texts: Iterable[str]) -> str:
    """The letters that papers could not show: the font would drop them without a word."""
    asked = set().union(*(text for text in texts if not (text.isascii() and text.isprintable())))
    return "".join(sorted(asked - BLANKS - _letters())) if asked else ""


def shown(letter: str) -> str:
    """With its code point, since some cannot be seen: ş（U+015F）."""
    code = f"U+{ord(letter):04X}"
    return f"{letter}（{code}）" if letter.isprintable() else code


@cache
def _letters() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(sans(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
