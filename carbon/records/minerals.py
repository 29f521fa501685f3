"""Carbon dioxide that is driven out of stone: clinker by its analysis, carbonates by their formula."""

from collections.abc import Iterator
from decimal import Decimal

from carbon.footprint import Row
from carbon.footprint.gases import CO2
from carbon.records.fields import SHARE, WHOLE, Choice, Faults, Measured, between
from carbon.records.record import CARBON_TO_CO2, Around, Expanded, Given, Kind, Record, derived

LIME, MAGNESIA = Decimal(44) / Decimal(56), Decimal(44) / Decimal(40)
GUIDE = "GB/T 32151.8-2015; 《中国水泥生产企业温室气体排放核算方法与报告指南（试行）》"
IPCC_LIME = "IPCC 2006, Vol. 3, Ch. 2: 60–67 %; 来源待核"
STANDARD_MAGNESIA = "GB/T 21372: MgO ≤ 5.0 %, 6.0 %; 来源待核"
GUIDE_ORGANIC = f"{GUIDE}: 0.1–0.3 %; 来源待核"
TRIALS_MEAL = "1.4–1.7 t/t, 演示数据"

# Tonnes of carbon dioxide in a pure tonne.  Source: IPCC 2006, Vol. 3, Table 2.1, as in data/factors.csv.
CARBONATES = {
    "CaCO3": Decimal("0.43971"),
    "MgCO3": Decimal("0.52197"),
    "CaMg(CO3)2": Decimal("0.47732"),
    "FeCO3": Decimal("0.37987"),
    "MnCO3": Decimal("0.38286"),
    "Na2CO3": Decimal("0.41492"),
}

CLINKER = (
    Measured(
        "cao", required=True, units=SHARE, limits=(WHOLE,), usual=(between("60", "68", "%", IPCC_LIME),)
    ),
    Measured(
        "mgo", required=True, units=SHARE, limits=(WHOLE,), usual=(between("0", "6", "%", STANDARD_MAGNESIA),)
    ),
    Measured("cao_not_carbonate", units=SHARE, limits=(WHOLE,)),
    Measured("mgo_not_carbonate", units=SHARE, limits=(WHOLE,)),
    Measured("kiln_dust", units=SHARE, limits=(WHOLE,)),
    Measured("raw_meal_ratio", units=("t/t", "kg/kg"), usual=(between("1.4", "1.7", "t/t", TRIALS_MEAL),)),
    Measured(
        "organic_carbon", units=SHARE, limits=(WHOLE,), usual=(between("0", "0.3", "%", GUIDE_ORGANIC),)
    ),
)


def clinker(record: Record, given: Given, _around: Around) -> Expanded:
    return Expanded(tuple(_clinker(record, given)))


def _clinker(record: Record, given: Given) -> Iterator[Row]:
    """(CaO − CaO0) × 44/56 + (MgO − MgO0) × 44/40, of the clinker and of the dust that left the kiln; and the
    organic carbon of the raw meal."""
    lime = (given.share("cao") - given.share("cao_not_carbonate")) * LIME
    magnesia = (given.share("mgo") - given.share("mgo_not_carbonate")) * MAGNESIA
    formula = "(CaO−CaO0)×44/56+(MgO−MgO0)×44/40"
    each = (lime + magnesia) * (1 + given.share("kiln_dust"))
    yield record.row(record.quantity, record.unit, derived(each, "tCO2/t", CO2, formula))
    if given.has("raw_meal_ratio", "organic_carbon"):
        carbon = given.of("raw_meal_ratio", "t/t") * given.share("organic_carbon")
        yield record.row(
            record.quantity, record.unit, derived(carbon * CARBON_TO_CO2, "tCO2/t", CO2, "R×C×44/12")
        )


def clinker_clashes(given: Given, _record: Record) -> Faults:
    found: Faults = {}
    for oxide in ("cao", "mgo"):
        if given.share(f"{oxide}_not_carbonate") > given.share(oxide):
            found[f"{oxide}_not_carbonate"] = "part-above-whole"
    for one, other in (("raw_meal_ratio", "organic_carbon"), ("organic_carbon", "raw_meal_ratio")):
        if given.has(one) and not given.has(other):
            found[other] = "value-missing"
    return found


CARBONATE = (
    Choice("carbonate", required=True, choices=tuple(CARBONATES)),
    Measured("purity", units=SHARE, limits=(WHOLE,)),
    Measured("calcined", units=SHARE, limits=(WHOLE,)),
)


def carbonate(record: Record, given: Given, _around: Around) -> Expanded:
    """All of it is pure and all of it is driven out, unless stated."""
    each = CARBONATES[given.text("carbonate")] * given.share("purity", "1") * given.share("calcined", "1")
    formula = f"{given.text('carbonate')} × purity × calcination"
    return Expanded((record.row(record.quantity, record.unit, derived(each, "tCO2/t", CO2, formula)),))


KINDS = (
    Kind("clinker", CLINKER, clinker, per=("t",), source=GUIDE, clashes=clinker_clashes),
    Kind("carbonate", CARBONATE, carbonate, per=("t",), source="IPCC 2006, Vol. 3, Table 2.1"),
)
