"""What a check looks at: plain values, whoever stores them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from carbon import units
from carbon.checks.demands import Demands
from carbon.checks.tolerances import USUAL, Tolerances
from carbon.footprint import FactorCopy, Result, Row, Sheet
from carbon.records.record import Record
from core.errors import Invalid

# (the place of the row it concerns, or None; what its sentence needs)
Doubt = tuple[int | None, Mapping[str, str]]
Doubts = Iterator[Doubt]

GOES_IN = ("raw_material", "manufacturing")
NO_INPUT = ("transport", "waste", "water", "gwp")  # categories whose mass does not become the product
CARRIED = "ELECFP-TD"  # factors of the library for carrying electricity: they are added to what made it


@dataclass(frozen=True)
class Around:
    """What is known besides the inventory.  `region` is where the plant is (GB/T 2260), `limit` what the
    rules allow, `peers` are footprints of certified products of the same kind, all in the same unit.
    `grounds` are those on which something may be taken away, by the place of the record: who accepted it, why
    and when; `certificates` is whether by the rules electricity counts as its certificates say,
    `fuel_default` whose values they take for a fuel that nobody measured, a key of sources.DEFAULTS_OF;
    `certified`, how many kWh of each certificate other cases of the holder take in the same time;
    `clinker_tested`, the share of clinker, 0 to 1, that the laboratory found, result by result; `demands`,
    what the rule asks."""

    region: str = ""
    limit: Decimal | None = None
    peers: tuple[Decimal, ...] = ()
    grounds: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    certificates: bool = False
    certified: Mapping[str, Decimal] = field(default_factory=dict)
    fuel_default: str = ""
    clinker_tested: tuple[Decimal, ...] = ()
    tolerances: Tolerances = USUAL
    demands: Demands = Demands()


@dataclass(frozen=True)
class Library:
    """The newest factors that others are held against: of electricity, the parameters of fuels, and what
    fuels come to by default."""

    power: tuple[FactorCopy, ...] = ()
    fuels: tuple[FactorCopy, ...] = ()
    defaults: tuple[FactorCopy, ...] = ()


@dataclass(frozen=True)
class Seen:
    """An inventory and what it came to.  Without a `boundary` it is a sum that somebody tries, and what is
    said besides the numbers is not doubted."""

    sheet: Sheet
    result: Result
    today: date
    boundary: str = ""
    period_from: date | None = None
    period_to: date | None = None
    around: Around = field(default_factory=Around)
    library: Library = field(default_factory=Library)
    records: tuple[Record, ...] = ()  # as they were typed, where somebody typed them

    @property
    def tolerances(self) -> Tolerances:
        return self.around.tolerances

    @cached_property
    def things(self) -> list[list[tuple[int, Row]]]:
        """The rows that likely measure one thing, where there are several."""
        found: dict[str, list[tuple[int, Row]]] = {}
        for index, row in enumerate(self.rows):
            if row.factor and row.quantity and not row.factor.code.startswith(CARRIED):
                found.setdefault(_thing(row, row.factor), []).append((index, row))
        return [each for each in found.values() if len(each) > 1]

    @cached_property
    def power(self) -> list[tuple[int, Row, FactorCopy]]:
        """The rows of electricity that have an amount, with their factors."""
        there = ((index, row, row.factor) for index, row in enumerate(self.rows) if row.quantity)
        return [(index, row, factor) for index, row, factor in there if factor and factor.is_power]

    @cached_property
    def masses(self) -> tuple[Decimal | None, Decimal]:
        """(what comes out, what goes in), in tonnes."""
        output = self.sheet.output
        going_in = [mass for row in self.rows if (mass := _mass(row)) is not None]
        return converted(output.amount, output.unit, "t"), sum(going_in, Decimal(0))

    @property
    def demands(self) -> Demands:
        return self.around.demands

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.sheet.rows

    @property
    def years(self) -> range:
        """The years that the period touches."""
        if self.period_from is None or self.period_to is None:
            return range(0)
        return range(self.period_from.year, self.period_to.year + 1)


def plain_name(row: Row) -> str:
    return _plain(row.name)


@lru_cache(4096)
def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def amount(row: Row) -> str:
    return f"{row.quantity:f} {row.unit}"


def plain(value: Decimal, digits: int = 4) -> str:
    """A number of our own reckoning, to be read and not to be computed with."""
    return f"{Decimal(f'{value:.{digits}g}'):f}"


def what(row: Row) -> tuple[object, ...]:
    """Which source this is: a factor of the library, or what was typed in its place."""
    if row.factor is None:
        return (plain_name(row), row.fuel)
    return (row.factor.code or plain_name(row), row.factor.value, row.factor.unit)


def ratio(row: Row, other: Row) -> Decimal:
    """How many times the other's amount; 1 where the two cannot be compared."""
    if not row.quantity or not other.quantity or other.unit not in units.convertible(row.unit):
        return Decimal(1)
    return row.quantity * units.factor(row.unit, other.unit) / other.quantity


def same_amount(row: Row, other: Row) -> bool:
    """The same quantity, whatever unit it was typed in."""
    if not row.quantity or not other.quantity or other.unit not in units.convertible(row.unit):
        return False
    return row.quantity * units.factor(row.unit, other.unit) == other.quantity


def converted(value: Decimal, source: str, target: str) -> Decimal | None:
    """None where the one cannot be brought to the other."""
    try:
        return value * units.factor(source, target)
    except Invalid:
        return None


def _mass(row: Row) -> Decimal | None:
    factor = row.factor
    if row.stage not in GOES_IN or not row.quantity or (factor and _states_emission(factor)):
        return None
    return None if factor and factor.category in NO_INPUT else converted(row.quantity, row.unit, "t")


def _states_emission(factor: FactorCopy) -> bool:
    """Of a row of kilograms of a gas, such as a process system comes to, not of something that is used."""
    return factor.value == 1 and factor.ratio.numerator == factor.ratio.denominator


def _thing(row: Row, factor: FactorCopy) -> str:
    """What is measured: electricity is electricity, under whatever name and factor."""
    if factor.is_power:
        return "electricity"
    # A family of the library is one activity, with a code for all gases and one for each of them.
    family = factor.code.rpartition("-")[0] if factor.category == "transport" else ""
    return family or plain_name(row)


def per_kilowatt_hour(factor: FactorCopy) -> Decimal:
    """Its value in kg of what it covers."""
    parts = factor.ratio
    return factor.value * units.factor(parts.numerator, "kg") / units.factor(parts.denominator, "kWh")
