"""Gases and how strongly each warms: GWP100 of the IPCC's fourth, fifth and sixth reports.

Source: package globalwarmingpotentials 0.13.2 (CC0-1.0), columns AR4GWP100, AR5GWP100, AR6GWP100.
"""

from decimal import Decimal

from core.errors import Invalid

CO2, CO2E, BIOGENIC = "CO2", "CO2e", "CO2-biogenic"
SETS = ("AR4", "AR5", "AR6")

_GWP100 = {
    "CH4": ("25", "28", "27.9"),
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
_GWP100 |= dict.fromkeys((CO2, CO2E, BIOGENIC), ("1", "1", "1"))  # by definition

GASES = tuple(_GWP100)
GWP = {
    name: {gas: Decimal(values[place]) for gas, values in _GWP100.items()} for place, name in enumerate(SETS)
}


def gwp(report: str, gas: str) -> Decimal:
    """kgCO2e of one kg of `gas`; raise Invalid when the report or the gas is unknown."""
    if report not in GWP:
        raise Invalid("gwp-unknown", known="、".join(SETS))
    if gas not in GWP[report]:
        raise Invalid("gas-unknown", gas=gas)
    return GWP[report][gas]
