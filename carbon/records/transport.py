"""Goods on their way: mass × distance × factor, leg by leg."""

from carbon.footprint import FactorCopy, Row
from carbon.records.beside import APART
from carbon.records.fields import Emission, Faults, Field, Many, Measured, between, ratio
from carbon.records.record import Around, Expanded, Given, Kind, Record, amount_in, fits, stated_factor

EARTH = "40,075 km / 2 (WGS 84)"  # no way is longer than half the girth of the Earth

LEG = (
    Field("mode"),
    Measured("distance", required=True, units=("km", "m"), usual=(between("0", "20040", "km", EARTH),)),
    Measured("load", units=("t", "kg")),
    Emission("emission", units=("kgCO2e/t·km", "gCO2e/t·km", "kgCO2e/km", "gCO2e/km")),
    APART,
)


def expand(record: Record, given: Given, _around: Around) -> Expanded:
    return Expanded(tuple(_leg(record, leg, given) for leg in given.each("legs")))


def _leg(record: Record, leg: Given, given: Given) -> Row:
    """With a factor for a vehicle's kilometre, as often as the load goes into the mass."""
    factor = _factor(record, leg)
    if factor is None:
        return record.row(None, "t·km", None, leg.text("apart"))
    mass, distance = amount_in(record, "t", given.constants), leg.of("distance", "km")
    if _by_vehicle(factor):
        return record.row(mass / leg.of("load", "t") * distance, "km", factor, leg.text("apart"))
    return record.row(mass * distance, "t·km", factor, leg.text("apart"))


def _factor(record: Record, leg: Given) -> FactorCopy | None:
    return stated_factor(leg, "emission", leg.text("mode")) if leg.has("emission") else record.factor


def _by_vehicle(factor: FactorCopy) -> bool:
    return fits(ratio(factor.unit).denominator, "km")


def clashes(given: Given, record: Record) -> Faults:
    found: Faults = {}
    for number, leg in enumerate(given.each("legs")):
        factor, place = _factor(record, leg), f"legs-{number}-"
        if factor is None:
            continue
        if _by_vehicle(factor) and not leg.has("load"):
            found[f"{place}load"] = "value-missing"
        elif not _by_vehicle(factor) and not fits(ratio(factor.unit).denominator, "t·km"):
            found[f"{place}emission-unit" if leg.has("emission") else "factor_code"] = "unit-does-not-fit"
    return found


KIND = Kind(
    "transport",
    (Many("legs", required=True, of=LEG),),
    expand,
    per=("t",),
    factor=True,
    factor_per=("t·km", "km"),
    source="ISO 14083:2023",
    clashes=clashes,
)
