"""Which ranges a table of limits covers, to be drawn: where a product has no limit, and where it has two.

It is drawn while the table is written, so whatever cannot be read is left out of the picture; what is wrong
is said by schemes.document.tables alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from math import prod

from core.errors import Invalid
from core.readers import numbers
from schemes.drafts.editor import JSON
from schemes.drafts.given import listed

MOST_STRIPS = 24  # more are no picture


@dataclass(frozen=True)
class Part:
    """From one bound to the next, in percent of the range; `rows` is how many rows hold it."""

    start: Decimal
    width: Decimal
    first: Decimal
    last: Decimal
    rows: int


@dataclass(frozen=True)
class Strip:
    """One class of products, made by the words of `choices`, along the parameter that is a number."""

    choices: tuple[str, ...]
    parts: tuple[Part, ...]


def strips(keys: Sequence[str], fields: Mapping[str, JSON], rows: Iterable[JSON]) -> tuple[Strip, ...]:
    """Nothing where the limits do not hang on one bounded number, and else on choices alone."""
    measured = [key for key in keys if _kind(fields.get(key)) in ("number", "whole")]
    chosen = {key: _choices(fields.get(key)) for key in keys if key not in measured}
    if len(measured) != 1 or not all(chosen.values()) or prod(map(len, chosen.values())) > MOST_STRIPS:
        return ()
    (axis,) = measured
    ends = [_number(fields[axis].get(name)) for name in ("least", "most")]
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return ()
    read = [_read(row, axis) for row in rows if isinstance(row, Mapping)]
    return tuple(
        Strip(words, tuple(_parts(ends[0], ends[1], list(_of(read, dict(zip(chosen, words, strict=True)))))))
        for words in product(*chosen.values())
    )


Row = tuple[dict[str, list[str]], Decimal | None, Decimal | None]  # words by parameter, lower and upper bound


def _read(row: Mapping[str, JSON], axis: str) -> Row:
    said = {str(each.get("parameter")): each for each in listed(row.get("when")) if isinstance(each, Mapping)}
    bounds = said.pop(axis, {})
    words = {key: [str(word) for word in listed(each.get("one_of"))] for key, each in said.items()}
    return words, _number(bounds.get("from")), _number(bounds.get("below"))


def _of(rows: Iterable[Row], words: Mapping[str, str]) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    """The bounds of the rows that hold a class."""
    for asked, least, below in rows:
        if all(word in (asked.get(key) or [word]) for key, word in words.items()):
            yield least, below


def _parts(
    first: Decimal, last: Decimal, bounds: Sequence[tuple[Decimal | None, Decimal | None]]
) -> Iterator[Part]:
    cuts = {first, last} | {end for pair in bounds for end in pair if end is not None and first < end < last}
    for start, end in pairwise(sorted(cuts)):
        held = sum((low is None or low <= start) and (high is None or high >= end) for low, high in bounds)
        yield Part(_share(start - first, last - first), _share(end - start, last - first), start, end, held)


def _share(length: Decimal, whole: Decimal) -> Decimal:
    return round(100 * length / whole, 2)


def _kind(field: JSON) -> str:
    return str(field.get("kind")) if isinstance(field, Mapping) else ""


def _choices(field: JSON) -> list[str]:
    if _kind(field) == "yes_no":
        return ["yes", "no"]
    given = listed(field.get("choices")) if isinstance(field, Mapping) else []
    return [str(each["slug"]) for each in given if isinstance(each, Mapping) and each.get("slug")]


def _number(given: JSON) -> Decimal | None:
    try:
        return numbers.number(given)
    except Invalid:
        return None
