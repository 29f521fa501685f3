"""The shape of a footprint in the API, the same for the calculator and a case: what is told apart of it, and
how far off it may be."""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from carbon.footprint.apart import PACKAGING, PACT
from carbon.operations.restating import Restated
from carbon.operations.spreads import Uncertainty
from carbon.uncertainty import Spread, short
from core.api import Answered


class PactAnswer(Answered):
    """By the members of PACT Technical Specifications 3.0.3, in kgCO2e per declared unit: cradle to gate, the
    way to the customer apart.  `biogenicCO2Uptake` is what was taken up less what of it is free again before
    the gate; it is above zero where biomass is burnt whose uptake nobody stated."""

    pcfExcludingBiogenicUptake: str
    pcfIncludingBiogenicUptake: str
    fossilGhgEmissions: str
    landUseChangeGhgEmissions: str | None
    biogenicNonCO2Emissions: str | None
    biogenicCO2Uptake: str | None
    aircraftGhgEmissions: str | None
    packagingEmissionsIncluded: bool
    packagingGhgEmissions: str | None
    outboundLogisticsGhgEmissions: str | None
    ipccCharacterizationFactors: list[str] = Field(examples=[["AR6"]])


def pact(told: Mapping[str, Decimal], gwp: str) -> dict[str, object] | None:
    """None where PACT has no member for what was computed."""
    if not told:
        return None
    numbers = {name: f"{told[name].normalize():f}" if name in told else None for name in PACT}
    included = PACKAGING in told
    return numbers | {"packagingEmissionsIncluded": included, "ipccCharacterizationFactors": [gwp]}


class Interval(Answered):
    low: str
    high: str


class DrawnAnswer(Answered):
    """The same by draws at random."""

    draws: int
    mean: str
    interval: Interval
    p_within: str | None


class UncertaintyAnswer(Answered):
    """95 % of what the total may be lie within `interval`; `shares` are the rows' parts of the variance, and
    `p_within` is how probable it is that the limit is met.  The `unstated` rows, of which nobody stated
    how far off they may be, are taken as certain: `uncovered` is their part, 0 to 1, of all that is added and
    taken away."""

    unit: str
    mean: str
    interval: Interval
    shares: list[str]
    unstated: int
    uncovered: str
    p_within: str | None
    drawn: DrawnAnswer | None


def uncertainty(found: Uncertainty | None, unit: str) -> dict[str, object] | None:
    if found is None:
        return None
    drawn = found.drawn and {"draws": found.draws, **_spread(found.drawn)}
    parts = [f"{share:.4f}" for share in found.shares]
    bare = {"unstated": found.unstated, "uncovered": f"{found.uncovered:.4f}"}
    return {"unit": unit, **_spread(found.computed), "shares": parts, **bare, "drawn": drawn}


def _spread(spread: Spread) -> dict[str, object]:
    low, high = spread.interval
    return {
        "mean": f"{short(spread.mean):f}",
        "interval": {"low": f"{low:f}", "high": f"{high:f}"},
        "p_within": None if spread.within is None else f"{spread.within:.4f}",
    }


class Unrestated(Answered):
    """`row` is its place, from 0."""

    row: int
    name: str


class RestatedAnswer(Answered):
    """The total under another set of warming potentials.  Rows `not_restated` state CO2e and not of which
    gas, so they stay as they were; a gas is `unsettled` while sources differ about it, and no decision rests
    on it."""

    gwp: str
    total: str | None
    unit: str
    not_restated: list[Unrestated]
    unsettled: list[str]


def restated(found: Restated) -> dict[str, object]:
    return {
        "gwp": found.gwp,
        "total": None if found.total is None else f"{found.total.normalize():f}",
        "unit": found.unit,
        "not_restated": [{"row": place, "name": name} for place, name in found.fixed],
        "unsettled": list(found.unsettled),
    }


class Said(Answered):
    value: str
    source: str


class Part(Answered):
    gas: str
    share: str


class Potential(Answered):
    """kgCO2e of one kg: the `value` that is taken, and what `others` say of it.  A gas is `barred` while its
    sources differ: no decision rests on it.  A blend has a `composition`, by mass."""

    gas: str
    origin: str
    set: str
    value: str
    source: str
    barred: bool
    others: list[Said]
    composition: list[Part]


class Potentials(Answered):
    items: list[Potential]
