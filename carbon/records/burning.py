"""Methane and nitrous oxide beside a fuel of the library, whose own factor covers carbon dioxide alone.

Which kind of fuel each is stands here; the figures, its heating value and what its kind gives off, are
factors of the library, which a row is saved with like its own.  What is not listed here has no default, and
that is asked about.
"""

from collections.abc import Iterator
from decimal import Decimal

from carbon import units
from carbon.footprint import FactorCopy, Row
from carbon.footprint.gases import BIOGENIC, CO2
from carbon.records.record import Record, derived

TABLE = "IPCC 2006 GL Vol.2 Ch.2 Table 2.3"
GASES = ("CH4", "N2O")

# By the kinds that the table tells apart; every gas has what natural gas has.  A fuel is named as its rows of
# the library are: …-EF, and, where that is not for energy, …-NCV of the same publisher.
FUELS = {
    "coal": "CN-PROV-bitcoal CN-PROV-lignite CN-PROV-coke CN-ENT-anthracite CN-ENT-bitcoal CN-ENT-lignite "
    "CN-ENT-cleanedcoal CN-ENT-otherwashed CN-ENT-briquette CN-ENT-coke CN-ENT-tar IPCC06-anthracite "
    "IPCC06-coking_coal IPCC06-other_bituminous_coal IPCC06-sub_bituminous_coal IPCC06-lignite "
    "IPCC06-coke_oven_lignite_coke IPCC06-coal_tar",
    "oil": "CN-PROV-gasoline CN-PROV-diesel CN-PROV-petcoke CN-PROV-crude CN-PROV-fueloil CN-ENT-crude "
    "CN-ENT-fueloil CN-ENT-gasoline CN-ENT-diesel CN-ENT-kerosene CN-ENT-petcoke CN-ENT-otheroil IPCC06-oil "
    "IPCC06-natural_gas_liquids IPCC06-motor_gasoline IPCC06-jet_kerosene IPCC06-other_kerosene "
    "IPCC06-gas_diesel_oil IPCC06-residual_fuel_oil IPCC06-naphtha IPCC06-bitumen IPCC06-lubricants "
    "IPCC06-petroleum_coke IPCC06-biodiesels",
    "natgas": "CN-PROV-natgas CN-PROV-lng CN-PROV-lpg CN-PROV-bfg CN-PROV-bofg CN-PROV-cog CN-ENT-natgas "
    "CN-ENT-cog CN-ENT-bfg CN-ENT-bofg CN-ENT-carbidegas CN-ENT-othergas IPCC06-natural_gas "
    "IPCC06-liquefied_petroleum_gases IPCC06-refinery_gas IPCC06-coke_oven_gas IPCC06-blast_furnace_gas "
    "IPCC06-oxygen_steel_furnace_gas IPCC06-landfill_gas",
    "wood": "IPCC06-isw_wood",
}
KINDS = tuple(FUELS)
KIND_OF = {f"{name}-EF": kind for kind, names in FUELS.items() for name in names.split()}


def is_fuel(factor: FactorCopy | None) -> bool:
    """Whether it is the carbon dioxide of something that is burnt, of the library."""
    return factor is not None and factor.category == "fuel_combustion" and factor.gas in (CO2, BIOGENIC)


def has_default(factor: FactorCopy | None) -> bool:
    return is_fuel(factor) and factor is not None and factor.code in KIND_OF


def given_off(kind: str) -> tuple[str, ...]:
    """The factors of what one TJ of a kind gives off in manufacturing, by gas."""
    return tuple(f"IPCC06-{kind}-{gas}" for gas in GASES)


def codes_of(code: str) -> tuple[str, ...]:
    """The factors that a fuel of the library is reckoned with besides its own; one for energy has no heating
    value there."""
    kind = KIND_OF.get(code)
    return (*given_off(kind), _heating_value(code)) if kind else ()


EVERY_DEFAULT = tuple(code for kind in KINDS for code in given_off(kind))


def default(record: Record, kind: str, gas: str) -> Decimal | None:
    """Kilograms of the gas for one TJ that is burnt; None where the library does not say."""
    factor = record.others.get(f"IPCC06-{kind}-{gas}")
    if factor is None or factor.ratio.basis != gas:
        return None
    return (
        factor.value
        * units.factor(factor.ratio.numerator, "kg")
        * units.factor("TJ", factor.ratio.denominator)
    )


def others(record: Record) -> Iterator[Row]:
    """Its methane and nitrous oxide by default; nothing where one of them is not known."""
    factor = record.factor
    if factor is None or not has_default(factor):
        return
    per = factor.ratio.denominator
    heat = heat_of(record, factor.code, per)
    known = {gas: default(record, KIND_OF[factor.code], gas) for gas in GASES}
    if heat is None or None in known.values():
        return
    for gas, each in known.items():
        if each is not None:  # none is
            origin = "CH4-nonfossil" if gas == "CH4" and factor.gas == BIOGENIC else gas
            made = derived(each * heat, f"kg{origin}/{per}", origin, f"NCV×EF; {TABLE}")
            yield record.row(record.quantity, record.unit, made)


def heat_of(record: Record, code: str, per: str) -> Decimal | None:
    """How many TJ one `per` of a fuel of the library gives; None where the library does not say."""
    if per == "TJ":
        return Decimal(1)
    value = record.others.get(_heating_value(code))
    if value is None or value.ratio.denominator != per:
        return None
    return value.value * units.factor(value.ratio.numerator, "TJ")


def _heating_value(code: str) -> str:
    return code.removesuffix("EF") + "NCV"
