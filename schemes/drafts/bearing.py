"""Which way a change of a rule bears: limits become stricter or looser, something is new, or is gone."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from core.errors import Invalid
from core.readers import numbers
from schemes.document import Difference
from schemes.drafts.editor import JSON
from schemes.drafts.given import listed

BEARINGS = ("stricter", "looser", "added", "gone")
NOTHING: tuple[JSON, ...] = (None, "", [], {})
AT_MOST = ("le", "lt")


def bearing(each: Difference, document: Mapping[str, JSON]) -> str:
    """One of BEARINGS, "" where it is none of them; `document` says how a criterion compares."""
    if each.before in NOTHING:
        return "added"
    if each.after in NOTHING:
        return "gone"
    way = each.pointer.split("/")[1:]
    if len(way) != 3 or (way[0], way[2]) != ("criteria", "rows"):
        return ""
    said = (one for one in listed(document.get("criteria")) if isinstance(one, Mapping))
    criterion = next((one for one in said if one.get("slug") == way[1]), {})
    return _of_limits(each, criterion.get("comparator") in AT_MOST)


def _of_limits(each: Difference, at_most: bool) -> str:
    """Only of the same classes of products one can say it: every limit that changed must bear one way."""
    try:
        lower = set(_lowered(listed(each.before), listed(each.after)))
    except (Invalid, ValueError):
        return ""
    return "" if len(lower) != 1 else "stricter" if lower.pop() is at_most else "looser"


def _lowered(before: list[JSON], after: list[JSON]) -> Iterator[bool]:
    """Whether each limit that is another than before is lower; ValueError where they cannot be compared."""
    none: dict[str, JSON] = {}
    for one, other in zip_longest(before, after, fillvalue=none):
        if one.get("when") != other.get("when"):
            raise ValueError("other classes of products")
        for name in {**_limits(one), **_limits(other)}:
            old, new = (numbers.number(_limits(row).get(name)) for row in (one, other))
            if old == new:
                continue
            if old is None or new is None:
                raise ValueError("a limit that is new or gone")
            yield new < old


def _limits(row: Mapping[str, JSON]) -> dict[str, JSON]:
    plain = {} if row.get("limit") in NOTHING else {"": row["limit"]}
    return plain | dict(row.get("grades") or {})
