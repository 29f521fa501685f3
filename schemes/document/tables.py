"""Whether a table of limits says one thing of every product: no class without a limit, none with two.

The range of each parameter is cut where any row begins or ends.  What lies between two cuts is all alike, so
each such cell is asked once which rows hold it.  Rows hold their lower bound and not their upper one; the
upper end of the parameter belongs to the last row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from math import prod

from schemes.document.base import Match
from schemes.document.criteria import Criterion, LimitRow
from schemes.document.parameters import NUMBERS, Parameter, values_of

MOST_CELLS = 20_000
Value = str | Decimal


@dataclass(frozen=True)
class Cell:
    """Products that no row can tell apart: one value stands for them; `until` is where they end."""

    value: Value
    until: Decimal | None = None

    def __str__(self) -> str:
        return str(self.value) if self.until is None else f"{self.value:f}–{self.until:f}"


@dataclass(frozen=True)
class Finding:
    """`place` says of each parameter, by its slug, at which products."""

    slug: str  # ranges-hole or ranges-overlap
    place: tuple[tuple[str, str], ...]
    rows: tuple[int, ...]

    @property
    def cell(self) -> str:
        return ", ".join(map(" ".join, self.place))


def holds(match: Match, value: Value, most: Decimal | None) -> bool:
    """Whether a value is what the row names; the greatest that can be belongs to the row that ends there."""
    if isinstance(value, str):
        return value in match.one_of
    if match.least is not None and value < match.least:
        return False
    return match.below is None or value < match.below or value == most == match.below


def fits(row: LimitRow, values: Mapping[str, Value], fields: Mapping[str, Parameter]) -> bool:
    """Whether a row is that of a product with these values; what is not stated fits no row that asks it."""
    return all(
        match.parameter in values and holds(match, values[match.parameter], fields[match.parameter].most)
        for match in row.when
    )


def findings(criterion: Criterion, fields: Mapping[str, Parameter]) -> Iterator[Finding]:
    """Holes and overlaps; the parameters of the table must be known and bounded."""
    axes = [_cells(fields[slug], criterion.rows) for slug in criterion.by]
    if prod(map(len, axes)) > MOST_CELLS:
        yield Finding("limits-too-many", (), ())
        return
    for cells in product(*axes):
        values = {slug: cell.value for slug, cell in zip(criterion.by, cells, strict=True)}
        rows = tuple(index for index, row in enumerate(criterion.rows) if fits(row, values, fields))
        if len(rows) != 1:
            place = tuple(zip(criterion.by, map(str, cells), strict=True))
            yield Finding("ranges-overlap" if rows else "ranges-hole", place, rows)


def _cells(parameter: Parameter, rows: Iterable[LimitRow]) -> list[Cell]:
    if parameter.kind not in NUMBERS:
        return [Cell(word) for word in values_of(parameter)]
    assert parameter.least is not None  # a table hangs on bounded numbers only
    assert parameter.most is not None
    cuts = {parameter.least, parameter.most} | {
        end
        for row in rows
        for match in row.when
        if match.parameter == parameter.slug
        for end in (match.least, match.below)
        if end is not None and parameter.least < end < parameter.most
    }
    return [Cell(start, end) for start, end in pairwise(sorted(cuts))]
