"""The file of factors: one row each, with its source; what cannot be right is refused by row and column.

The same columns serve the facts this project ships (data/factors.csv) and files that are imported.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from carbon import units
from carbon.footprint import GASES, SETS
from carbon.footprint.gases import BIOGENIC_E, CO2E
from core.errors import Invalid
from core.opened import table
from core.readers import days, numbers, texts

SHIPPED = Path(__file__).parent / "data" / "factors.csv"

COLUMNS = (
    "code", "name_zh", "name_en", "category", "activity_unit", "factor_value", "factor_unit", "gas_basis",
    "region", "valid_from", "source", "source_year", "confidence",
)  # fmt: skip
MAY_BE_THERE = ("source_en", "gwp")  # a file of earlier times has them not

CATEGORIES = (
    "electricity_footprint", "electricity", "heat", "fuel_combustion", "fuel_combustion_nonco2", "material",
    "process_clinker", "process_carbonate", "process_lime", "process_glass", "process_metal", "transport",
    "water", "waste", "gwp", "fuel_parameter_ncv", "fuel_parameter_cc", "fuel_parameter_of",
)  # fmt: skip
PARAMETERS = ("fuel_parameter_ncv", "fuel_parameter_cc", "fuel_parameter_of")

# Regions are codes: provinces as in GB/T 2260, grids as CN-grid-<name>; files may write the names.
PROVINCES = {
    "北京": "110000", "天津": "120000", "河北": "130000", "山西": "140000", "内蒙古": "150000",
    "辽宁": "210000", "吉林": "220000", "黑龙江": "230000", "上海": "310000", "江苏": "320000",
    "浙江": "330000", "安徽": "340000", "福建": "350000", "江西": "360000", "山东": "370000",
    "河南": "410000", "湖北": "420000", "湖南": "430000", "广东": "440000", "广西": "450000",
    "海南": "460000", "重庆": "500000", "四川": "510000", "贵州": "520000", "云南": "530000",
    "西藏": "540000", "陕西": "610000", "甘肃": "620000", "青海": "630000", "宁夏": "640000",
    "新疆": "650000",
}  # fmt: skip
GRIDS = {
    "华北": "CN-grid-north", "东北": "CN-grid-northeast", "华东": "CN-grid-east", "华中": "CN-grid-central",
    "西北": "CN-grid-northwest", "南方": "CN-grid-south", "西南": "CN-grid-southwest",
}  # fmt: skip
COUNTRIES = {"CN": "CN", "World": "World", "UK": "GB", "GB": "GB", "TW": "710000"}
REGIONS = COUNTRIES | {f"CN-{name}": code for name, code in (PROVINCES | GRIDS).items()}
REGIONS |= {code: code for code in REGIONS.values()}

GAS_SPELLINGS = {"-": "", "CO2 (biogenic)": "CO2-biogenic"}
NEEDED = ("code", "name_zh", "factor_value", "factor_unit", "valid_from", "source", "source_year")
LONGEST = 500

T = TypeVar("T")
Values = dict[str, Any]  # by the columns of a Factor


def read(stream: BinaryIO) -> Iterator[tuple[int, Values | Invalid]]:
    """(line, values of a Factor) or (line, why not), line 1 being the header.

    Raise Invalid when the file is no CSV text, columns are missing, or a line cannot be read.
    """
    for line, cells in table.rows(table.opened(stream.read()), COLUMNS):
        yield line, _checked(cells)


def _checked(cells: dict[str, str]) -> Values | Invalid:
    try:
        return _values(
            {name: _read(cells, name, texts.line, most=LONGEST) for name in (*COLUMNS, *MAY_BE_THERE)}
        )
    except Invalid as error:
        return error


def _values(cells: dict[str, str]) -> Values:
    _needed(cells)
    return {
        "code": cells["code"],
        "name_zh": cells["name_zh"],
        "name_en": cells["name_en"] or cells["name_zh"],
        "category": _one_of(cells, "category", CATEGORIES),
        "activity_unit": _unit(cells),
        "value": _read(cells, "factor_value", numbers.number),
        "unit": cells["factor_unit"],
        "gas_basis": _gas(cells),
        "region": _region(cells["region"]),
        "valid_from": _read(cells, "valid_from", days.day),
        "source": cells["source"],
        "source_en": cells["source_en"] or cells["source"],
        "source_year": _read(cells, "source_year", days.year),
        "confidence": _one_of(cells, "confidence", ("seen", "memory")),
        "gwp": _set(cells),
    }


def _needed(cells: dict[str, str]) -> None:
    for name in NEEDED:
        if not cells[name]:
            raise _wrong("value-missing", name)


def _read(cells: dict[str, str], name: str, reader: Callable[..., T], **bounds: int) -> T:
    try:
        return reader(cells.get(name, ""), **bounds)
    except Invalid as error:
        raise _wrong(error.slug, name) from error


def _one_of(cells: dict[str, str], name: str, known: tuple[str, ...]) -> str:
    if cells[name] not in known:
        raise _wrong("not-in-list", name)
    return cells[name]


def _unit(cells: dict[str, str]) -> str:
    """The unit of the activity must be the one the factor is per."""
    try:
        ratio, unit = units.split(cells["factor_unit"]), units.canonical(cells["activity_unit"])
        if cells["category"] not in PARAMETERS:
            units.factor(unit, ratio.denominator)
    except Invalid as error:
        raise _wrong(
            error.slug, "activity_unit" if error.slug == "unit-does-not-fit" else "factor_unit"
        ) from error
    return unit


def _gas(cells: dict[str, str]) -> str:
    gas = cells["gas_basis"].removesuffix(" (as CO2e)")
    gas = GAS_SPELLINGS.get(gas, gas)
    basis = units.split(cells["factor_unit"]).basis
    if cells["category"] in PARAMETERS:
        return ""
    if gas not in GASES or basis not in GASES:
        raise _wrong("gas-unknown", "gas_basis")
    if basis not in ("CO2e", gas.removesuffix("-biogenic")):
        raise _wrong("gas-is-not-of-unit", "gas_basis")
    return gas


def _set(cells: dict[str, str]) -> str:
    """Kilograms of one gas were made with none."""
    said = cells["gwp"] and _one_of(cells, "gwp", SETS)
    if said and units.split(cells["factor_unit"]).basis not in (CO2E, BIOGENIC_E):
        raise _wrong("gwp-of-no-co2e", "gwp")
    return said


def _region(text: str) -> str:
    if text not in REGIONS:
        raise _wrong("not-in-list", "region")
    return REGIONS[text]


def _wrong(slug: str, column: str) -> Invalid:
    return Invalid(slug, {column: slug}, column=column)
