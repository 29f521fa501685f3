"""What takes time: the electricity of a product in use, and goods that serve longer than is counted."""

from carbon.records.fields import SHARE, WHOLE, Faults, Field, Measured, Year, between, comparable
from carbon.records.record import Around, Expanded, Given, Kind, Record, amount_in

USE = (
    Measured("power", units=("W", "kW", "MW")),
    Measured("hours", units=("h", "d", "min")),
    Measured("duty", units=SHARE, limits=(WHOLE,)),
    Measured("yearly_energy", units=("kWh/year", "MWh/year")),
    Measured("years", units=("year",), usual=(between("0", "50", "year", "演示数据"),)),
    Field("grid_country"),
    Year("grid_year"),
)
BY_POWER, BY_YEAR = ("power", "hours"), ("yearly_energy", "years")
GRID = ("grid_country", "grid_year")  # a factor of the library says both itself


def use(record: Record, given: Given, around: Around) -> Expanded:
    """Power × hours × the share of them, or the energy of a year × years, for each item."""
    if given.has(*BY_POWER):
        each = given.of("power", "kW") * given.of("hours", "h") * given.share("duty", "1")
    else:
        each = given.of("yearly_energy", "kWh/year") * given.of("years", "year")
    items = amount_in(record, "item", around.constants)
    unsaid = around.boundary and record.factor and not record.factor.code and not given.has(*GRID)
    doubts = (("use-grid-unsaid", dict[str, str]()),) if unsaid else ()
    return Expanded((record.row(items * each, "kWh", record.factor),), doubts)


def use_clashes(given: Given, _record: Record) -> Faults:
    """One way or the other, and that whole."""
    by_power = any(given.has(name) for name in (*BY_POWER, "duty"))
    by_year = any(given.has(name) for name in BY_YEAR)
    if by_power and by_year:
        return {"yearly_energy": "use-given-twice"}
    names = BY_YEAR if by_year else BY_POWER
    return {name: "value-missing" for name in names if not given.has(name)}


LIFETIME = ("year", "month", "d", "h", "km", "kWh", "MWh", "GWh", "item", "kg", "t")
AMORTISED = (
    Measured("lifetime", required=True, units=LIFETIME),
    Measured("counted", required=True, units=LIFETIME),
)


def amortised(record: Record, given: Given, _around: Around) -> Expanded:
    assert record.quantity is not None
    unit = given.quantity("lifetime").unit
    share = given.of("counted", unit) / given.of("lifetime", unit)
    return Expanded((record.row(record.quantity * share, record.unit, record.factor),))


def amortised_clashes(given: Given, _record: Record) -> Faults:
    """What is counted is a part of the life."""
    unit = given.quantity("lifetime").unit
    if not comparable(unit, given.quantity("counted").unit):
        return {"counted-unit": "unit-does-not-fit"}
    return {"counted": "part-above-whole"} if given.of("counted", unit) > given.of("lifetime", unit) else {}


KINDS = (
    Kind(
        "use",
        USE,
        use,
        per=("item",),
        factor=True,
        factor_per=("kWh",),
        source="GB/T 24067-2024",
        clashes=use_clashes,
    ),
    Kind(
        "amortised",
        AMORTISED,
        amortised,
        factor=True,
        source="counted / lifetime",
        clashes=amortised_clashes,
    ),
)
