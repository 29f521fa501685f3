"""How a code of the catalogue is written, which its edition says.  Pure."""

import re

from core.errors import Invalid

PATTERNS = {
    "2013": re.compile(r"[ABC](\d{2}){0,5}"),  # as deep as its level
    "2022": re.compile(r"[ABC]\d{8}|[ABC]"),
}
EDITIONS = tuple(PATTERNS)
CURRENT = EDITIONS[-1]


def edition(given: str) -> str:
    """Raise Invalid where none is named, or one that nobody knows: a code alone means nothing."""
    if given not in EDITIONS:
        raise Invalid("category-edition-missing", {"edition": "category-edition-missing"}, value=given)
    return given


def code(of: str, given: str) -> str:
    """A code of an edition; Invalid `code-shape` otherwise."""
    found = given.strip()
    if not PATTERNS[edition(of)].fullmatch(found):
        raise Invalid("code-shape", value=found)
    return found
