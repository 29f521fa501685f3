"""What is computed and what comes out: plain, frozen values.

None means "not declared" and is never a zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from carbon import units
from carbon.footprint.gases import CO2, CO2E

OF_PRODUCTS = ("cradle_to_gate", "cradle_to_site", "cradle_to_grave")
BOUNDARIES = (*OF_PRODUCTS, "operation")  # a building is bought once and stands: its running of a year
QUALITIES = ("A", "B", "C", "D")
CONFIDENCES = ("seen", "memory")
POWER = ("", "electricity", "electricity_footprint")  # categories; a factor that was stated has none
ELECTRICITY = ("Wh", "kWh", "MWh", "GWh", "万kWh")
STAGES = ("raw_material", "manufacturing", "distribution", "use", "end_of_life")


@dataclass(frozen=True)
class Quantity:
    amount: Decimal
    unit: str  # canonical, see carbon.units

    def __str__(self) -> str:
        return self.unit if self.amount == 1 else f"{self.amount.normalize():f} {self.unit}"


@dataclass(frozen=True)
class FactorCopy:
    """A factor as it stood when it was used: of the library (`code`, `version`) or stated by a supplier.

    `unit` is such as kgCO2e/kWh; `gas_basis` is what the value covers, `CO2e` when it covers all; `gwp` is
    the set of potentials that its CO2e was made with, empty where nobody said.
    """

    value: Decimal
    unit: str
    gas_basis: str
    code: str = ""
    version: int = 0
    name_zh: str = ""
    name_en: str = ""
    category: str = ""
    region: str = ""
    source: str = ""
    source_year: int | None = None
    confidence: str = "declared"  # seen | memory | declared
    source_en: str = ""
    gwp: str = ""

    # Asked for each row at each keystroke, of the same few copies.
    @cached_property
    def ratio(self) -> units.Ratio:
        """Its unit taken apart; raise Invalid `factor-unit-unknown`."""
        return units.split(self.unit)

    @cached_property
    def gas(self) -> str:
        """What is emitted: the gas of the unit, or the one a value in CO2e is stated to cover."""
        return self.gas_basis if self.ratio.basis in (CO2E, CO2) and self.gas_basis else self.ratio.basis

    @cached_property
    def is_power(self) -> bool:
        """Whether it is stated for each unit of electricity."""
        return self.category in POWER and self.ratio.denominator.endswith("Wh")

    @cached_property
    def is_of_grid(self) -> bool:
        """Whether it is of CO2 alone per unit of electricity: the grid's, not a footprint's."""
        ratio = self.ratio
        return self.category == "electricity" or (ratio.basis == CO2 and ratio.denominator in ELECTRICITY)


@dataclass(frozen=True)
class Fuel:
    """A fuel by its own analysis: GJ per unit, tC per TJ, and the share of carbon that burns."""

    ncv: Decimal
    ncv_unit: str  # GJ/t or GJ/万Nm3
    carbon_content: Decimal
    oxidation: Decimal


@dataclass(frozen=True)
class Row:
    """One source of emissions over the whole output; `quantity` may be unknown yet."""

    name: str
    stage: str
    quantity: Decimal | None
    unit: str
    factor: FactorCopy | None = None
    fuel: Fuel | None = None
    evidence: str = ""
    evidence_digest: str = ""
    quality: str = ""  # A to D
    thereof: tuple[str, ...] = ()  # see apart.THEREOF


@dataclass(frozen=True)
class Sheet:
    """An inventory, ready to be computed: rows of activity for `output`, stated per `declared` unit."""

    declared: Quantity
    output: Quantity
    gwp: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Caution:
    """Something a reader must see: a slug, the row it concerns (from 0), what its sentence needs."""

    slug: str
    row: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


class RowResult(NamedTuple):
    """kgCO2e per declared unit, and how much of the total that is (0 to 1); `gsd` is how far off it may be,
    where that was stated."""

    name: str
    stage: str
    gas: str
    value: Decimal | None
    share: Decimal | None
    gsd: float | None = None


@dataclass(frozen=True)
class Result:
    """Every number is in `unit`, but `kilograms`: kgCO2e of the whole output, before anything was divided.
    `exact` is the total without the rounding of its last digit.  A stage without a declared row is absent,
    not zero."""

    total: Decimal | None
    exact: Fraction | None
    kilograms: Decimal | None
    unit: str
    stages: Mapping[str, Decimal]
    gases: Mapping[str, Decimal]
    apart: Mapping[str, Decimal]  # by gases.APART; they add up to the total
    rows: tuple[RowResult, ...]
    cautions: tuple[Caution, ...]
    thereof: Mapping[str, Decimal] = field(default_factory=dict)  # by apart.THEREOF, part of the total
    pact: Mapping[str, Decimal] = field(default_factory=dict)  # by apart.PACT; empty where that says nothing
    fixed: tuple[int, ...] = ()  # the rows that say CO2e and not of which gas: no other set restates them
    at_grid: Decimal | None = None  # the total with all electricity at the factor of the grid, if it differs
