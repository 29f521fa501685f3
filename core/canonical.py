"""One spelling of a structure as bytes, so that a signature over it can be checked anywhere."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

import orjson
import rfc8785

Plain = Any  # JSON, whose shape is that of what was given


def plain(value: object) -> Plain:
    """The same in JSON: a number or a day as text; a float is refused, since it would not stay exact."""
    match value:
        case Mapping():
            return {str(key): plain(member) for key, member in value.items()}
        case list() | tuple():
            return [plain(member) for member in value]
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case float():
            raise TypeError(f"{value!r} is not exact")
        case None:
            return ""
    return value


AS_SPELT = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER


def canonical(statement: Mapping[str, Plain]) -> bytes:
    """The one spelling of a statement (RFC 8785).

    Of what is made of plain texts, whole numbers and the like, orjson gives the same bytes some thirty times
    as fast; whatever else there is, or is to be refused, goes to the library that knows the whole RFC."""
    whole = dict(statement)
    if _is_simple(whole):
        try:
            return orjson.dumps(whole, option=AS_SPELT)
        except orjson.JSONEncodeError:  # half a letter, or a number that would not stay exact
            pass
    return rfc8785.dumps(whole)


SIMPLE = {dict, list, tuple, str, int, bool, type(None)}


def _is_simple(value: object) -> bool:
    """Names in ASCII are sorted alike by bytes and as the RFC asks; of no type but JSON's, and no float.

    One depth after the other, all of it in one look: of a list there are a hundred thousand."""
    parts = [value]
    while parts:
        if not {*map(type, parts)} <= SIMPLE:
            return False
        objects = [part for part in parts if type(part) is dict]
        names = set[object]().union(*objects)
        if not {*map(type, names)} <= {str} or not "".join(map(str, names)).isascii():
            return False
        lists = [part for part in parts if type(part) is list or type(part) is tuple]
        parts = [*chain(*map(dict.values, objects)), *chain(*lists)]
    return True
