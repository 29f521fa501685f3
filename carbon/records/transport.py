"""Goods on their way: mass × distance × factor, leg by leg."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from carbon.footprint import GASES, FactorCopy, Row
from carbon.records.beside import APART
from carbon.records.fields import SHARE, WHOLE, Emission, Faults, Field, Many, Measured, between, ratio
from carbon.records.record import Around, Expanded, Given, Kind, Record, amount_in, fits, stated_factor

EARTH = "40,075 km / 2 (WGS 84)"  # no way is longer than half the girth of the Earth
WITH_LOAD = between("0", "1", "1", above=True)

LEG = (
    Field("mode"),
    Measured("distance", required=True, units=("km", "m"), usual=(between("0", "20040", "km", EARTH),)),
    Measured("share", units=SHARE, limits=(WHOLE,)),
    Field("factor_code"),
    Emission("emission", units=("kgCO2e/t·km", "gCO2e/t·km", "kgCO2e/km", "gCO2e/km")),
    Measured("load", units=("t", "kg")),
    Measured("capacity", units=("t", "kg")),
    Measured("load_factor", units=SHARE, limits=(WITH_LOAD,)),
    Measured("empty_return", units=SHARE, limits=(WHOLE,)),
    Emission("empty_emission", units=("kgCO2e/km", "gCO2e/km")),
    APART,
)
# What a factor for each tonne-kilometre has in it already.
OF_VEHICLE = ("load", "capacity", "load_factor", "empty_return", "empty_emission")
UTILISED = ("capacity", "load_factor")


def expand(record: Record, given: Given, _around: Around) -> Expanded:
    rows = [row for leg in given.each("legs") for row in _leg(record, leg, given)]
    return Expanded(tuple(rows), tuple(_doubts(record, given)))


def _leg(record: Record, leg: Given, given: Given) -> Iterator[Row]:
    """With a factor for a vehicle's kilometre, as often as the load goes into the mass, and the way back that
    it drives empty."""
    factor, apart = _factor(record, leg), leg.text("apart")
    if factor is None:
        yield record.row(None, "t·km", None, apart)
        return
    mass = amount_in(record, "t", given.constants) * leg.share("share", "1")
    distance = leg.of("distance", "km")
    if not _by_vehicle(factor):
        yield record.row(mass * distance, "t·km", factor, apart)
        return
    driven = mass / _load(leg) * distance
    yield record.row(driven, "km", factor, apart)
    if leg.share("empty_return"):
        empty = _empty(leg) if leg.has("empty_emission") else factor
        yield record.row(driven * leg.share("empty_return"), "km", empty, apart)


def _load(leg: Given) -> Decimal:
    return leg.of("load", "t") if leg.has("load") else leg.of("capacity", "t") * leg.share("load_factor")


def _empty(leg: Given) -> FactorCopy:
    return stated_factor(leg, "empty_emission", leg.text("mode"))


def _factor(record: Record, leg: Given) -> FactorCopy | None:
    """The leg's own, stated or of the library, or else that of the whole way."""
    if leg.has("emission"):
        return stated_factor(leg, "emission", leg.text("mode"))
    if leg.has("factor_code"):
        return record.others.get(leg.text("factor_code"))
    return record.factor


def _by_vehicle(factor: FactorCopy) -> bool:
    return fits(ratio(factor.unit).denominator, "km")


def _doubts(record: Record, given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    """Of factors that no row of the record shows."""
    for leg in given.each("legs"):
        factor = record.others.get(leg.text("factor_code"))
        if factor is not None and factor.confidence == "memory":
            yield "factor-from-memory", {"factor": factor.code}


def clashes(given: Given, record: Record) -> Faults:
    found: Faults = {}
    for number, leg in enumerate(given.each("legs")):
        found |= {f"legs-{number}-{name}": slug for name, slug in _of_leg(leg, record).items()}
    shares = [leg.share("share") for leg in given.each("legs") if leg.has("share")]
    if sum(shares, Decimal(0)) % 1:
        found[f"legs-{_last_shared(given)}-share"] = "mode-shares-not-whole"
    if not found and any(_of_way(leg) for leg in given.each("legs")) and _is_of_none(record.factor):
        found["factor_code"] = "unit-does-not-fit"
    return found


def _is_of_none(factor: FactorCopy | None) -> bool:
    """Neither for a vehicle's kilometre nor for a tonne's."""
    if factor is None:
        return False
    return not _by_vehicle(factor) and not fits(ratio(factor.unit).denominator, "t·km")


def _last_shared(given: Given) -> int:
    return max(number for number, leg in enumerate(given.each("legs")) if leg.has("share"))


def _of_way(leg: Given) -> bool:
    """Whether it has no factor of its own."""
    return not leg.has("emission") and not leg.has("factor_code")


def _of_leg(leg: Given, record: Record) -> Faults:
    if leg.has("emission", "factor_code"):
        return {"factor_code": "factor-given-twice"}
    if leg.has("factor_code") and leg.text("factor_code") not in record.others:
        return {"factor_code": "factor-unknown"}
    factor = _factor(record, leg)
    if factor is None:
        return {}
    place = "emission-unit" if leg.has("emission") else "factor_code"
    if ratio(factor.unit).basis not in GASES:
        return {place: "factor-is-a-parameter"}
    if _by_vehicle(factor):
        return _utilised(leg)
    if not fits(ratio(factor.unit).denominator, "t·km"):
        return {} if _of_way(leg) else {place: "unit-does-not-fit"}
    return {name: "part-of-the-factor" for name in OF_VEHICLE if name != "load" and leg.has(name)}


def _utilised(leg: Given) -> Faults:
    """A load, or a capacity and how much of it is used, and not both."""
    if leg.has("empty_emission") and not fits(leg.per("empty_emission"), "km"):
        return {"empty_emission-unit": "unit-does-not-fit"}
    by_capacity = [name for name in UTILISED if leg.has(name)]
    if leg.has("load"):
        return dict.fromkeys(by_capacity, "load-given-twice")
    needed = UTILISED if by_capacity else ("load",)
    return {name: "value-missing" for name in needed if not leg.has(name)}


def codes(_code: str, given: Given) -> list[str]:
    return [leg.text("factor_code") for leg in given.each("legs") if leg.has("factor_code")]


def codes_asked(raw: Mapping[str, Any]) -> list[str]:  # JSON, not read yet
    legs = raw.get("legs")
    inside = [leg for leg in legs if isinstance(leg, Mapping)] if isinstance(legs, list) else []
    return [str(leg["factor_code"]).strip() for leg in inside if leg.get("factor_code")]


KIND = Kind(
    "transport",
    (Many("legs", required=True, of=LEG),),
    expand,
    per=("t",),
    factor=True,
    factor_per=("t·km", "km"),
    source="ISO 14083:2023",
    clashes=clashes,
    codes=codes,
)
