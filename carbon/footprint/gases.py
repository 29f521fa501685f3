"""Gases, where their carbon comes from, and how strongly each warms: GWP100 of the IPCC's fourth, fifth and
sixth reports, each value with its source.

A gas bears its origin where that matters: `CH4-fossil` is methane that escapes from mines, wells and pipes,
whose carbon is new to the air and turns to CO2 there; all other methane is `CH4-nonfossil`, and so is plain
`CH4`, which includes what fuels leave unburnt, for their carbon is already counted as CO2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from core.errors import Invalid

CO2, CO2E, BIOGENIC, LAND_USE = "CO2", "CO2e", "CO2-biogenic", "CO2-dluc"
BIOGENIC_E = "CO2e-biogenic"  # what fields and biomass give off, gas by gas unknown
SETS = ("AR4", "AR5", "AR6")
ORIGINS = ("fossil", "biogenic", "land_use_change")
# What is reported apart (ISO 14067:2018 clause 7, GB/T 24067-2024), in this order; all of it is in the total.
APART = ("fossil", "biogenic_emission", "biogenic_uptake", "land_use_change")

_TABLES = {
    name: f"package globalwarmingpotentials 0.13.2 (CC0-1.0) {name}GWP100: {table}"
    for name, table in {
        "AR4": "GHG Protocol, Global Warming Potential Values (2016-02)",
        "AR5": "GHG Protocol, Global Warming Potential Values (2016-02)",
        "AR6": "IPCC AR6 WGI Table 7.SM.7",
    }.items()
}
_METHANE = {
    "AR4": f"{_TABLES['AR4']}; AR4 knows no origin of methane",
    "AR5": "IPCC AR5 WGI Table 8.A.1",
    "AR6": "IPCC AR6 WGI Table 7.15; GHG Protocol, IPCC Global Warming Potential Values v2.0 (2024-08)",
}
_ASHRAE = "composition by mass: ANSI/ASHRAE 34"

_GWP100 = {
    "N2O": ("298", "265", "273"),
    "HCFC22": ("1810", "1760", "1960"),
    "HCFC141b": ("725", "782", "860"),
    "HFC23": ("14800", "12400", "14600"),
    "HFC32": ("675", "677", "771"),
    "HFC125": ("3500", "3170", "3740"),
    "HFC134a": ("1430", "1300", "1530"),
    "HFC143a": ("4470", "4800", "5810"),
    "HFC152a": ("124", "138", "164"),
    "HFC227ea": ("3220", "3350", "3600"),
    "HFC245fa": ("1030", "858", "962"),
    "SF6": ("22800", "23500", "25200"),
    "NF3": ("17200", "16100", "17400"),
    "CF4": ("7390", "6630", "7380"),
    "C2F6": ("12200", "11100", "12400"),
    "C3F8": ("8830", "8900", "9290"),
    "cC4F8": ("10300", "9540", "10200"),
}
_CH4 = {
    "CH4": ("25", "28", "27.0"),
    "CH4-fossil": ("25", "30", "29.8"),
    "CH4-nonfossil": ("25", "28", "27.0"),
}
_BLENDS = {
    "R404A": "0.44 HFC125 + 0.52 HFC143a + 0.04 HFC134a",
    "R407C": "0.23 HFC32 + 0.25 HFC125 + 0.52 HFC134a",
    "R410A": "0.5 HFC32 + 0.5 HFC125",
    "R507A": "0.5 HFC125 + 0.5 HFC143a",
}
BLENDS = {
    blend: {gas: Decimal(share) for share, gas in (part.split() for part in parts.split(" + "))}
    for blend, parts in _BLENDS.items()
}

Key = tuple[str, str]  # report and gas


@dataclass(frozen=True)
class Potential:
    """kgCO2e of one kg of a gas, as a source has it."""

    value: Decimal
    source: str


def _tables() -> Iterator[tuple[Key, Potential]]:
    for place, report in enumerate(SETS):
        for gas in (CO2, CO2E, BIOGENIC, LAND_USE, BIOGENIC_E):
            yield (report, gas), Potential(Decimal(1), "by definition")
        for table, sources in ((_CH4, _METHANE), (_GWP100, _TABLES)):
            for gas, values in table.items():
                yield (report, gas), Potential(Decimal(values[place]), sources[report])


def _blends() -> Iterator[tuple[Key, Potential]]:
    for report in SETS:
        for blend, parts in BLENDS.items():
            value = sum((share * _PURE[report, gas].value for gas, share in parts.items()), Decimal(0))
            yield (report, blend), Potential(value, f"{_ASHRAE}; {_TABLES[report]}")


# What another source says of the same gas; until it is settled, no decision rests on either.
_DISPUTED = {
    ("AR6", "SF6"): Potential(
        Decimal("24300"), "GHG Protocol, IPCC Global Warming Potential Values v2.0 (2024-08), second-hand"
    )
}
_PURE = dict(_tables())
_SAID = _PURE | dict(_blends())
GASES = tuple(dict.fromkeys(gas for _report, gas in _SAID))

# What footprints took that noted nothing, where that is not what is taken now.
_FIRST = {("AR6", "CH4"): Decimal("27.9")}


@cache
def gwp(report: str, gas: str) -> Decimal:
    """kgCO2e of one kg of `gas`; raise Invalid when the report or the gas is unknown."""
    return stated(report, gas)[0].value


def first_gwp(report: str, gas: str) -> Decimal:
    """The same, as the first arithmetic had it."""
    return _FIRST.get((report, gas)) or gwp(report, gas)


def stated(report: str, gas: str) -> tuple[Potential, ...]:
    """What is taken for a gas, then what else is said of it."""
    if report not in SETS:
        raise Invalid("gwp-unknown", known="、".join(SETS))
    if (report, gas) not in _SAID:
        raise Invalid("gas-unknown", gas=gas)
    taken = _SAID[report, gas]
    return (taken, _DISPUTED[report, gas]) if barred(report, gas) else (taken,)


def barred(report: str, gas: str) -> bool:
    """Whether sources differ about it, so that no decision may rest on it."""
    return (report, gas) in _DISPUTED


def origin(gas: str) -> str:
    """Where its carbon comes from; what does not say so counts as fossil."""
    if gas == LAND_USE:
        return "land_use_change"
    return "biogenic" if gas in (BIOGENIC, BIOGENIC_E, "CH4-nonfossil") else "fossil"


def part_of(gas: str, value: Decimal | None) -> str:
    """Under what it is reported apart: carbon that plants took up is a negative emission of theirs."""
    if (found := origin(gas)) != "biogenic":
        return found
    return "biogenic_uptake" if gas == BIOGENIC and value is not None and value < 0 else "biogenic_emission"
