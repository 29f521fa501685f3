"""Whether a factor is the right one: of the right year and place, proved, and within what fuels are."""

from collections.abc import Iterator
from decimal import Decimal

from carbon import units
from carbon.checks.beside import said
from carbon.checks.seen import CARRIED, Doubts, Seen, converted, per_kilowatt_hour, plain
from carbon.footprint import SETS, FactorCopy, Fuel, Row
from carbon.records.electricity import NATIONAL

ZERO = Decimal(0)
AVERAGE = NATIONAL.removesuffix("-")  # the library's factor of all electricity of the country
# Official defaults of fuels, by who published them: how the library's codes begin.
DEFAULTS_OF = {"provincial_guideline": "CN-PROV-", "industry_guideline": "CN-ENT-"}
NATIONWIDE = ("", "CN", "World")

# Provinces (first two digits of GB/T 2260) of the regional grids, as the yearly announcement of the Ministry
# of Ecology and Environment on CO2 factors of electricity lists them; 内蒙古 lies in two.
GRIDS = {
    "CN-grid-north": ("11", "12", "13", "14", "15", "37"),
    "CN-grid-northeast": ("15", "21", "22", "23"),
    "CN-grid-east": ("31", "32", "33", "34", "35"),
    "CN-grid-central": ("36", "41", "42", "43"),
    "CN-grid-northwest": ("61", "62", "63", "64", "65"),
    "CN-grid-south": ("44", "45", "46", "52", "53"),
    "CN-grid-southwest": ("50", "51", "54"),
}


def from_memory(seen: Seen) -> Doubts:
    for index, row in enumerate(seen.rows):
        if row.factor and row.factor.confidence == "memory":
            yield index, {"name": row.name, "factor": row.factor.code}


def outdated_gwp(seen: Seen) -> Doubts:
    if seen.sheet.gwp != SETS[-1]:
        yield None, {"gwp": seen.sheet.gwp, "newest": SETS[-1], "day": f"{seen.today.year}"}


def two_defaults(seen: Seen) -> Doubts:
    """Where the official defaults of a fuel differ: both, as long as the rules choose none."""
    if not seen.around.fuel_default:
        for index, row, own, other in _beside_defaults(seen):
            yield index, {"name": row.name, "factor": said(own), "other": said(other)}


def other_default(seen: Seen) -> Doubts:
    """The rules chose the other one."""
    for index, row, own, other in _beside_defaults(seen):
        if other.code.startswith(DEFAULTS_OF.get(seen.around.fuel_default, "-")):
            yield index, {"name": row.name, "factor": said(own), "other": said(other)}


def _beside_defaults(seen: Seen) -> Iterator[tuple[int, Row, FactorCopy, FactorCopy]]:
    """The rows on an official default, and the other one of the same fuel."""
    if not seen.library.defaults:
        return
    known = {factor.code: factor for factor in seen.library.defaults}
    for index, row in enumerate(seen.rows):
        for begins in DEFAULTS_OF.values():
            if row.factor and row.factor.code.startswith(begins):
                fuel = row.factor.code.removeprefix(begins)
                others = (known.get(f"{each}{fuel}") for each in DEFAULTS_OF.values() if each != begins)
                for other in others:
                    if other and (other.value, other.unit) != (row.factor.value, row.factor.unit):
                        yield index, row, row.factor, other


def of_another_year(seen: Seen) -> Doubts:
    """Asked once for each factor, at its first row; a factor of the library of a nearer year is named, and
    never taken."""
    for index, row, factor in _once_each(seen):
        year = factor.source_year
        if year is None or not seen.years:
            continue
        allowed = 0 if factor.is_power else seen.tolerances.factor_years
        if _years_off(seen, factor) > allowed:
            near = _nearer(seen, factor)
            facts = {"name": row.name, "factor": factor.code, "of": f"{year}"}
            yield index, facts | {"year": f"{seen.years[0]}", "nearest": near.code if near else ""}


def of_another_region(seen: Seen) -> Doubts:
    """Asked once for each factor, at its first row; what holds for the country holds in its provinces."""
    if not seen.around.region:
        return
    for index, row, factor in _once_each(seen):
        if factor.region not in NATIONWIDE and not _covers(factor.region, seen.around.region):
            facts = {"name": row.name, "factor": factor.code, "region": factor.region}
            yield index, facts | {"plant": seen.around.region}


def unproven_power(seen: Seen) -> Doubts:
    """Electricity that is cleaner than the country's is a claim; a name typed in a box proves nothing."""
    average = next((factor for factor in seen.library.power if factor.code.startswith(AVERAGE)), None)
    if average is None:
        return
    bound = per_kilowatt_hour(average) * seen.tolerances.power_share
    for index, row, factor in seen.power:
        if not row.evidence_digest and _is_chosen(factor) and per_kilowatt_hour(factor) < bound:
            yield index, {"name": row.name, "factor": said(factor), "average": said(average)}


def power_not_carried(seen: Seen) -> Doubts:
    """A factor of one kind of power station ends at its gate: carrying the electricity is a row beside it."""
    chosen = [(index, row, factor) for index, row, factor in seen.power if _of_a_station(factor)]
    carried = sum(
        (_energy(row) for _index, row, factor in seen.power if factor.code.startswith(CARRIED)), ZERO
    )
    needed = sum((_energy(row) for _index, row, _factor in chosen), ZERO)
    if carried < needed:
        index, row, factor = chosen[0]
        facts = {"name": row.name, "factor": factor.code, "needed": f"{plain(needed)} kWh"}
        yield index, facts | {"carried": f"{plain(carried)} kWh"}


def impossible_fuel(seen: Seen) -> Doubts:
    """Beyond the values of every fuel of the library: another unit, most likely."""
    for index, row, part, value in _fuel_values(seen):
        known = _known(seen, part, row.fuel)
        if known and not _within(value, known, seen.tolerances.fuel_possible_times):
            yield index, {"name": row.name, "value": f"{value:f}", **_range(known)}


def unusual_fuel(seen: Seen) -> Doubts:
    """Far from the library's values for the fuel that the row names."""
    usual, possible = seen.tolerances.fuel_usual_times, seen.tolerances.fuel_possible_times
    for index, row, part, value in _fuel_values(seen):
        known = _known(seen, part, row.fuel)
        named = _named(row.name, known)
        if named and _within(value, known, possible) and not _within(value, named, usual):
            yield index, {"name": row.name, "value": f"{value:f}", **_range(named)}


def _is_chosen(factor: FactorCopy) -> bool:
    """Of one kind of power station, or stated by a supplier; not of a grid, nor for carrying electricity."""
    return factor.category != "electricity" and not factor.code.startswith((AVERAGE, CARRIED))


def _of_a_station(factor: FactorCopy) -> bool:
    """One of the library's: what a supplier states may end anywhere, and is asked about as unproven."""
    return factor.category == "electricity_footprint" and _is_chosen(factor)


def _energy(row: Row) -> Decimal:
    return converted(row.quantity or ZERO, row.unit, "kWh") or ZERO


def _once_each(seen: Seen) -> Iterator[tuple[int, Row, FactorCopy]]:
    asked: set[tuple[object, ...]] = set()
    for index, row in enumerate(seen.rows):
        factor = row.factor
        if factor is None or not row.quantity:
            continue
        key = (factor.code, factor.value, factor.unit, factor.source)
        if key not in asked:
            asked.add(key)
            yield index, row, factor


def _nearer(seen: Seen, factor: FactorCopy) -> FactorCopy | None:
    """The library's factor of the same series whose year is nearest to the period, if it is nearer."""
    series = factor.code.rpartition("-")[0]
    alike = [each for each in seen.library.power if series and each.code.startswith(f"{series}-")]
    found = min(alike, key=lambda each: _years_off(seen, each), default=factor)
    return found if _years_off(seen, found) < _years_off(seen, factor) else None


def _years_off(seen: Seen, factor: FactorCopy) -> int:
    return min(abs((factor.source_year or 0) - year) for year in seen.years)


def _covers(region: str, plant: str) -> bool:
    if region.startswith("CN-grid-"):
        return plant[:2] in GRIDS.get(region, ())
    return region[:2] == plant[:2]


def _fuel_values(seen: Seen) -> Iterator[tuple[int, Row, str, Decimal]]:
    for index, row in enumerate(seen.rows):
        if row.fuel is not None:
            yield index, row, "fuel_parameter_ncv", row.fuel.ncv
            yield index, row, "fuel_parameter_cc", row.fuel.carbon_content


def _known(seen: Seen, part: str, fuel: Fuel | None) -> list[FactorCopy]:
    """The library's values of one parameter; a heating value by volume is another thing than one by mass."""
    of_part = [factor for factor in seen.library.fuels if factor.category == part]
    if part == "fuel_parameter_ncv" and fuel is not None:
        per = units.split(fuel.ncv_unit).denominator
        return [factor for factor in of_part if factor.ratio.denominator == per]
    return of_part


def _named(name: str, known: list[FactorCopy]) -> list[FactorCopy]:
    """Those of the fuel whose name stands in the name of the row; the longest name says most."""
    fitting = {factor.name_zh.partition(" ")[0] for factor in known}
    longest = max((fuel for fuel in fitting if fuel and fuel in name), key=len, default="")
    return [factor for factor in known if longest and factor.name_zh.partition(" ")[0] == longest]


def _within(value: Decimal, known: list[FactorCopy], times: Decimal) -> bool:
    values = [factor.value for factor in known]
    return min(values) / times <= value <= max(values) * times


def _range(known: list[FactorCopy]) -> dict[str, str]:
    """The bounds, and the sources they are from."""
    ordered = sorted(known, key=lambda factor: factor.value)
    ends = (ordered[0], ordered[-1])
    sources = dict.fromkeys(end.code for end in ends)
    unit = "tC/TJ" if ordered[0].category == "fuel_parameter_cc" else ordered[0].unit
    return {
        "low": f"{ends[0].value.normalize():f}",
        "high": f"{ends[1].value.normalize():f} {unit}",
        "source": "、".join(sources),
    }
