"""What people type, read into values: one small pure module for each kind of value.

Every door (forms, the API, workbooks, tables that are imported, commands) reads through these, so that the
same spelling means the same everywhere, or is refused everywhere with the same slug.

A reader takes what was typed and answers the value, or None (a text: "") when nothing was typed.  It raises
Invalid with a slug; where the value came from, and so the name of its field, the caller knows.
`at` adds that name.

    numbers.number, numbers.whole    Decimal, int
    days.day, days.year              date, int
    days.moment                      datetime, on a clock of no zone
    ids.number                       int, of a row or a place in a list
    texts.line, texts.prose          str, at most so many characters
    mail.address                     str, the ASCII form that can be mailed
    codes.letters                    str, half width and upper case, as codes are kept
    names.file                       str, what a file is called

Where something stands is named by its parts, `rows-3-legs-0-distance`, as the boxes of a page are called.  A
part that a stranger named goes through `part`, so that `pointer` finds the way again.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from core.errors import Invalid

T = TypeVar("T")


def at(field: str, reader: Callable[..., T], value: object, **bounds: int | Decimal) -> T:
    """`reader(value)`; a refusal names the field."""
    try:
        return reader(value, **bounds)
    except Invalid as error:
        raise Invalid(error.slug, {field: error.slug}, **error.detail) from error


def part(member: str) -> str:
    """A name that somebody else gave, as one part of the name of a place."""
    return _escaped(member).replace("-", "~2").replace(".", "~3")


def pointer(name: str) -> str:
    """The JSON pointer (RFC 6901) of a place by its name; what is one already stays as it is."""
    if name.startswith("/"):
        return name
    return f"/{re.sub('[.-]', '/', name)}".replace("~2", "-").replace("~3", ".")


def pointer_of(way: Iterable[str | int]) -> str:
    """The JSON pointer of what the members and places of a way lead to."""
    return "".join(f"/{_escaped(str(step))}" for step in way)


def _escaped(member: str) -> str:
    return member.replace("~", "~0").replace("/", "~1")
