"""Numbers by which pages, forms and the API hand rows about: nobody types them, so each has one spelling."""

import re

from core.errors import Invalid

LARGEST = 2**31 - 1  # what an integer column of PostgreSQL holds
SPELT = re.compile("0|[1-9][0-9]{0,9}")


def number(value: object) -> int | None:
    """The number of a row, or a place in a list; raises `value-not-known`, since nothing can bear another."""
    written = "" if value is None else str(value)
    if not written:
        return None
    if not SPELT.fullmatch(written) or int(written) > LARGEST:
        raise Invalid("value-not-known")
    return int(written)
