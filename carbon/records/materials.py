"""Materials: what is lost on the way, and factors that are given gas by gas."""

from collections.abc import Iterator

from carbon.footprint import FactorCopy, Row
from carbon.records.fields import SHARE, Emission, Faults, Field, Many, Measured, between, ratio
from carbon.records.record import Around, Expanded, Given, Kind, Record, fits, stated_factor

YIELD = (Measured("loss", required=True, units=SHARE, limits=(between("0", "1", "1", below=True),)),)


def lossy(record: Record, given: Given, _around: Around) -> Expanded:
    """The loss is a part of what goes in: m / (1 − s) for m of good output."""
    assert record.quantity is not None
    return Expanded((record.row(record.quantity / (1 - given.share("loss")), record.unit, record.factor),))


PART = (Field("gas"), Emission("emission", required=True))


def by_gas(record: Record, given: Given, _around: Around) -> Expanded:
    return Expanded(tuple(_parts(record, given)))


def _parts(record: Record, given: Given) -> Iterator[Row]:
    for part in given.each("parts"):
        factor = stated_factor(part, "emission")
        covered = FactorCopy(factor.value, factor.unit, part.text("gas") or factor.gas_basis)
        yield record.row(record.quantity, record.unit, covered)


def by_gas_clashes(given: Given, record: Record) -> Faults:
    return {
        f"parts-{number}-emission-unit": "unit-does-not-fit"
        for number, part in enumerate(given.each("parts"))
        if record.unit and not fits(ratio(part.quantity("emission").unit).denominator, record.unit)
    }


LOSSY = Kind("yield", YIELD, lossy, factor=True, source="m/(1−s)")
BY_GAS = Kind("gas_sum", (Many("parts", required=True, of=PART),), by_gas, clashes=by_gas_clashes)
