"""A record as it was typed, its quantities in the units a formula wants, and the rows it comes to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from carbon import units
from carbon.footprint import Caution, FactorCopy, Quantity, Row, own_factor
from carbon.footprint.constants import TODAY, Constants
from carbon.records import links
from carbon.records.fields import PERCENT, Faults, Field, ratio

CARBON_TO_CO2 = Decimal(44) / Decimal(12)


@dataclass(frozen=True)
class Record:
    """`stated` are the quantities of its kind, as they are kept."""

    stage: str
    name: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    factor: FactorCopy | None = None
    kind: str = "activity"
    stated: Mapping[str, Any] = field(default_factory=dict)  # JSON, see fields
    evidence: str = ""
    evidence_digest: str = ""
    quality: str = ""
    others: Mapping[str, FactorCopy] = field(default_factory=dict)  # of the library, by code

    @cached_property
    def alone(self) -> "Expanded":
        """What it comes to where nothing is stated but an amount and its factor, as in most rows."""
        return Expanded((self.row(self.quantity if self.unit else None, self.unit, self.factor),))

    @classmethod
    def of(cls, typed: Any, library: Mapping[str, FactorCopy]) -> "Record":  # a row, stored or not yet
        """With a factor of the library, or the one that was stated."""
        factor = library.get(typed.factor_code)
        return cls(
            stage=typed.stage,
            name=typed.name,
            quantity=typed.quantity,
            unit=typed.unit,
            factor=factor or own_factor(typed.own_value, typed.own_unit, typed.own_source),
            kind=typed.kind or "activity",  # a row that no flush gave its default yet
            stated=typed.stated or {},
            evidence=typed.evidence,
            evidence_digest=typed.evidence_digest,
            quality=typed.quality,
            others=library,
        )

    def row(self, quantity: Decimal | None, unit: str, factor: FactorCopy | None, apart: str = "") -> Row:
        """A line of it; `apart` is what is told apart of this line alone."""
        told = dict.fromkeys(said for said in (self.stated.get("apart"), apart) if said)
        return Row(
            name=self.name,
            stage=self.stage,
            quantity=quantity,
            unit=unit,
            factor=factor,
            evidence=self.evidence,
            evidence_digest=links.proof(self.evidence_digest, self.stated),
            quality=self.quality,
            thereof=tuple(told),
        )


@dataclass(frozen=True)
class Around:
    """What a record stands in.  Where somebody relies on it, nothing is taken away but what is `accepted`."""

    constants: Constants = TODAY
    relied_on: bool = False
    accepted: bool = False
    boundary: str = ""
    period_from: date | None = None
    period_to: date | None = None
    certificates: bool = False  # whether electricity counts as its certificates say


@dataclass(frozen=True)
class Given:
    """The quantities of a record, in whatever unit is asked for."""

    stated: Mapping[str, Any]  # JSON, see fields
    constants: Constants = TODAY

    def has(self, *names: str) -> bool:
        return all(name in self.stated for name in names)

    def quantity(self, name: str) -> Quantity:
        kept = self.stated[name]
        return Quantity(Decimal(kept["amount"]), kept["unit"])

    def per(self, name: str) -> str:
        """What it is stated for each of."""
        return ratio(self.quantity(name).unit).denominator

    def basis(self, name: str) -> str:
        return ratio(self.quantity(name).unit).basis

    def of(self, name: str, unit: str, default: str = "0") -> Decimal:
        """In this unit; a quantity that was not given is the default."""
        if name not in self.stated:
            return Decimal(default)
        kept, there = self.quantity(name), ratio(unit)
        here = ratio(kept.unit)
        amount = kept.amount / PERCENT if kept.unit == "%" else kept.amount
        above = self.constants.unit(here.numerator, there.numerator)
        return amount * above / self.constants.unit(here.denominator, there.denominator)

    def share(self, name: str, default: str = "0") -> Decimal:
        return self.of(name, units.ONE, default)

    def text(self, name: str) -> str:
        return str(self.stated.get(name, ""))

    def each(self, name: str) -> Iterator["Given"]:
        return (Given(entry, self.constants) for entry in self.stated.get(name, ()))


@dataclass(frozen=True)
class Expanded:
    """The rows a record comes to."""

    rows: tuple[Row, ...]
    doubts: tuple[tuple[str, dict[str, str]], ...] = ()  # slug and detail
    seen: Row | None = None  # what is looked at when it is doubted, where that is not its one row
    at_grid: tuple[Row, ...] = ()  # the same with all electricity from the grid, where that differs


Expand = Callable[[Record, Given, Around], Expanded]


@dataclass(frozen=True)
class Kind:
    """`per` are units like which the amount is typed in (none: any); `factor`, whether it takes one of the
    library or a stated one beside its own quantities, for each `factor_per`, or for each of the amount;
    `source` is where its formula stands; `codes` are the factors of the library that a record is reckoned
    with besides its own, by the code of that."""

    slug: str
    fields: tuple[Field, ...]
    expand: Expand
    per: tuple[str, ...] = ()
    factor: bool = False
    factor_per: tuple[str, ...] = ()
    source: str = ""
    clashes: Callable[[Given, Record], Faults] = lambda _given, _record: {}
    codes: Callable[[str, Given], Iterable[str]] = lambda _code, _given: ()

    def lacks(self, stated: Mapping[str, object]) -> bool:
        return any(each.required and each.name not in stated for each in self.fields)


def derived(value: Decimal, unit: str, gas: str, source: str) -> FactorCopy:
    """A factor that comes out of a record's own quantities."""
    return FactorCopy(value, unit, gas, source=source)


def stated_factor(given: Given, name: str, source: str = "") -> FactorCopy:
    kept = given.quantity(name)
    return FactorCopy(kept.amount, kept.unit, ratio(kept.unit).basis, source=source)


def undeclared(record: Record) -> Expanded:
    """Something that the formula needs is not typed yet."""
    return Expanded((record.row(None, record.unit, record.factor),))


def amount_in(record: Record, unit: str, constants: Constants) -> Decimal:
    assert record.quantity is not None
    return record.quantity * constants.unit(record.unit, unit)


def fits(unit: str, other: str) -> bool:
    return unit in units.convertible(other) or other in units.convertible(unit)


def cautions(place: int, record: Record, doubts: Iterable[tuple[str, dict[str, str]]]) -> Iterator[Caution]:
    for slug, detail in doubts:
        yield Caution(slug, place, {"name": record.name, **detail})
