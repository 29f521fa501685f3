"""Row beside row: what is counted twice, and what slipped by a thousand."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from carbon.checks.seen import Doubts, Seen, amount, plain, plain_name, ratio, same_amount, what
from carbon.footprint import FactorCopy
from carbon.footprint.gases import CO2E
from carbon.records.burning import has_default

THOUSANDS = (Decimal(10) ** 3, Decimal(10) ** 6)


def duplicates(seen: Seen) -> Doubts:
    """The same source in the same amount twice: counted twice, most likely."""
    first: dict[tuple[object, ...], int] = {}
    for index, row in enumerate(seen.rows):
        if row.quantity is None:
            continue
        key = (row.stage, what(row), row.quantity, row.unit)
        if key in first:
            other = seen.rows[first[key]].name
            yield index, {"name": row.name, "other": other, "value": amount(row)}
        first.setdefault(key, index)


def slips(seen: Seen) -> Doubts:
    """The same name, a thousand times as much: kWh beside MWh, or what a source prints beside what its
    activity comes to."""
    first: dict[str, int] = {}
    for index, row in enumerate(seen.rows):
        if not row.quantity:
            continue
        other = first.setdefault(plain_name(row), index)
        if other == index:
            continue
        if what(row) == what(seen.rows[other]):
            times, value, against = ratio(row, seen.rows[other]), amount(row), amount(seen.rows[other])
        else:
            one, two = (seen.result.rows[place].value for place in (index, other))
            times = one / two if one and two else Decimal(1)
            value, against = (f"{plain(each or Decimal(0))} {seen.result.unit}" for each in (one, two))
        if thousandfold(times, seen.tolerances.slip_share):
            yield index, {"name": row.name, "value": value, "other": against}


def parts_beside_wholes(seen: Seen) -> Doubts:
    """One amount with a factor of all gases, and again with a factor of one of them."""
    for index, other, row, earlier in _of_one_amount(seen):
        covers = {row.gas, earlier.gas}
        if CO2E in covers and len(covers) > 1:
            names = {"name": seen.rows[index].name, "other": seen.rows[other].name}
            yield index, names | {"value": amount(seen.rows[index]), "gas": min(covers - {CO2E})}


def gases_twice(seen: Seen) -> Doubts:
    """The methane or nitrous oxide of a fuel in a row of its own, where it comes with the fuel already."""
    burnt = next((row.name for row in seen.rows if has_default(row.factor)), None)
    for index, row in enumerate(seen.rows):
        if burnt is not None and row.factor and row.factor.category == "fuel_combustion_nonco2":
            yield index, {"name": row.name, "other": burnt}


def two_factors(seen: Seen) -> Doubts:
    """One amount, reckoned with two factors of the same gas."""
    for index, other, row, earlier in _of_one_amount(seen):
        differ = (row.value, row.unit) != (earlier.value, earlier.unit)
        if row.gas == earlier.gas and differ:
            names = {"name": seen.rows[index].name, "other": seen.rows[other].name}
            factors = {"factor": said(row), "against": said(earlier)}
            yield index, names | factors | {"value": amount(seen.rows[index])}


def said(factor: FactorCopy) -> str:
    return f"{factor.value.normalize():f} {factor.unit}"


def thousandfold(times: Decimal, close: Decimal) -> bool:
    if times == 1:
        return False
    size = abs(times) if abs(times) > 1 else 1 / abs(times)
    return any(abs(size / thousand - 1) <= close for thousand in THOUSANDS)


def _of_one_amount(seen: Seen) -> Iterator[tuple[int, int, FactorCopy, FactorCopy]]:
    """(row, earlier row, their factors) where the same amount of the same thing is likely meant."""
    for group in seen.things:
        for (other, earlier), (index, row) in combinations(group, 2):
            if row.factor and earlier.factor and same_amount(row, earlier):
                yield index, other, row.factor, earlier.factor
