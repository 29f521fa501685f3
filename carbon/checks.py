"""Is it plausible?  What an experienced reader would ask about an inventory, asked before they do."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from carbon import units
from carbon.footprint import Caution, Result, Row, Sheet

DOMINATES = Decimal("0.95")
FEW = 3  # rows, below which one of them naturally holds nearly everything
THOUSANDS = (Decimal(10) ** 3, Decimal(10) ** 6)
CLOSE = Decimal("0.1")  # how near to a power of a thousand makes a slip of the unit likely
FAR_FROM_PEERS = Decimal(100)

# What a boundary leaves out; what is there all the same was probably put in the wrong stage.
OUTSIDE = {
    "cradle_to_gate": ("distribution", "use", "end_of_life"),
    "cradle_to_site": ("use", "end_of_life"),
    "cradle_to_grave": (),
}


def plausible(sheet: Sheet, result: Result, peers: Sequence[Decimal] = ()) -> tuple[Caution, ...]:
    """Doubts about numbers; `peers` are footprints of like products in the same unit."""
    return (
        *_weak_factors(sheet.rows),
        *_duplicates(sheet.rows),
        *_slips_between(sheet.rows),
        *_dominant(result),
        *_far_from(peers, result.total),
    )


def complete(
    sheet: Sheet, boundary: str, period_from: date | None, period_to: date | None, today: date
) -> tuple[Caution, ...]:
    """Doubts about what is said besides the numbers: period, boundary, evidence."""
    return (
        *_period(period_from, period_to, today),
        *_boundary(sheet.rows, boundary),
        *_evidence(sheet.rows),
    )


def against_published(index: int, name: str, value: Decimal, published: Decimal) -> tuple[Caution, ...]:
    """A row's own result beside the figure its source prints for it."""
    if not value or not published or not _thousandfold(published / value):
        return ()
    detail = {"name": name, "value": f"{value:f}", "other": f"{published:f}"}
    return (Caution("unit-slip-suspected", index, detail),)


def _weak_factors(rows: Sequence[Row]) -> Iterator[Caution]:
    for index, row in enumerate(rows):
        if row.factor and row.factor.confidence == "memory":
            yield Caution("factor-from-memory", index, {"name": row.name, "factor": row.factor.code})


def _duplicates(rows: Sequence[Row]) -> Iterator[Caution]:
    """The same source in the same amount twice: counted twice, most likely."""
    seen: dict[tuple[object, ...], int] = {}
    for index, row in enumerate(rows):
        if row.quantity is None:
            continue
        key = (row.stage, _what(row), row.quantity.normalize(), row.unit)
        if key in seen:
            yield Caution("rows-duplicated", index, {"name": row.name, "other": rows[seen[key]].name})
        seen.setdefault(key, index)


def _slips_between(rows: Sequence[Row]) -> Iterator[Caution]:
    """The same source under the same name, a thousand times as much: kWh beside MWh."""
    first: dict[tuple[object, ...], int] = {}
    for index, row in enumerate(rows):
        if not row.quantity:
            continue
        earlier = rows[first.setdefault((_what(row), _plain_name(row)), index)]
        if earlier is not row and _thousandfold(_ratio(row, earlier)):
            detail = {"name": row.name, "value": _amount(row), "other": _amount(earlier)}
            yield Caution("unit-slip-suspected", index, detail)


def _dominant(result: Result) -> Iterator[Caution]:
    if len(result.rows) < FEW:
        return
    for index, row in enumerate(result.rows):
        if row.share is not None and row.share > DOMINATES:
            yield Caution("row-dominates", index, {"name": row.name, "percent": f"{row.share * 100:.0f}"})


def _far_from(peers: Sequence[Decimal], total: Decimal | None) -> Iterator[Caution]:
    typical = median(peers) if peers else None
    if not typical or not total or total < 0 or typical < 0:
        return
    if not 1 / FAR_FROM_PEERS < total / typical < FAR_FROM_PEERS:
        yield Caution("far-from-peers", detail={"median": f"{typical:f}"})


def _period(start: date | None, end: date | None, today: date) -> Iterator[Caution]:
    if start is None or end is None:
        yield Caution("period-missing")
        return
    if not _is_a_year(start, end):
        yield Caution("period-not-a-year", detail={"start": f"{start}", "end": f"{end}"})
    if end > today:
        yield Caution("period-not-over", detail={"end": f"{end}"})


def _is_a_year(start: date, end: date) -> bool:
    """Twelve months; a day more or less, such as a period written from New Year to New Year, will pass."""
    return abs((end - start + timedelta(days=1)).days - 365) <= 1


def _boundary(rows: Sequence[Row], boundary: str) -> Iterator[Caution]:
    for index, row in enumerate(rows):
        if row.stage in OUTSIDE[boundary]:
            yield Caution("stage-outside-boundary", index, {"name": row.name})
    if boundary == "cradle_to_grave" and not {"use", "end_of_life"} & {row.stage for row in rows}:
        yield Caution("stages-missing")


def _evidence(rows: Sequence[Row]) -> Iterator[Caution]:
    for index, row in enumerate(rows):
        if not row.evidence and not row.evidence_digest:
            yield Caution("evidence-missing", index, {"name": row.name})


def _what(row: Row) -> tuple[object, ...]:
    """Which source this is: a factor of the library, or what was typed in its place."""
    if row.factor is None:
        return (_plain_name(row), row.fuel)
    return (row.factor.code or _plain_name(row), row.factor.value, row.factor.unit)


def _plain_name(row: Row) -> str:
    return "".join(row.name.split()).casefold()


def _ratio(row: Row, other: Row) -> Decimal:
    if not row.quantity or not other.quantity or other.unit not in units.convertible(row.unit):
        return Decimal(1)
    return row.quantity * units.factor(row.unit, other.unit) / other.quantity


def _thousandfold(ratio: Decimal) -> bool:
    size = abs(ratio) if abs(ratio) > 1 else 1 / abs(ratio)
    return any(abs(size / thousand - 1) <= CLOSE for thousand in THOUSANDS)


def _amount(row: Row) -> str:
    return f"{row.quantity:f} {row.unit}"
