"""The ledgers behind the rows of a case, as pages show them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import String, cast, select

from carbon import records
from carbon.queries import ActivityRow, choice_name, quantity_name
from certification.application.models import Application
from core.db import db
from core.errors import Invalid
from core.readers.days import day

CONDITIONS = [each.name for each in records.CONDITIONS]
NAMES = {*CONDITIONS, *(each.name for each in records.LEDGER)}  # what is shown at the amount
BESIDE = {each.name for each in records.BESIDE}


@dataclass(frozen=True)
class Ledger:
    """`months` are those of the period and those that are there; one without an amount is a gap.
    `besides` is what else a record of any kind may say, by its name and in words."""

    site: str
    meter: str
    months: list[tuple[str, Decimal | None]]
    total: Decimal | None
    product: str
    whole: str
    besides: list[tuple[str, str]]

    @property
    def gaps(self) -> list[str]:
        return [month for month, amount in self.months if amount is None]


def ledger_of(stated: Mapping[str, Any], start: date | None, end: date | None) -> Ledger | None:  # JSON
    """None where a row has none."""
    if not NAMES & stated.keys():
        return None
    amounts = dict(records.amounts(stated))
    months = sorted({*amounts, *records.lacking(stated, start, end)})
    told = records.as_texts(records.ACTIVITY, stated)
    return Ledger(
        site=told.get("site", ""),
        meter=told.get("meter", ""),
        months=[(month, amounts.get(month)) for month in months],
        total=records.total(stated),
        product=told.get("product_amount", ""),
        whole=told.get("site_amount", ""),
        besides=[(quantity_name(name), choice_name(name, told[name])) for name in CONDITIONS if name in told],
    )


def typed_ledgers(rows: Sequence[Mapping[str, Any]], head: Mapping[str, Any]) -> list[Ledger | None]:  # typed
    """Of rows that are being typed; what cannot be read yet is said at its row."""
    start, end = (_day(head.get(name)) for name in ("period_from", "period_to"))
    given = [{name: row[name] for name in NAMES if row.get(name) not in (None, "")} for row in rows]
    return [ledger_of(_readable(each), start, end) if each else None for each in given]


def frozen_ledgers(
    rows: Sequence[Mapping[str, Any]],  # JSON
    start: date | None,
    end: date | None,  # frozen rows, JSON
) -> list[Ledger | None]:
    return [ledger_of(row.get("stated") or {}, start, end) for row in rows]


def beside_ledger(stated: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    """What a record states besides what one of any kind may have."""
    return {name: kept for name, kept in stated.items() if name not in BESIDE}


def _readable(given: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    faults: dict[str, str] = {}
    found = records.read(records.ACTIVITY, given, "", faults)
    return {name: kept for name, kept in found.items() if not _blamed(name, faults)}


def _blamed(name: str, faults: Mapping[str, str]) -> bool:
    return any(place.partition("-")[0] == name for place in faults)


def _day(given: object) -> date | None:
    try:
        return day(given)
    except Invalid:
        return None


@dataclass(frozen=True)
class Earlier:
    """A ledger of another case: of which, and what a row of it says."""

    number: str
    name: str
    unit: str
    stated: Mapping[str, Any]  # JSON


def earlier(case: Application) -> dict[str, Earlier]:
    """The ledgers of all the applicant's other cases, the newest first, by what a page calls them."""
    query = (
        select(
            Application.id,
            ActivityRow.position,
            Application.number,
            ActivityRow.name,
            ActivityRow.unit,
            ActivityRow.stated,
        )
        .join(ActivityRow, ActivityRow.inventory_id == Application.inventory_id)
        .where(Application.applicant_id == case.applicant_id, Application.id != case.id)
        .where(cast(ActivityRow.stated, String).contains('"months"'))
        .order_by(Application.id.desc(), ActivityRow.position)
    )
    found = db.session.execute(query)
    return {
        f"{other}-{at}": Earlier(number, name, unit, stated)
        for other, at, number, name, unit, stated in found
        if stated.get("months")
    }


def of_period(found: Mapping[str, Earlier], head: Mapping[str, Any]) -> dict[str, Earlier]:  # typed
    """Those that share a month with the period; all while it is not known."""
    if not list(months_to_fill(head)):
        return dict(found)
    return {key: each for key, each in found.items() if shared_with(each, head).get("months")}


def shared_with(row: Earlier, head: Mapping[str, Any]) -> dict[str, Any]:  # typed; JSON
    """What of its ledger lies in another period."""
    return records.within(row.stated, *(_day(head.get(name)) for name in ("period_from", "period_to")))


def months_to_fill(head: Mapping[str, Any]) -> Iterator[str]:  # typed
    yield from records.months_of(*(_day(head.get(name)) for name in ("period_from", "period_to")))
