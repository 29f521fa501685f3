"""From records to rows, and from their result back to the records that somebody typed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from carbon.footprint import Caution, Result, Row, RowResult
from carbon.footprint.gases import CO2E
from carbon.records.ledger import part_of
from carbon.records.record import Around, Given, Record, cautions
from carbon.records.registry import expand
from carbon.records.spread import gsd


@dataclass(frozen=True)
class Lines:
    """The rows of all records, and of which record each is; `seen` has one for each, to be doubted; `doubts`
    are what the records themselves say; `at_grid` are the rows with all electricity from the grid, if that
    makes them others."""

    records: tuple[Record, ...]
    rows: tuple[Row, ...]
    seen: tuple[Row, ...]
    of: tuple[int, ...]
    doubts: tuple[Caution, ...]
    at_grid: tuple[Row, ...] = ()

    def folded(self, result: Result) -> Result:
        """The result by record, and what the records give to doubt; rows behind those of the records stay."""
        found = _folded(result, self.of, len(self.records))
        rows = list(found.rows)
        for place, record in enumerate(self.records):
            if record.stated and (stated := gsd(record.stated)):
                rows[place] = rows[place]._replace(gsd=stated)
        return replace(found, rows=tuple(rows), cautions=(*found.cautions, *self.doubts))


def lines(records: Sequence[Record], around: Around, accepted: Collection[int] = ()) -> Lines:
    """`accepted` are the places of the records whose ground to take away was accepted."""
    rows: list[Row] = []
    seen: list[Row] = []
    of: list[int] = []
    doubts: list[Caution] = []
    at_grid: list[Row] = []
    without, with_ground = (replace(around, accepted=each) for each in (False, True))
    for place, record in enumerate(records):
        found = expand(record, with_ground if place in accepted else without)
        rows += found.rows
        at_grid += found.at_grid or found.rows
        of += [place] * len(found.rows)
        seen.append(found.seen or _seen(record, found.rows))
        doubts += cautions(place, record, found.doubts)
    return Lines(
        tuple(records),
        tuple(rows),
        tuple(seen),
        tuple(of),
        tuple(doubts),
        () if at_grid == rows else tuple(at_grid),
    )


def _seen(record: Record, rows: Sequence[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    quantity = record.quantity and part_of(record.quantity, Given(record.stated))
    return record.row(quantity, record.unit, None)


def _folded(result: Result, of: Sequence[int], count: int) -> Result:
    """A record with a row of each gas is not told that other gases are missing."""
    groups: list[list[RowResult]] = [[] for _ in range(count)]
    for place, row in zip(of, result.rows, strict=False):
        groups[place].append(row)
    rest = [[row] for row in result.rows[len(of) :]]
    places = (*of, *range(count, count + len(rest)))
    at = [(None if one.row is None else places[one.row], one) for one in result.cautions]
    said = {
        (one.slug, place, tuple(one.detail.items())): replace(one, row=place)
        for place, one in at
        if not _covered(one, groups, place)
    }
    rows = tuple(_together(group) for group in (*groups, *rest))
    fixed = tuple(sorted({places[place] for place in result.fixed}))
    return replace(result, rows=rows, cautions=tuple(said.values()), fixed=fixed)


def _covered(caution: Caution, groups: Sequence[Sequence[RowResult]], place: int | None) -> bool:
    if caution.slug != "co2-counted-as-co2e" or place is None or place >= len(groups):
        return False
    return {"CH4", "N2O"} <= {row.gas.removesuffix("-nonfossil") for row in groups[place]}


def _together(group: Sequence[RowResult]) -> RowResult:
    if len(group) == 1:
        return group[0]
    gases = {row.gas for row in group}
    gas = gases.pop() if len(gases) == 1 else CO2E
    return group[0]._replace(
        gas=gas, value=_sum(row.value for row in group), share=_sum(row.share for row in group)
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    declared = [value for value in values if value is not None]
    return sum(declared, Decimal(0)) if declared else None
