"""From the amount that was metered to the one a formula takes: a gas at its temperature is so many normal
cubic metres, and a volume of a known density so many kilograms.  Both are said in the record, with where the
density is from, so that nobody multiplies outside it.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from carbon.records.fields import CELSIUS, Choice, Faults, Field, Measured, between, ratio
from carbon.records.record import Given, Record, amount_in, fits

# Reference conditions of gas, all at 101.325 kPa: 20 degrees in GB/T 19205-2008, 15 in ISO 13443, 0 normal.
KELVIN = {"20C": Decimal("293.15"), "15C": Decimal("288.15"), "0C": Decimal("273.15")}
NORMAL = KELVIN["0C"]
ATMOSPHERE = Decimal("101.325")  # kPa
METERED = ("gas_temperature", "gas_pressure")  # together, where the state is none of those

FIELDS: tuple[Field, ...] = (
    Measured(
        "density",
        units=("kg/L", "kg/m3", "t/m3", "g/mL", "kg/Nm3"),
        usual=(between("0.05", "22.6", "kg/L", "Os 22.6"), between("0.08", "15", "kg/Nm3", "H2 0.09")),
    ),
    Field("density_source"),
    Choice("gas_condition", choices=tuple(KELVIN)),
    Measured(
        "gas_temperature", units=(CELSIUS,), limits=(between("-100", "1000", CELSIUS),), bare=(CELSIUS,)
    ),
    Measured(
        "gas_pressure",
        units=("kPa", "MPa", "Pa", "bar"),
        usual=(between("50", "30000", "kPa", "CNG 25 MPa"),),
        bare=("kPa",),
    ),
)


def unit_of(unit: str, stated: Mapping[str, Any]) -> str:  # JSON
    """In which unit an amount counts that was typed in this one."""
    if unit and ("gas_condition" in stated or METERED[0] in stated) and fits(unit, "m3"):
        unit = "Nm3"
    if unit and "density" in stated and fits(unit, ratio(stated["density"]["unit"]).denominator):
        unit = "kg"
    return unit


def counted(record: Record, given: Given) -> Record:
    """The record with the amount that counts; as it is where nothing was said."""
    unit = unit_of(record.unit, record.stated)
    if unit == record.unit:
        return record
    if record.quantity is None:
        return replace(record, unit=unit)
    return replace(record, quantity=_amount(record, given), unit=unit)


def _amount(record: Record, given: Given) -> Decimal:
    """Of an ideal gas volumes are as the temperatures, and the other way round as the pressures."""
    if given.has("gas_condition"):
        normal = amount_in(record, "m3", given.constants) * NORMAL / KELVIN[given.text("gas_condition")]
        record = replace(record, quantity=normal, unit="Nm3")
    elif given.has(*METERED):
        kelvin = NORMAL + given.quantity("gas_temperature").amount
        normal = amount_in(record, "m3", given.constants) * NORMAL * given.of("gas_pressure", "kPa")
        record = replace(record, quantity=normal / (kelvin * ATMOSPHERE), unit="Nm3")
    if not given.has("density"):
        assert record.quantity is not None
        return record.quantity
    per = ratio(given.quantity("density").unit).denominator
    return amount_in(record, per, given.constants) * given.of("density", f"kg/{per}")


def clashes(record: Record, given: Given) -> Faults:
    if given.has("density") != given.has("density_source"):
        lacking = "density_source" if given.has("density") else "density"
        return {lacking: "value-missing"}
    metered = [name for name in METERED if given.has(name)]
    if len(metered) == 1:
        return {name: "value-missing" for name in METERED if name not in metered}
    if metered and given.has("gas_condition"):
        return {"gas_condition": "condition-given-twice"}
    if not record.unit:
        return {}
    if metered and not fits(record.unit, "m3"):
        return {"gas_temperature": "condition-of-no-gas"}
    if given.has("gas_condition") and not fits(record.unit, "m3"):
        return {"gas_condition": "condition-of-no-gas"}
    if given.has("density") and unit_of(record.unit, record.stated) != "kg":
        return {"density-unit": "unit-does-not-fit"}
    return {}
