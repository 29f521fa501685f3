"""The circular footprint formula: what recycling saves is shared between who sends a material on and who
takes it, and what becomes of a product counts with the material that it is made of.

Recommendation (EU) 2021/2279, Annex I, 4.4.8.1: material, energy and disposal.  Beside it stands what cut-off
would say: recycled material without the burden of its first life, nothing for what is sent to be recycled.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from carbon.footprint import Row
from carbon.records import grounds
from carbon.records.fields import SHARE, WHOLE, Faults, Field, Measured, between
from carbon.records.record import Around, Expanded, Given, Kind, Record, derived

CFF = "Recommendation (EU) 2021/2279, Annex I"
FACTOR = "kgCO2e/kg"
PER_MASS = (FACTOR, "kgCO2e/t", "tCO2e/t")
PER_HEAT = ("kgCO2e/MJ", "kgCO2e/GJ", "tCO2e/GJ")
PER_POWER = ("kgCO2e/kWh", "kgCO2e/MWh", "kgCO2e/MJ")


def _share(name: str, required: bool = False) -> Measured:
    return Measured(name, required=required, units=SHARE, limits=(WHOLE,))


FIELDS: tuple[Field, ...] = (
    Measured("virgin", required=True, units=PER_MASS),
    Measured("recycled", required=True, units=PER_MASS),
    _share("recycled_content", required=True),
    Measured(
        "allocation", required=True, units=SHARE, limits=(WHOLE,), usual=(between("0.2", "0.8", "1", CFF),)
    ),
    _share("quality_ratio", required=True),
    _share("recycling_output"),
    Measured("recycling_at_end", units=PER_MASS),
    Measured("virgin_avoided", units=PER_MASS),
    _share("quality_ratio_out"),
    _share("energy_recovery"),
    _share("energy_allocation"),
    Measured("recovery", units=PER_MASS),
    Measured("heating_value", units=("MJ/kg", "GJ/t", "kJ/kg"), usual=(between("1", "60", "MJ/kg", CFF),)),
    _share("heat_efficiency"),
    Measured("heat_avoided", units=PER_HEAT),
    _share("power_efficiency"),
    Measured("power_avoided", units=PER_POWER),
    Measured("disposal", units=PER_MASS),
    Field("source"),
)
# What says that it tells the end of life, and what each of it needs.
NEEDED = {
    "recycling_output": ("recycling_at_end", "quality_ratio_out", "disposal", "source"),
    "energy_recovery": ("recovery", "heating_value", "disposal"),
    "heat_efficiency": ("heat_avoided", "energy_recovery", "source"),
    "power_efficiency": ("power_avoided", "energy_recovery", "source"),
}


def expand(record: Record, given: Given, around: Around) -> Expanded:
    """Material, what its end gives off, and what is displaced by then, which is a ground to be accepted."""
    material, end, saved = _material(given), _end(given), _saved(given)
    counted = grounds.counts(around)
    rows = [_line(record, material, record.stage)]
    rows += [_line(record, end, "end_of_life")] if end else []
    rows += [_line(record, -saved if counted else Decimal(0), "end_of_life")] if saved else []
    net = material + end - saved
    doubts = [*_beside(net, _cut_off(given))]
    if saved and not counted:
        doubts.append((grounds.NOT_ACCEPTED, _asked(record, given, saved)))
    seen = record.row(record.quantity, record.unit, derived(net, FACTOR, "CO2e", CFF))
    return Expanded(tuple(rows), tuple(doubts), seen)


def _line(record: Record, each: Decimal, stage: str) -> Row:
    return replace(record.row(record.quantity, record.unit, derived(each, FACTOR, "CO2e", CFF)), stage=stage)


def _material(given: Given) -> Decimal:
    """(1 − R1) Ev + R1 (A Erecycled + (1 − A) Ev Qsin/Qp)."""
    virgin, content, ours = given.of("virgin", FACTOR), given.share("recycled_content"), _ours(given)
    shared = ours * given.of("recycled", FACTOR) + (1 - ours) * virgin * given.share("quality_ratio")
    return (1 - content) * virgin + content * shared


def _end(given: Given) -> Decimal:
    """(1 − A) R2 Erecycling,eol + (1 − B) R3 EER + (1 − R2 − R3) ED."""
    recycled = (1 - _ours(given)) * given.share("recycling_output") * given.of("recycling_at_end", FACTOR)
    return recycled + _burning(given) * given.of("recovery", FACTOR) + _disposed(given)


def _saved(given: Given) -> Decimal:
    """(1 − A) R2 E*v Qsout/Qp + (1 − B) R3 LHV (Xheat ESE,heat + Xelec ESE,elec)."""
    avoided = given.of("virgin_avoided" if given.has("virgin_avoided") else "virgin", FACTOR)
    quality = given.share("quality_ratio_out")
    material = (1 - _ours(given)) * given.share("recycling_output") * avoided * quality
    heat = given.share("heat_efficiency") * given.of("heat_avoided", "kgCO2e/MJ")
    power = given.share("power_efficiency") * given.of("power_avoided", "kgCO2e/MJ")
    return material + _burning(given) * given.of("heating_value", "MJ/kg") * (heat + power)


def _cut_off(given: Given) -> Decimal:
    """(1 − R1) Ev + R1 Erecycled + R3 EER + (1 − R2 − R3) ED."""
    content = given.share("recycled_content")
    made = (1 - content) * given.of("virgin", FACTOR) + content * given.of("recycled", FACTOR)
    return made + given.share("energy_recovery") * given.of("recovery", FACTOR) + _disposed(given)


def _ours(given: Given) -> Decimal:
    return given.share("allocation")


def _burning(given: Given) -> Decimal:
    return (1 - given.share("energy_allocation")) * given.share("energy_recovery")


def _disposed(given: Given) -> Decimal:
    rest = 1 - given.share("recycling_output") - given.share("energy_recovery")
    return rest * given.of("disposal", FACTOR)


def _beside(net: Decimal, cut_off: Decimal) -> Iterator[tuple[str, dict[str, str]]]:
    if net != cut_off:
        yield "cff-beside-cut-off", {"value": f"{net.normalize():f}", "other": f"{cut_off.normalize():f}"}


def _asked(record: Record, given: Given, saved: Decimal) -> dict[str, str]:
    """As of an avoided product: of other facts it is asked anew."""
    amount = f"{record.quantity:f} {record.unit}"
    return {"amount": amount, "factor": f"{saved.normalize():f} {FACTOR}", "source": given.text("source")}


def clashes(given: Given, record: Record) -> Faults:
    found: Faults = {
        name: "value-missing"
        for said, names in NEEDED.items()
        if given.has(said)
        for name in names
        if not given.has(name)
    }
    if given.share("recycling_output") + given.share("energy_recovery") > 1:
        found["energy_recovery"] = "part-above-whole"
    return found or grounds.clashes(given, record)


KIND = Kind("cff", FIELDS, expand, per=("t",), source=CFF, clashes=clashes)
