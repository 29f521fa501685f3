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
"""

from collections.abc import Callable
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
