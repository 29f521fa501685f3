"""A fuel by its own analysis: heating value × carbon × oxidation × 44/12, and its other gases."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from carbon.footprint import Fuel, Row
from carbon.footprint.gases import BIOGENIC, CO2
from carbon.records.burning import KINDS, TABLE, default, given_off
from carbon.records.fields import SHARE, WHOLE, Choice, Emission, Faults, Measured, between, ratio
from carbon.records.record import (
    CARBON_TO_CO2,
    Around,
    Expanded,
    Given,
    Kind,
    Record,
    derived,
    fits,
    stated_factor,
)

LIBRARY = "data/factors.csv: IPCC 2006; 省级清单指南; 行业核算指南"
FORMULA = "NCV×CC×OF×44/12"
ENERGY = ("kgCH4/TJ", "gCH4/GJ"), ("kgN2O/TJ", "gN2O/GJ")

OF_GASES = "natgas"

FIELDS = (
    Measured(
        "ncv",
        required=True,
        units=(
            "GJ/t", "MJ/kg", "kJ/kg", "kcal/kg", "GJ/万Nm3", "MJ/Nm3", "kJ/Nm3", "kcal/Nm3",
        ),
        usual=(between("2", "60", "GJ/t", LIBRARY), between("30", "400", "GJ/万Nm3", LIBRARY)),
        bare=("GJ/t", "GJ/万Nm3"),
    ),
    Measured(
        "carbon_content",
        required=True,
        units=("tC/TJ", "tC/GJ", "kgC/GJ", "tC/t", "%", "tC/万Nm3", "kgC/Nm3"),
        limits=(between("0", "1", "tC/t", above=True), between("0", "1", "1", above=True)),
        usual=(between("10", "80", "tC/TJ", LIBRARY),),
        bare=("tC/TJ",),
    ),
    Measured(
        "oxidation",
        required=True,
        units=("1", "%"),
        limits=(between("0", "1", "1", above=True),),
        usual=(between("0.9", "1", "1", LIBRARY),),
        bare=("1",),
    ),
    Measured("biogenic_share", units=SHARE, limits=(WHOLE,)),
    Choice("fuel_type", choices=KINDS),
    Measured("methane", units=ENERGY[0]),
    Measured("nitrous_oxide", units=ENERGY[1]),
    Emission("upstream"),
)  # fmt: skip


def expand(record: Record, given: Given, around: Around) -> Expanded:
    rows = (*_carbon(record, given), *_others(record, given), *_upstream(record, given))
    return Expanded(rows, tuple(_doubts(given, around)), _seen(record, given))


def _seen(record: Record, given: Given) -> Row:
    """By its analysis, as the library states fuels."""
    base = _base(given)
    ncv = given.of("ncv", f"GJ/{base}")
    carbon = _carbon_of(given, base) / ncv * 1000
    fuel = Fuel(ncv, f"GJ/{base}", carbon, given.of("oxidation", "1"))
    return replace(record.row(record.quantity, record.unit, None), fuel=fuel)


def _base(given: Given) -> str:
    return "t" if fits(given.per("ncv"), "t") else "万Nm3"


def _carbon(record: Record, given: Given) -> Iterator[Row]:
    base = _base(given)
    burnt = _carbon_of(given, base) * 1000 * given.of("oxidation", "1") * CARBON_TO_CO2
    share = given.share("biogenic_share")
    for part, gas in ((1 - share, CO2), (share, BIOGENIC)):
        if part:
            yield record.row(
                record.quantity, record.unit, derived(burnt * part, f"kg{gas}/{base}", gas, FORMULA)
            )


def _carbon_of(given: Given, base: str) -> Decimal:
    """Tonnes of carbon in one `base` of the fuel."""
    stated = given.quantity("carbon_content").unit
    if stated == "%":
        return given.share("carbon_content")
    if fits(ratio(stated).denominator, "GJ"):
        return given.of("ncv", f"GJ/{base}") * given.of("carbon_content", "tC/GJ")
    return given.of("carbon_content", f"tC/{base}")


def _others(record: Record, given: Given) -> Iterator[Row]:
    """What was measured, or else what the kind of fuel gives off by default."""
    base, heat = _base(given), given.of("ncv", f"GJ/{_base(given)}")
    for name, gas in (("methane", "CH4"), ("nitrous_oxide", "N2O")):
        if given.has(name):
            each = given.of(name, f"kg{gas}/GJ") * heat
            yield record.row(record.quantity, record.unit, derived(each, f"kg{gas}/{base}", gas, "NCV×EF"))
        elif known := default(record, _kind_of(given), gas):
            each = known / 1000 * heat
            for part, origin in _by_origin(given, gas):
                factor = derived(each * part, f"kg{origin}/{base}", origin, f"NCV×EF; {TABLE}")
                yield record.row(record.quantity, record.unit, factor)


def _kind_of(given: Given) -> str:
    """As it was said; what is measured by volume is a gas, whichever; else nobody can know."""
    return given.text("fuel_type") or ("" if _base(given) == "t" else OF_GASES)


def _by_origin(given: Given, gas: str) -> Iterator[tuple[Decimal, str]]:
    """The methane of biomass is not of fossil carbon."""
    share = given.share("biogenic_share") if gas == "CH4" else Decimal(0)
    for part, origin in ((1 - share, gas), (share, "CH4-nonfossil")):
        if part:
            yield part, origin


def _upstream(record: Record, given: Given) -> Iterator[Row]:
    if given.has("upstream"):
        yield record.row(record.quantity, record.unit, stated_factor(given, "upstream"))


def _doubts(given: Given, around: Around) -> Iterator[tuple[str, dict[str, str]]]:
    if around.boundary and not given.has("upstream"):
        yield "fuel-without-upstream", {}
    if around.boundary and not _kind_of(given) and not given.has("methane", "nitrous_oxide"):
        yield "fuel-kind-unsaid", {}


def clashes(given: Given, record: Record) -> Faults:
    """A heating value and a content of carbon are for the same amount as the one that is burnt."""
    found: Faults = {}
    if record.unit and not fits(given.per("ncv"), record.unit):
        found["unit"] = "unit-does-not-fit"
    stated = given.quantity("carbon_content").unit
    per = "t" if stated == "%" else ratio(stated).denominator
    if not fits(per, "GJ") and not fits(per, given.per("ncv")):
        found["carbon_content-unit"] = "unit-does-not-fit"
    if given.has("upstream") and record.unit and not fits(given.per("upstream"), record.unit):
        found["upstream-unit"] = "unit-does-not-fit"
    return found


def codes(_code: str, given: Given) -> tuple[str, ...]:
    kind = _kind_of(given)
    return given_off(kind) if kind else ()


KIND = Kind("fuel", FIELDS, expand, per=("t", "Nm3"), source="GB/T 32150-2015", clashes=clashes, codes=codes)
