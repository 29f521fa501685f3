"""One spelling of a structure as bytes, so that a signature over it can be checked anywhere."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

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


def canonical(statement: Mapping[str, Plain]) -> bytes:
    """The one spelling of a statement (RFC 8785)."""
    return rfc8785.dumps(dict(statement))
