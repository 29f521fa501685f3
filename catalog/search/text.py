"""How text becomes terms, for the index and for what people type alike.  Pure, no dictionary needed.

Chinese runs become overlapping pairs, with the last character alone, so that two
characters are a pair, more are a phrase of pairs, and one is the beginning of a
pair.  Latin letters and digits are words, parted where one turns into the other,
so that YT6012 and YT-6012 are the same two words.
"""

import re
import unicodedata

_SAME = str.maketrans("×✕✖", "xxx")
_TIMES = re.compile(r"(?<=[0-9])\s*\*\s*(?=[0-9])")
_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002fa1f]+|[a-z]+|[0-9]+")
_NOT_CODE = re.compile(r"[^0-9A-Z]")


def normalise(text: str) -> str:
    """Half-width, lower case, one sign for "times"."""
    return _TIMES.sub("x", unicodedata.normalize("NFKC", text).translate(_SAME)).lower()


def runs(text: str) -> list[str]:
    """Chinese runs, runs of Latin letters and runs of digits, in order."""
    return _RUN.findall(normalise(text))


def is_chinese(run: str) -> bool:
    return not run[0].isascii()


def pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


def terms(text: str) -> list[str]:
    """The terms a text is indexed under, in order."""
    found = []
    for run in runs(text):
        found += [*pairs(run), run[-1]] if is_chinese(run) else [run]
    return found


def squash(code: str) -> str:
    """A model or certificate number as it is compared: letters and digits alone, upper case."""
    return _NOT_CODE.sub("", normalise(code).upper())
