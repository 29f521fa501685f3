"""A calendar that changes, and a service that was down: open clocks are moved, closed ones never."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from certification.clocks.models import Clock, Outage
from certification.clocks.operations.clocks import mirror, thing_of, write
from certification.events import OutageEntered
from core import audit, events
from core.calendar import Calendar, Entry, book, ledger
from core.clock import SHANGHAI, now
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.machine import Actor

KEEPERS = frozenset({"regulator", "administrator", "system"})


@dataclass(frozen=True)
class Move:
    """What a new calendar would do to one open clock: its day, or the days left while it stands still."""

    clock: Clock
    before: date | None
    after: date | None
    left_before: int
    left_after: int


@dataclass(frozen=True)
class Plan:
    """A correction of the calendar before anybody has agreed to it."""

    base: int
    calendar: Calendar
    differences: list[tuple[date, Entry | None, Entry | None]]
    moves: list[Move]


def preview(entries: list[Entry]) -> Plan:
    """What would follow from these entries; nothing is changed."""
    base = book.current()
    new = book.changed(base, entries)
    return Plan(base.version, new, book.differences(base, new), _moves(new))


def change(actor: Actor, entries: list[Entry], reason: str, expected_version: int) -> Plan:
    """Enter the correction as a new version and move the open clocks by it, as the preview said."""
    _check_keeper(actor)
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    plan = preview(entries)
    if plan.base != expected_version:
        raise OutOfOrder("page-is-stale")
    if plan.base and not plan.differences:
        raise Invalid("calendar-unchanged", {"entries": "calendar-unchanged"})
    book.enter(actor, plan.calendar, reason.strip())
    for move in plan.moves:
        write(move.clock, "replan", actor, reason=reason.strip())
        mirror(move.clock, thing_of(move.clock))
    audit.record(
        actor, "clock.replan", f"calendar/{plan.calendar.version}",
        clocks={str(move.clock.id): [move.before, move.after] for move in plan.moves},
    )  # fmt: skip
    return plan


def record_outage(
    actor: Actor, begins: datetime, ends: datetime, reason: str, noticed: bool = False
) -> Outage:
    """Write down that the service was down, and give the days back to whatever was due meanwhile."""
    _check_keeper(actor)
    _check_outage(begins, ends, reason)
    first, last = (moment.astimezone(SHANGHAI).date() for moment in (begins, ends))
    facts = {"reason": reason.strip(), "entered_by": actor.label, "noticed": noticed}
    outage = Outage(begins=begins, ends=ends, **facts)
    due_meanwhile = _open().where(Clock.due >= first, Clock.due <= last)
    clocks = list(db.session.scalars(due_meanwhile))
    for clock in clocks:
        days = ledger.credit_of(first, last, clock.unit, book.current())
        write(clock, "credit", actor, days=days, reason=outage.reason, cause="service")
        mirror(clock, thing_of(clock))
    outage.credited = len(clocks)
    db.session.add(outage)
    db.session.flush()
    audit.record(
        actor, "clock.outage", f"outage/{outage.id}", begins=begins, ends=ends, reason=outage.reason,
        clocks=[clock.id for clock in clocks],
    )  # fmt: skip
    events.publish(OutageEntered(outage.id, first, last))
    return outage


def _check_outage(begins: datetime, ends: datetime, reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    if ends <= begins or ends > now():
        raise Invalid("outage-times-wrong", {"ends": "outage-times-wrong"})
    twice = select(Outage.id).where(Outage.begins < ends, Outage.ends > begins)
    if db.session.scalar(twice) is not None:
        raise Invalid("outage-twice", {"begins": "outage-twice"})


def _check_keeper(actor: Actor) -> None:
    if not KEEPERS & actor.roles:
        raise NotPermitted("role-not-held", step="calendar")


def _open() -> Select[Clock]:
    related = selectinload(Clock.entries)
    return select(Clock).where(Clock.result == "running").options(related).order_by(Clock.id)


def _moves(new: Calendar) -> list[Move]:
    clocks = db.session.scalars(_open().where((Clock.unit == "working") | (Clock.term == "act")))
    sums = ((clock, ledger.reckon(clock, clock.entries, new)) for clock in clocks)
    return [
        Move(clock, clock.due, total.due, clock.left, total.left)
        for clock, total in sums
        if (total.due, total.left) != (clock.due, clock.left)
    ]
