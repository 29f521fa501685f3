"""What the files of a case prove: of how much of the footprint, and month by month of each meter."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from carbon import records
from carbon.operations import weights
from carbon.queries import ActivityRow
from certification.application.models import Application

TOLD = 5  # rows by name, the heaviest; the rest are told together
HELD, BARE, IDLE = "held", "bare", "idle"  # of a month: a file, none, nothing metered


@dataclass(frozen=True)
class Meter:
    """A row with a ledger: its months, each with what was metered and how its proof stands."""

    place: int
    name: str
    meter: str
    unit: str
    months: dict[str, tuple[Decimal, str]]

    @property
    def bare(self) -> list[str]:
        return [month for month, (_amount, state) in self.months.items() if state == BARE]


@dataclass(frozen=True)
class Weight:
    """How much of the footprint a row is, and whether files prove it; `name` of several rows is empty."""

    places: list[int]
    name: str
    share: Decimal
    bare: int  # rows without proof
    bare_months: int


@dataclass(frozen=True)
class Coverage:
    """`proved` is the share of the footprint, of everything it adds or takes away, that files prove, as the
    guard of submission counts it; None while nothing can be computed."""

    proved: Decimal | None
    weights: list[Weight]
    meters: list[Meter]
    months: list[str]
    bare: list[int]  # the places of rows without proof

    @property
    def year(self) -> str:
        """The one that all months are of, if they are."""
        years = {month[:4] for month in self.months}
        return years.pop() if len(years) == 1 else ""

    @property
    def bare_months(self) -> int:
        return sum(len(meter.bare) for meter in self.meters)


def coverage(case: Application) -> Coverage:
    rows = case.inventory.rows
    meters = [_meter(place, row) for place, row in enumerate(rows) if records.amounts(row.stated)]
    heavy = weights(case.inventory) if case.inventory.is_filled else []
    whole = sum(heavy, Decimal(0))
    proved = sum((each for each, row in zip(heavy, rows, strict=False) if row.proof), Decimal(0))
    return Coverage(
        proved=proved / whole if whole else None,
        weights=_weights(rows, [each / whole for each in heavy]) if whole else [],
        meters=meters,
        months=sorted({month for meter in meters for month in meter.months}),
        bare=[place for place, row in enumerate(rows) if not row.proof],
    )


def _meter(place: int, row: ActivityRow) -> Meter:
    bare = () if row.evidence_digest else records.bare_months(row.stated)
    held = records.of_months(row.stated)
    found = {
        month: (amount, BARE if month in bare else HELD if row.evidence_digest or month in held else IDLE)
        for month, amount in sorted(records.amounts(row.stated))
    }
    return Meter(place, row.name, str(row.stated.get("meter", "")), row.unit, found)


def _weights(rows: Sequence[ActivityRow], shares: Sequence[Decimal]) -> list[Weight]:
    """The heaviest by name, the others together."""
    order = sorted(range(len(shares)), key=lambda place: -shares[place])
    groups = [[place] for place in order[:TOLD]] + ([order[TOLD:]] if order[TOLD:] else [])
    return [
        Weight(
            places=group,
            name=rows[group[0]].name if len(group) == 1 else "",
            share=sum((shares[place] for place in group), Decimal(0)),
            bare=sum(not rows[place].proof for place in group),
            bare_months=sum(
                len(records.bare_months(rows[place].stated)) for place in group if not rows[place].proof
            ),
        )
        for group in groups
    ]
