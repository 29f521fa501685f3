"""How a footprint is reckoned and doubted under a scheme."""

from typing import Literal

from carbon.checks.tolerances import USUAL
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
    Times,
    Unit,
    Words,
)
from schemes.vocabulary import ALLOCATIONS, ASSURANCES, CERTIFICATES, FACTOR_KINDS, FUEL_SOURCES


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
    """From where on an experienced reader asks; what is not said is usual (carbon.checks)."""

    dominant_share: Share = USUAL.dominant_share
    few_rows: Count = USUAL.few_rows
    peers_times: Times = USUAL.peers_times
    limit_times: Times = USUAL.limit_times
    enough_peers: Count = USUAL.enough_peers
    outlying_ranges: Positive = USUAL.outlying_ranges
    mass_times: Times = USUAL.mass_times
    slip_share: Share = USUAL.slip_share
    power_share: Share = USUAL.power_share
    factor_years: Count = USUAL.factor_years
    fuel_usual_times: Times = USUAL.fuel_usual_times
    fuel_possible_times: Times = USUAL.fuel_possible_times
    clinker_share: Share = USUAL.clinker_share


class Accounting(Part):
    gwp: Literal[SETS] = "AR6"  # type: ignore[valid-type]  # spread at run time
    digits: Digits = 2  # a footprint is stated with
    materiality: Share | None = None  # of the rows' contributions, that files must prove
    misstatement: Share | None = None  # of the footprint, from which on one is material; see certification
    assurance: Literal[ASSURANCES] = "reasonable"  # type: ignore[valid-type]  # spread at run time
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
