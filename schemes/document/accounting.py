"""How a footprint is reckoned and doubted under a scheme."""

from decimal import Decimal
from typing import Literal

from carbon.footprint import SETS, STAGES
from schemes.document.base import (
    Code,
    Count,
    Digits,
    Note,
    NotNegative,
    Part,
    Positive,
    Share,
    Slug,
    Unit,
    Words,
)
from schemes.vocabulary import ALLOCATIONS, CERTIFICATES, FACTOR_KINDS, FUEL_SOURCES


class RequiredRow(Part):
    stage: Literal[STAGES]  # type: ignore[valid-type]  # spread at run time
    names: Words


class CutOff(Part):
    """What may be left out: for each flow, and in all."""

    each: Share
    total: Share


class Scenario(Part):
    """What is the same for every product: a lifetime, the energy of a year."""

    slug: Slug
    names: Words
    amount: NotNegative
    unit: Unit = ""
    source: Note


class Tolerances(Part):
    """From where on an experienced reader asks (carbon.checks)."""

    dominant_share: Share = Decimal("0.95")
    few_rows: Count = 3
    peers_times: Positive = Decimal(100)
    limit_times: Positive = Decimal(10)
    enough_peers: Count = 5
    outlying_ranges: Positive = Decimal(3)
    mass_times: Positive = Decimal(10)
    slip_share: Share = Decimal("0.1")
    power_share: Share = Decimal("0.8")
    factor_years: Count = 5
    fuel_usual_times: Positive = Decimal("1.5")
    fuel_possible_times: Positive = Decimal(2)


class Accounting(Part):
    gwp: Literal[SETS] = "AR6"  # type: ignore[valid-type]  # spread at run time
    digits: Digits = 2  # a footprint is stated with
    materiality: Share | None = None  # of the rows' contributions, that files must prove
    certificates: Literal[CERTIFICATES] = "outside"  # type: ignore[valid-type]  # spread at run time
    stages: tuple[Literal[STAGES], ...] = ()  # type: ignore[valid-type]  # spread at run time
    rows: tuple[RequiredRow, ...] = ()
    factor_kinds: tuple[Literal[FACTOR_KINDS], ...] = FACTOR_KINDS  # type: ignore[valid-type]  # likewise
    oldest_factor_years: Count | None = None
    cut_off: CutOff | None = None
    allocation: tuple[Literal[ALLOCATIONS], ...] = ()  # type: ignore[valid-type]  # the first one that can be
    primary_share: Share | None = None  # of the contributions, from data of the applicant's own
    period_months: Count | None = None
    scenarios: tuple[Scenario, ...] = ()
    grid_factor: Code | None = None
    fuel_source: Literal[FUEL_SOURCES] | None = None  # type: ignore[valid-type]  # where official values differ
    tolerances: Tolerances = Tolerances()
