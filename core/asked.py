"""What stands in an address, read once for every page: bounded, or refused in a sentence.

Nothing else looks into `request.args`.  An argument left empty was not given, since forms
send their empty fields along; one that no page asks for is let be, on a page.  The API
refuses those as well (core.api), and so do pages whose answer somebody signs for (`only`).
"""

import re
from collections.abc import Collection
from typing import TypeVar, overload

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map
from wtforms import Form

from core.errors import Invalid, NotFound
from core.i18n import _
from core.words import explain

F = TypeVar("F", bound=Form)

LARGEST = 2**31 - 1  # what the integer columns of either database hold
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
LONGEST = 200  # characters of a text in an address
MOST = 200  # arguments, however often one name is repeated


class IdConverter(IntegerConverter):
    """The number of a row in a path: beyond what a database counts there is no such page."""

    regex = "0|[1-9][0-9]{0,9}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def init_app(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter
    app.before_request(refuse_unreadable)


def refuse_unreadable() -> None:
    """No database, file system or index is ever handed a sign that is no text, or a list without end."""
    if any(is_unreadable(part) for part in (request.view_args or {}).values() if isinstance(part, str)):
        raise NotFound("http-404")
    arguments = list(request.args.items(multi=True))
    if len(arguments) > MOST:
        raise Invalid("list-too-long", most=MOST)
    for name, value in arguments:
        if is_unreadable(name) or is_unreadable(value):
            raise Invalid("argument-unreadable")


def is_unreadable(text: str) -> bool:
    """Whether a control character or half of a surrogate pair stands in it."""
    return UNREADABLE.search(text) is not None


@overload
def number(name: str, default: int, least: int = 0) -> int: ...
@overload
def number(name: str, default: None = None, least: int = 0) -> int | None: ...
def number(name: str, default: int | None = None, least: int = 0) -> int | None:
    """A whole number as a person counts; what is larger than any column is as large as the largest."""
    given = text(name)
    if not given:
        return default
    digits = given.lstrip("0") or "0"
    if not (given.isascii() and given.isdigit()):
        raise Invalid("argument-not-a-number", name=name)
    found = min(int(digits), LARGEST) if len(digits) <= len(str(LARGEST)) else LARGEST
    if found < least:
        raise Invalid("argument-not-a-number", name=name)
    return found


def page(name: str = "page") -> int:
    """Which page of a list; one beyond its end is for the list to answer, and empty."""
    return number(name, default=1, least=1)


def year(default: int) -> int:
    found = number("year", default)
    if not 1900 <= found <= 2999:
        raise Invalid("argument-not-offered", name="year", value=found)
    return found


def text(name: str, most: int = LONGEST) -> str:
    found = request.args.get(name, "").strip()
    if len(found) > most:
        raise Invalid("argument-too-long", name=name, most=most)
    return found


def choice(name: str, offered: Collection[str], default: str = "") -> str:
    """One of the slugs offered."""
    found = text(name)
    if found and found not in offered:
        raise Invalid("argument-not-offered", name=name, value=found)
    return found or default


def flag(name: str) -> bool:
    """Whether it stands there at all, with a value or without."""
    return name in request.args


def as_it_stands(name: str) -> str:
    """Unread: to be compared, or shown again where it was typed."""
    return request.args.get(name, "")


def all_but(*names: str) -> list[tuple[str, str]]:
    """The rest of the address, for a link that keeps it."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in names]


def everything() -> dict[str, list[str]]:
    """All of it, for a model that checks every part."""
    return request.args.to_dict(flat=False)


def only(*known: str) -> None:
    """Refuse what stands there under any other name: a question that is misspelt is not answered."""
    if unknown := sorted(request.args.keys() - {*known, "lang"}):
        raise Invalid("argument-unknown", dict.fromkeys(unknown, "body-member-unknown"), members=unknown)


def typed(kind: type[F]) -> F:
    """A form filled from the address, its faults for the page to show at their fields."""
    form = kind(request.args)
    form.validate()
    return form


def form(kind: type[F]) -> F:
    """A form filled from the address, or a no that names each fault: half a question is not answered."""
    found = typed(kind)
    if found.errors:
        faults = [
            _("%(label)s：%(text)s", label=field.label.text, text=explain(field.errors[0]))
            for field in found
            if field.errors
        ]
        raise Invalid("filter-unreadable", dict.fromkeys(found.errors, "argument-unreadable"), faults=faults)
    return found
