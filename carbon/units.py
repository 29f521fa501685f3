"""Units as people spell them, and what one is in another.

pint does the conversions, exactly (in Decimals), over the closed list of data/units.txt.
A conversion through pint costs a tenth of a millisecond, so every factor is kept.
"""

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from core.errors import Invalid
from core.readers import texts

if TYPE_CHECKING:
    from pint import UnitRegistry
    from pint.facets.plain import PlainQuantity

DEFINITIONS = Path(__file__).parent / "data" / "units.txt"
ONE = "1"

# In the order in which a list of choices shows them.
OFFERED = (
    "kg", "t", "g", "mg", "kt", "kWh", "MWh", "GWh", "Wh", "MJ", "GJ", "TJ", "kJ", "J", "Nm3", "万Nm3",
    "m3", "L", "mL", "tce", "kgce", "TWh", "PJ", "kcal", "t·km", "kg·km", "m2",
    "cm2", "hm2", "km2", "km", "m", "cm", "mm", "item", ONE,
    "h", "d", "month", "year", "min", "kW", "W", "MW", "kWp", "Wp", "MWp", "GWp",
    "Mt", "µg", "dozen", "weight_case",
)  # fmt: skip

# What people write beside the names of units.txt, after `_tidy`.
SPELLINGS = {
    "kg": "千克 公斤 KG Kg KGS",
    "g": "克",
    "mg": "毫克",
    "t": "吨 公吨 T tonne tonnes",
    "kt": "千吨",
    "Mt": "兆吨",
    "µg": "微克 ug μg",
    "weight_case": "重量箱 重箱",
    "kWh": "度 度电 千瓦时 千瓦小时 KW·H KWH Kwh kwh KWh kW·h kw·h",
    "MWh": "兆瓦时 MWH Mwh mwh MW·h",
    "TWh": "太瓦时 TWH Twh",
    "PJ": "拍焦 pj",
    "kcal": "千卡 大卡 Kcal KCAL",
    "kgce": "千克标准煤 千克标煤 公斤标准煤 公斤标煤 kg标准煤 kg标煤 KGCE Kgce",
    "tce": "吨标准煤 吨标煤 t标准煤 t标煤 TCE Tce",
    "GWh": "吉瓦时 GWH Gwh",
    "Wh": "瓦时 W·h",
    "kJ": "千焦 KJ",
    "MJ": "兆焦 mj",
    "GJ": "吉焦 gj",
    "TJ": "太焦 tj",
    "kW": "千瓦 KW kw",
    "W": "瓦 w",
    "MW": "兆瓦",
    "Wp": "WP wp 峰瓦",
    "kWp": "KWP kwp KWp 千峰瓦",
    "MWp": "MWP 兆峰瓦",
    "GWp": "GWP 吉峰瓦",
    "m": "米",
    "km": "千米 公里 KM",
    "cm": "厘米",
    "mm": "毫米",
    "m2": "平方米 平米 平方 M2 sqm qm m^2",
    "cm2": "平方厘米 cm^2",
    "hm2": "公顷 ha",
    "km2": "平方公里 平方千米",
    "m3": "立方米 立方 方 M3 cbm m^3",
    "L": "升 公升 l ltr liter litre",
    "mL": "毫升 ml",
    "Nm3": "标准立方米 标立方米 标立方 标方 NM3 nm3 Nm^3",
    "Pa": "帕 帕斯卡",
    "kPa": "千帕 KPA KPa kpa",
    "MPa": "兆帕 MPA Mpa",
    "bar": "巴 BAR Bar",
    "item": "件 个 台 套 台套 双 只 辆 部 块 条 片 张 支 把 根 p pc pcs PCS Pcs PC piece pieces "
    "items unit units device devices product bicycle laptop 产品",
    "dozen": "打 doz",
    "h": "小时 时 hour hours hr",
    "d": "天 日 day days",
    "min": "分钟 minute minutes",
    "month": "月 个月 months",
    "year": "年 a yr years",
    "t·km": "吨公里 吨千米 公里吨 tkm TKM t-km km·t",
    "kg·km": "千克公里 公斤公里 kgkm kg-km km·kg",
    ONE: "- fraction dimensionless 无量纲",
}
ALIASES = {alias: unit for unit, aliases in SPELLINGS.items() for alias in [unit, *aliases.split()]}
ALIASES |= {unit: unit for unit in OFFERED}

MULTIPLIERS = {"10^3": "千", "10^4": "万", "10^6": "百万", "10^8": "亿"}
TIMES = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
MULTIPLIED = re.compile("(十万|百万|千万|百|千|万|亿)(.+)")
LONGEST = 40
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
POWER_OF_TEN = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")

# What a box or a bag holds differs from maker to maker, so an amount of them says nothing.
UNSIZED = frozenset("箱盒包袋桶瓶罐车")

GAS = r"[A-Z][A-Za-z0-9]*(?:-[a-z]+)?"  # with where its carbon comes from, such as CO2-biogenic
NUMERATOR = re.compile(rf"(mg|g|kg|t|kt)({GAS})")
EQUIVALENT = re.compile(r"(CO2-?e(q\.?)?|二氧化碳当量|CO2当量)$", re.IGNORECASE)
MASS = re.compile("(千克|公斤|[Kk][Gg]|毫克|克|千吨|吨|T(?=[A-Z二]))")


class Ratio(NamedTuple):
    """`kgCO2e/kWh` is (kg, CO2e, kWh); `GJ/t` is (GJ, "", t); `fraction` is (1, "", 1)."""

    numerator: str
    basis: str
    denominator: str


@lru_cache(4096)
def canonical(text: str) -> str:
    """The one spelling in which a unit is kept; raise Invalid `unit-unknown`."""
    tidy = _tidy(text) if len(text) <= LONGEST else ""
    unit = _single(tidy) or _multiple(tidy)
    if tidy in UNSIZED:
        raise Invalid("unit-without-size", unit=tidy)
    if unit is None:
        raise Invalid("unit-unknown", unit=text[:LONGEST])
    return unit


@lru_cache(4096)
def factor(source: str, target: str) -> Decimal:
    """How many `target` one `source` is; raise Invalid when unknown or of another dimension."""
    source, target = canonical(source), canonical(target)
    if source == target:
        return Decimal(1)
    here, there = _quantity(source), _quantity(target)
    if here.dimensionality != there.dimensionality:
        raise Invalid("unit-does-not-fit", unit=source, needs=target)
    return Decimal(here.to(there.units).magnitude / there.magnitude)


@lru_cache(4096)
def convertible(unit: str) -> tuple[str, ...]:
    """The units an amount of `unit` may be typed in, itself first."""
    unit = canonical(unit)
    dimension = _quantity(unit).dimensionality
    same = [other for other in OFFERED if _quantity(other).dimensionality == dimension]
    return tuple(dict.fromkeys([unit, *same]))


@lru_cache(4096)
def split(text: str) -> Ratio:
    """Take a factor's unit apart; raise Invalid `factor-unit-unknown`."""
    tidy = _tidy(text)
    above, slash, below = tidy.partition("/")
    below = below.removeprefix("(").removesuffix(")")
    try:
        denominator = canonical(below) if slash else ONE
        # A unit first: TJ is no tonne of a gas J.
        found = None if _single(above) else NUMERATOR.fullmatch(_spelt_gas(above))
        if found:
            return Ratio(found[1], found[2], denominator)
        return Ratio(canonical(above), "", denominator)
    except Invalid as error:
        raise Invalid("factor-unit-unknown", unit=text) from error


def _spelt_gas(above: str) -> str:
    """千克二氧化碳当量 and kg CO2-Eq are kgCO2e."""
    mass = MASS.match(above)
    above = ALIASES[mass[0]] + above[mass.end() :] if mass else above
    return EQUIVALENT.sub("CO2e", above).replace("二氧化碳", "CO2")


def _tidy(text: str) -> str:
    """One spelling of dots, superscripts, widths and subscripts; no spaces, and nothing that is not seen."""
    text = texts.line(text)
    text = POWER_OF_TEN.sub(lambda found: "10^" + found[1].translate(SUPERSCRIPT), text)
    text = unicodedata.normalize("NFKC", text.strip())
    text = re.sub(r"[⋅∙•・‧・×]", "·", text)
    text = re.sub(r"(?<=[A-Za-z0-9])[.*](?=[A-Za-z])", "·", text)
    return re.sub(r"\s+", "", text)


def _single(tidy: str) -> str | None:
    """A unit of the list, or a product of such."""
    if tidy in ALIASES:
        return ALIASES[tidy]
    parts = tidy.split("·")
    known = len(parts) > 1 and all(part in ALIASES for part in parts)
    return "·".join(ALIASES[part] for part in parts) if known else None


def _multiple(tidy: str) -> str | None:
    """Ten thousand of a unit and its like, which Chinese statistics count in."""
    for written, sign in MULTIPLIERS.items():
        tidy = tidy.replace(written, sign, 1) if tidy.startswith(written) else tidy
    found = MULTIPLIED.fullmatch(tidy)
    if found is None:
        return None
    unit = _single(found[2])
    return f"{found[1]}{unit}" if unit else None


@cache
def _registry() -> "UnitRegistry[Any]":  # of quantities, which pint itself does not follow further
    # Loading pint takes longer than a page; only who converts pays for it, once.
    import pint

    return pint.UnitRegistry(DEFINITIONS, non_int_type=Decimal)


@lru_cache(4096)
def _quantity(unit: str) -> "PlainQuantity[Decimal]":
    """A canonical unit as a quantity of pint: its multiplier, and its product of units."""
    found = MULTIPLIED.fullmatch(unit)
    times, name = (TIMES[found[1]], found[2]) if found else (1, unit)
    expression = "dimensionless" if name == ONE else name.replace("·", "*")
    return _registry().Quantity(Decimal(times), expression)
