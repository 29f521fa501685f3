"""Clocks for machines: the whole ledger, so that anyone can do the sum again."""

from datetime import date

from pydantic import Field

from certification.clocks.models import Clock, ClockEntry
from core.api import Answered
from core.calendar import Calendar
from core.members import Body, Count


class Extension(Body):
    days: Count = Field(description="in the unit of the clock")
    reason: str


class RuleAnswer(Answered):
    """How the law, or the scheme, sets this term."""

    days: int
    unit: str
    first: str
    term: str
    source: str


class EntryAnswer(Answered):
    """One line of the ledger, and the day that is due after it."""

    on: date
    kind: str
    step: str
    reason: str
    cause: str
    days: int | None
    until: date | None
    due: date | None


class ClockAnswer(Answered):
    id: int
    name: str
    on: str = Field(description="What it runs on, such as `application/7`.")
    owner: str
    rule: RuleAnswer
    calendar_version: int
    started_on: date
    due: date | None
    days_left: int | None = Field(description="While it stands still.")
    result: str
    entries: list[EntryAnswer]


class ClocksAnswer(Answered):
    items: list[ClockAnswer]


class DayAnswer(Answered):
    day: date
    kind: str
    name: str
    source: str
    provisional: bool


class CalendarAnswer(Answered):
    version: int
    days: list[DayAnswer]


def clock(found: Clock) -> dict[str, object]:
    return {
        "id": found.id,
        "name": found.name,
        "on": f"{found.kind}/{found.subject_id}",
        "owner": found.owner,
        "rule": {name: getattr(found, name) for name in ("days", "unit", "first", "term", "source")},
        "calendar_version": found.calendar_version,
        "started_on": found.started_on.isoformat(),
        "due": found.due.isoformat() if found.due else None,
        "days_left": found.left if found.paused else None,
        "result": found.result,
        "entries": [_entry(entry) for entry in found.entries],
    }


def _entry(entry: ClockEntry) -> dict[str, object]:
    return {
        "on": entry.on.isoformat(),
        "kind": entry.kind,
        "step": entry.step,
        "reason": entry.reason,
        "cause": entry.cause,
        "days": entry.days,
        "until": entry.until.isoformat() if entry.until else None,
        "due": entry.due.isoformat() if entry.due else None,
    }


def calendar(found: Calendar) -> dict[str, object]:
    """Every day of a version that is not what its weekday says."""
    return {
        "version": found.version,
        "days": [
            {
                "day": day.isoformat(),
                "kind": entry.kind,
                "name": entry.name,
                "source": entry.source,
                "provisional": entry.provisional,
            }
            for day, entry in sorted(found.entries.items())
        ],
    }
