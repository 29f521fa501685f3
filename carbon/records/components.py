"""What a supplier's footprint consists of, by the members of PACT's data model (3.0.3).

The value that was published counts; its components say where the carbon of it comes from and what of it is
told apart.  What was taken up stands outside the value and is subtracted; the way to the customer stands
outside it and counts in whatever row that way has.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from carbon.footprint import FactorCopy, Quantity, Row
from carbon.footprint.gases import BIOGENIC, BIOGENIC_E, LAND_USE
from carbon.footprint.published import agree
from carbon.records.fields import Emission, Faults, Field, Measured, between, comparable
from carbon.records.record import CARBON_TO_CO2, Given, Record, stated_factor


@dataclass(frozen=True)
class Content(Measured):
    """Of something that may be none at all."""

    def refused(self, kept: Quantity) -> str | None:
        return "quantity-negative" if kept.amount < 0 else super().refused(kept) if kept.amount else None


# What the value is the sum of, and the gas that says where it comes from; without one it is fossil.
ADDED = {
    "fossil": "",
    "land_use_change": LAND_USE,
    "land_management_fossil": "",
    "land_management_biogenic": BIOGENIC_E,
    "biogenic_other": BIOGENIC_E,
}
WITHIN = ("aircraft", "packaging")  # part of what is fossil
UPTAKE, CARBON, OUTBOUND = "biogenic_uptake", "biogenic_carbon", "outbound_transport"
NOT_ABOVE, NOT_BELOW = (UPTAKE,), (*ADDED, *WITHIN, OUTBOUND)

FIELDS: tuple[Field, ...] = (
    *(Emission(name) for name in ADDED),
    *(Emission(name) for name in WITHIN),
    Emission(OUTBOUND),
    Emission(UPTAKE),
    Content(
        CARBON,
        units=("kgC/kg", "kgC/t", "kgC/item", "kgC/m3", "kgC/m2"),
        limits=(between("0", "1", "kgC/kg"),),
    ),
)


def of_supplier(given: Given) -> FactorCopy:
    """The value that was published, with the set it was made with where that was said."""
    whole = stated_factor(given, "emission", given.text("document"))
    return replace(whole, gwp=given.text("gwp_set"))


def lines(record: Record, given: Given) -> Iterator[Row]:
    """The value in one line, or in one for each of what is told apart; with what was taken up behind it."""
    whole = of_supplier(given)
    told = list(_told(given, whole.unit))
    rest = whole.value - sum((amount for amount, _gas, _apart in told), Decimal(0))
    if not told or rest < 0:
        told, rest = [], whole.value
    for amount, gas, apart in [(rest, "", ""), *told]:
        factor = replace(whole, value=amount, gas_basis=gas or whole.gas_basis)
        if amount or not told:
            yield record.row(record.quantity, record.unit, factor, apart)
    if given.has(UPTAKE) and given.quantity(UPTAKE).amount:
        taken = stated_factor(given, UPTAKE, whole.source)
        biogenic = FactorCopy(taken.value, taken.unit, BIOGENIC, source=taken.source)
        yield record.row(record.quantity, record.unit, biogenic)


def _told(given: Given, unit: str) -> Iterator[tuple[Decimal, str, str]]:
    for name, gas in ADDED.items():
        if gas and (amount := given.of(name, unit)):
            yield amount, gas, ""
    for name in WITHIN:
        if amount := given.of(name, unit):
            yield amount, "", name


def doubts(given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    if given.has(UPTAKE):
        yield from _uptake(given)
    if given.has(OUTBOUND) and given.quantity(OUTBOUND).amount:
        yield "supplier-outbound-apart", {"value": str(_told_of(given, OUTBOUND))}


def _uptake(given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    """-44/12 of the carbon that is in the product, and nothing else."""
    taken = given.quantity(UPTAKE)
    if not given.has(CARBON):
        if taken.amount:
            yield "supplier-uptake-without-carbon", {"uptake": _told_of(given, UPTAKE)}
        return
    unit = f"kgCO2e/{given.per(UPTAKE)}"
    meant = -CARBON_TO_CO2 * given.of(CARBON, f"kgC/{given.per(UPTAKE)}")
    if not agree(given.of(UPTAKE, unit), meant):
        detail = {"uptake": _told_of(given, UPTAKE), "carbon": _told_of(given, CARBON)}
        yield "supplier-uptake-not-of-carbon", detail | {"meant": f"{round(meant, 4).normalize():f} {unit}"}


def _told_of(given: Given, name: str) -> str:
    kept = given.quantity(name)
    return f"{kept.amount:f} {kept.unit}"


def clashes(given: Given) -> Faults:
    """Each is of the same as the value, and on its side of zero."""
    unit = given.quantity("emission").unit
    found: Faults = {}
    for name in (*NOT_BELOW, *NOT_ABOVE):
        if not given.has(name):
            continue
        kept = given.quantity(name)
        if not comparable(kept.unit, unit):
            found[f"{name}-unit"] = "unit-does-not-fit"
        elif kept.amount < 0 and name in NOT_BELOW:
            found[name] = "quantity-negative"
        elif kept.amount > 0 and name in NOT_ABOVE:
            found[name] = "uptake-above-zero"
    if given.has(CARBON) and not comparable(given.quantity(CARBON).unit, f"kgC/{given.per('emission')}"):
        found[f"{CARBON}-unit"] = "unit-does-not-fit"
    return found
