"""The ledger behind an amount: what a meter or a scale showed month by month, and which part of a site's
is the product's.  A record of any kind may have one; its amount is then the sum of the months.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from carbon import units
from carbon.footprint import Row
from carbon.footprint.arithmetic import EXACT
from carbon.records.fields import Faults, Field, Many, Measured, comparable
from carbon.records.links import EVIDENCE, Files
from carbon.records.record import Around, Expanded, Given
from core.errors import Invalid
from core.readers import days, numbers

TOLD = 6  # months that a sentence names one by one


@dataclass(frozen=True)
class Month(Field):
    form = "month"

    def taken(self, given: object) -> object:
        return days.month(given)

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "pattern": "[0-9]{4}-[0-9]{2}"}


@dataclass(frozen=True)
class Number(Field):
    """In the unit of the row; nothing and zero are two things."""

    form = "number"

    def taken(self, given: object) -> object:
        read = numbers.number(given)
        if read is not None and read < 0:
            raise Invalid("quantity-negative")
        return None if read is None else f"{read:f}"

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "description": "in the unit of the row"}


@dataclass(frozen=True)
class Months(Many):
    form = "months"

    def read(self, given: object, place: str, faults: Faults) -> object:
        found: Any = super().read(given, place, faults)  # JSON
        said: set[str] = set()
        for number, entry in enumerate(found or ()):
            if entry.get("month") in said:
                faults[f"{place}-{number}-month"] = "month-twice"
            said.add(entry.get("month"))
        return found

    def of_boxes(self, boxes: Mapping[str, str], place: str) -> object:
        """The months stand there from the beginning; one without an amount is not known yet."""
        entries: Any = super().of_boxes(boxes, place)  # JSON
        return [entry for entry in entries or () if entry.get("amount")] or None


SITE, METER = Field("site"), Field("meter")
MONTHS = Months(
    "months", of=(Month("month", required=True), Number("amount", required=True), Files(EVIDENCE))
)
PRODUCT = Measured("product_amount", units=units.OFFERED)
WHOLE_SITE = Measured("site_amount", units=units.OFFERED)
FIELDS: tuple[Field, ...] = (SITE, METER, MONTHS, PRODUCT, WHOLE_SITE)
SHARED = ("product_amount", "site_amount")


def total(stated: Mapping[str, Any]) -> Decimal | None:  # JSON
    """What the months come to, exactly; None where there are none."""
    if not stated.get("months"):
        return None
    with localcontext(EXACT):
        return sum((amount for _month, amount in amounts(stated)), Decimal(0))


def amounts(stated: Mapping[str, Any]) -> list[tuple[str, Decimal]]:  # JSON
    return [(entry["month"], Decimal(entry["amount"])) for entry in stated.get("months", ())]


def months_of(start: date | None, end: date | None) -> list[str]:
    """Those that a period touches."""
    if start is None or end is None or end < start:
        return []
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def lacking(stated: Mapping[str, Any], start: date | None, end: date | None) -> list[str]:  # JSON
    """The months of the period that a ledger, if there is one, does not have."""
    there = {entry["month"] for entry in stated.get("months", ())}
    return [month for month in months_of(start, end) if month not in there] if there else []


def outside(stated: Mapping[str, Any], start: date | None, end: date | None) -> Faults:  # JSON
    """Those that the period does not touch."""
    touched = months_of(start, end)
    return {
        f"months-{number}-month": "month-outside-period"
        for number, entry in enumerate(stated.get("months", ()))
        if touched and entry["month"] not in touched
    }


def within(stated: Mapping[str, Any], start: date | None, end: date | None) -> dict[str, Any]:  # JSON
    """The ledger for another period: the months that both have, and whose meter it is."""
    touched = months_of(start, end)
    kept = {name: stated[name] for name in ("site", "meter") if name in stated}
    months = [entry for entry in stated.get("months", ()) if entry["month"] in touched]
    return kept | ({"months": months} if months else {})


def of_product(found: Expanded, given: Given) -> Expanded:
    """The product's part of what the site used: whatever the kind, it goes with the amount."""
    if not given.has(*SHARED):
        return found

    def shared(row: Row) -> Row:
        return row if row.quantity is None else replace(row, quantity=part_of(row.quantity, given))

    rows, at_grid = (tuple(map(shared, each)) for each in (found.rows, found.at_grid))
    return replace(found, rows=rows, at_grid=at_grid, seen=found.seen and shared(found.seen))


def part_of(amount: Decimal, given: Given) -> Decimal:
    """The product's part of an amount of its site; all of it where it shares with nothing."""
    if not given.has(*SHARED):
        return amount
    unit = given.quantity("site_amount").unit
    return amount * given.of("product_amount", unit) / given.of("site_amount", unit)


def doubts(given: Given, around: Around) -> Iterator[tuple[str, dict[str, str]]]:
    if gap := lacking(given.stated, around.period_from, around.period_to):
        named = "、".join(gap[:TOLD]) + ("…" if len(gap) > TOLD else "")
        yield "ledger-gap", {"months": named, "count": f"{len(gap)}"}


def clashes(given: Given) -> Faults:
    stated = [name for name in SHARED if given.has(name)]
    if len(stated) == 1:
        return {name: "value-missing" for name in SHARED if name not in stated}
    if not stated:
        return {}
    unit = given.quantity("site_amount").unit
    if not comparable(given.quantity("product_amount").unit, unit):
        return {"product_amount-unit": "unit-does-not-fit"}
    above = given.of("product_amount", unit) > given.of("site_amount", unit)
    return {"product_amount": "part-above-whole"} if above else {}


def runs(months: Iterable[str]) -> list[tuple[str, str]]:
    """(first, last) of each unbroken run of months."""
    found: list[tuple[str, str]] = []
    for month in sorted(set(months)):
        if found and _next(found[-1][1]) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"
