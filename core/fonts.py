"""Where the fonts of papers lie: they ship as a package, so that a paper looks the same on every machine.

A font of the system is never asked for: it would change the look of a paper, or be missing.
"""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "pylopdf_fonts_zh_cn"


def sans() -> Path:
    return _file("NotoSansSC-Regular.otf")


def serif() -> Path:
    return _file("NotoSerifSC-Regular.otf")


def _file(name: str) -> Path:
    """Raise FileNotFoundError without it: drawing without a font ends in a crash, not in an error."""
    package = find_spec(PACKAGE)
    for folder in package.submodule_search_locations if package else []:
        if (path := Path(folder) / name).is_file():
            return path
    raise FileNotFoundError(f"{name} is missing; install {PACKAGE.replace('_', '-')} (script/setup does)")
