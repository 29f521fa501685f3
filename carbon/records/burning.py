"""Methane and nitrous oxide beside a fuel of the library, whose own factor covers carbon dioxide alone.

Which kind of fuel each is, and its heating value where the factor is not for energy: the rows `…-NCV` of
the library, of the same publisher.  What is not listed here has no default, and that is asked about.
"""

from collections.abc import Iterator
from decimal import Decimal

from carbon import units
from carbon.footprint import FactorCopy, Row, gas_of
from carbon.footprint.gases import BIOGENIC, CO2
from carbon.records.record import Record, derived

# kg of methane and of nitrous oxide for one TJ that is burnt in manufacturing, by the kind of fuel: the rows
# IPCC06-… of the library.  Every gas of the table has those of natural gas.
TABLE = "IPCC 2006 GL Vol.2 Ch.2 Table 2.3"
DEFAULTS = {
    "coal": (Decimal("10"), Decimal("1.5")),
    "oil": (Decimal("3"), Decimal("0.6")),
    "natgas": (Decimal("1"), Decimal("0.1")),
    "wood": (Decimal("30"), Decimal("4")),
}
GASES = ("CH4", "N2O")

# Per tonne GJ/t, per 万Nm3 GJ/万Nm3.
BY_AMOUNT = {
    "coal": {
        "CN-PROV-bitcoal": "19.57", "CN-PROV-lignite": "11.9", "CN-PROV-coke": "28.435",
        "CN-ENT-anthracite": "24.515", "CN-ENT-bitcoal": "23.204", "CN-ENT-lignite": "14.449",
        "CN-ENT-cleanedcoal": "26.344", "CN-ENT-otherwashed": "15.373", "CN-ENT-briquette": "17.46",
        "CN-ENT-coke": "28.446", "CN-ENT-tar": "33.453",
    },
    "oil": {
        "CN-PROV-gasoline": "43.07", "CN-PROV-diesel": "42.652", "CN-PROV-petcoke": "32.5",
        "CN-PROV-crude": "41.816", "CN-PROV-fueloil": "41.816",
        "CN-ENT-crude": "42.62", "CN-ENT-fueloil": "40.19", "CN-ENT-gasoline": "44.8",
        "CN-ENT-diesel": "43.33", "CN-ENT-kerosene": "44.75", "CN-ENT-petcoke": "31",
        "CN-ENT-otheroil": "40.19",
    },
    "natgas": {
        "CN-PROV-natgas": "389.31", "CN-PROV-lng": "51.498", "CN-PROV-lpg": "50.179", "CN-PROV-bfg": "33",
        "CN-PROV-bofg": "84", "CN-PROV-cog": "179.81",
        "CN-ENT-natgas": "389.31", "CN-ENT-cog": "173.854", "CN-ENT-bfg": "37.69", "CN-ENT-bofg": "79.54",
        "CN-ENT-carbidegas": "111.19", "CN-ENT-othergas": "52.34",
    },
    "wood": {},
}  # fmt: skip
BY_ENERGY = {
    "coal": "anthracite coking_coal other_bituminous_coal sub_bituminous_coal lignite "
    "coke_oven_lignite_coke coal_tar",
    "oil": "oil natural_gas_liquids motor_gasoline jet_kerosene other_kerosene gas_diesel_oil "
    "residual_fuel_oil naphtha bitumen lubricants petroleum_coke biodiesels",
    "natgas": "natural_gas liquefied_petroleum_gases refinery_gas coke_oven_gas blast_furnace_gas "
    "oxygen_steel_furnace_gas landfill_gas",
    "wood": "isw_wood",
}
# The kind, and how many TJ the amount of the factor is.
KNOWN = {
    f"{code}-EF": (kind, Decimal(heat) / 1000)
    for kind, each in BY_AMOUNT.items()
    for code, heat in each.items()
} | {f"IPCC06-{name}-EF": (kind, Decimal(1)) for kind, names in BY_ENERGY.items() for name in names.split()}


def is_fuel(factor: FactorCopy | None) -> bool:
    """Whether it is the carbon dioxide of something that is burnt, of the library."""
    return factor is not None and factor.category == "fuel_combustion" and gas_of(factor) in (CO2, BIOGENIC)


def has_default(factor: FactorCopy | None) -> bool:
    return is_fuel(factor) and factor is not None and factor.code in KNOWN


def others(record: Record) -> Iterator[Row]:
    """Its methane and nitrous oxide by default; nothing where none is known."""
    factor = record.factor
    if factor is None or not has_default(factor):
        return
    kind, heat = KNOWN[factor.code]
    per = units.split(factor.unit).denominator
    for gas, each in zip(GASES, DEFAULTS[kind], strict=True):
        origin = "CH4-nonfossil" if gas == "CH4" and gas_of(factor) == BIOGENIC else gas
        made = derived(each * heat, f"kg{origin}/{per}", origin, f"NCV×EF; {TABLE}")
        yield record.row(record.quantity, record.unit, made)
