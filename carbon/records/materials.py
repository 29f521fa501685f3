"""Materials: what is lost on the way, what was recycled, and factors that are given gas by gas."""

from collections.abc import Iterator

from carbon.footprint import FactorCopy, Row
from carbon.records.fields import SHARE, WHOLE, Emission, Faults, Field, Many, Measured, between, ratio
from carbon.records.record import Around, Expanded, Given, Kind, Record, derived, fits, stated_factor

CFF = "Recommendation (EU) 2021/2279, Annex I"

YIELD = (Measured("loss", required=True, units=SHARE, limits=(between("0", "1", "1", below=True),)),)


def lossy(record: Record, given: Given, _around: Around) -> Expanded:
    """The loss is a part of what goes in: m / (1 − s) for m of good output."""
    assert record.quantity is not None
    return Expanded((record.row(record.quantity / (1 - given.share("loss")), record.unit, record.factor),))


CIRCULAR = (
    Measured("virgin", required=True, units=("kgCO2e/kg", "kgCO2e/t", "tCO2e/t")),
    Measured("recycled", required=True, units=("kgCO2e/kg", "kgCO2e/t", "tCO2e/t")),
    Measured("recycled_content", required=True, units=SHARE, limits=(WHOLE,)),
    Measured(
        "allocation", required=True, units=SHARE, limits=(WHOLE,), usual=(between("0.2", "0.8", "1", CFF),)
    ),
    Measured("quality_ratio", required=True, units=SHARE, limits=(WHOLE,)),
)


def circular(record: Record, given: Given, _around: Around) -> Expanded:
    """(1 − R1) Ev + R1 (A Erecycled + (1 − A) Ev Qsin/Qp): the formula for what goes in.

    Beside it stands what cut-off would say, (1 − R1) Ev + R1 Erecycled.
    """
    virgin, recycled = given.of("virgin", "kgCO2e/kg"), given.of("recycled", "kgCO2e/kg")
    content, ours = given.share("recycled_content"), given.share("allocation")
    shared = ours * recycled + (1 - ours) * virgin * given.share("quality_ratio")
    each = (1 - content) * virgin + content * shared
    cut_off = (1 - content) * virgin + content * recycled
    factor = derived(each, "kgCO2e/kg", "CO2e", CFF)
    beside = {"value": f"{each.normalize():f}", "other": f"{cut_off.normalize():f}"}
    return Expanded((record.row(record.quantity, record.unit, factor),), (("cff-beside-cut-off", beside),))


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


KINDS = (
    Kind("yield", YIELD, lossy, factor=True, source="m/(1−s)"),
    Kind("cff", CIRCULAR, circular, per=("t",), source=CFF),
    Kind("gas_sum", (Many("parts", required=True, of=PART),), by_gas, clashes=by_gas_clashes),
)
