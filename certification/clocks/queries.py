"""What the pages ask of clocks: why a day is due, what presses most, how long it took others."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TypeVarTuple

from sqlalchemy import Select, func, select

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import in_sight
from certification.clocks.models import Clock, Outage
from core.calendar import Calendar, book, ledger
from core.clock import today
from core.db import db
from core.errors import NotFound

Ts = TypeVarTuple("Ts")  # the columns of a query

FEWEST = 10  # a statistic of fewer cases would say more about them than about the time it takes
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Explanation:
    """The sum of one clock as the page prints it, line by line."""

    clock: Clock
    total: ledger.Sum
    calendar: Calendar
    skipped: dict[str, list[date]]  # days that did not count: "weekend" or the holiday's name
    made_up: list[date]
    moved: dict[int, "Moved"]  # by the id of the line after which the end was a day off
    provisional: list[int]  # years in the span whose holidays are not announced yet

    @property
    def agrees(self) -> bool:
        """The day that is stored is the day the entries give."""
        return self.total.due == self.clock.due


@dataclass(frozen=True)
class Moved:
    """The days were used up on `counted`, a day off (the holiday's name or "weekend"); due is later."""

    counted: date
    name: str
    due: date


@dataclass(frozen=True)
class Duration:
    """Half took at most `half` days, nine of ten at most `nine`; net leaves the standstills out."""

    sample: int
    half: int
    nine: int
    half_net: int
    nine_net: int


def clock(actor: Actor, clock_id: int) -> Clock:
    """One clock of a case the actor may see, or of the actor's own organisation."""
    found = db.session.get(Clock, clock_id)
    if found is None:
        raise NotFound("clock-not-found")
    if found.application_id is not None:
        in_sight(actor, found.application_id)  # a deadline shows nothing of the files
    elif actor.kind != "regulator" and (found.body_id is None or found.body_id != actor.organisation_id):
        raise NotFound("clock-not-found")
    return found


def explain(found: Clock) -> Explanation:
    calendar = book.at(found.calendar_version)
    total = ledger.reckon(found, found.entries, calendar)
    end = total.due or found.started_on
    first = found.started_on if found.unit == "working" else total.counted or end
    asked = found.unit == "working" or found.term == "act"
    years = range(first.year, end.year + 1) if asked else ()
    return Explanation(
        found,
        total,
        calendar,
        ledger.skipped(found, total, found.started_on, calendar),
        ledger.made_up(found, total, found.started_on, calendar),
        _moved(found),
        [year for year in years if year not in calendar.announced],
    )


def _moved(found: Clock) -> dict[int, Moved]:
    """Each line as it was reckoned when it was written."""
    lines = {}
    for number, entry in enumerate(found.entries, start=1):
        calendar = book.at(entry.calendar_version)
        total = ledger.reckon(found, found.entries[:number], calendar)
        if total.due and total.counted and total.moved and entry.kind not in ledger.ENDS:
            lines[entry.id] = Moved(total.counted, calendar.name_of(total.counted), total.due)
    return lines


def of_case(case: Application) -> list[Clock]:
    """Every clock of a case, those that run first, the most urgent before the others."""
    query = select(Clock).where(Clock.application_id == case.id).order_by(Clock.id)
    return sorted(db.session.scalars(query), key=lambda found: (found.result != "running", urgency(found)))


def urgency(found: Clock) -> tuple[bool, date, int]:
    """What sorts first presses most; a clock that stands still presses least."""
    return *pressure(found), found.id


def pressure(found: Clock | None) -> tuple[bool, date]:
    """As `urgency`, for a case that may have no clock; two due on one day press alike."""
    due = found.due if found else None
    return due is None, due or date.max


def by_pressure(query: Select[*Ts], *owners: str) -> Select[*Ts]:
    """Cases in the order of their clock that presses most, as `nearest` finds it; then what stood longest."""
    running = select(Clock.application_id, func.min(Clock.due).label("due")).where(Clock.result == "running")
    if owners:
        running = running.where(Clock.owner.in_(owners))
    due = running.group_by(Clock.application_id).subquery()
    query = query.outerjoin(due, due.c.application_id == Application.id)
    return query.order_by(due.c.due.nulls_last(), Application.updated_at, Application.id)


def nearest(cases: Iterable[Application], *owners: str) -> dict[int, Clock]:
    """For each case the clock that presses most, of those whose time it is `owners`'; of all by default."""
    ids = [case.id for case in cases]
    query = select(Clock).where(Clock.application_id.in_(ids), Clock.result == "running")
    if owners:
        query = query.where(Clock.owner.in_(owners))
    found: dict[int, Clock] = {}
    for running in sorted(db.session.scalars(query), key=urgency, reverse=True):
        if running.application_id is not None:
            found[running.application_id] = running
    return found


def by_thing(cases: Iterable[Application]) -> dict[tuple[str, int], Clock]:
    """The running clocks of the client's time, by the thing they run on."""
    query = select(Clock).where(
        Clock.application_id.in_([case.id for case in cases]),
        Clock.result == "running",
        Clock.owner == "client",
    )
    return {(found.kind, found.subject_id): found for found in db.session.scalars(query)}


def on(kind: str, subject_id: int) -> Clock | None:
    """The clock that runs on one thing and presses most."""
    query = select(Clock).where(Clock.kind == kind, Clock.subject_id == subject_id, Clock.result == "running")
    return min(db.session.scalars(query), key=urgency, default=None)


def light(found: Clock | None) -> str:
    """ok, amber or red; the same on every page."""
    return ledger.light(found, today()) if found else "ok"


def durations(
    name: str, scheme_code: str, body_id: int | None = None, cases: Collection[int] | None = None
) -> Duration | None:
    """How long it took others: of the last 365 days, or of all when those are too few; None when too few.

    What was made up for the demonstration took nobody any time, and is not counted.
    """
    query = (
        select(Clock.ended_on, Clock.gross, Clock.net)
        .outerjoin(Application, Application.id == Clock.application_id)
        .where(Clock.name == name, Clock.scheme_code == scheme_code, Clock.result.in_(("met", "late")))
        .where(Application.demo.is_not(True))
    )
    if body_id is not None:
        query = query.where(Clock.body_id == body_id)
    if cases is not None:
        query = query.where(Clock.application_id.in_(cases))
    every = db.session.execute(query).all()
    recent = [row for row in every if row.ended_on > today() - YEAR]
    rows = recent if len(recent) >= FEWEST else every
    if len(rows) < FEWEST:
        return None
    gross, net = sorted(row.gross for row in rows), sorted(row.net for row in rows)
    return Duration(len(rows), quantile(gross, 50), quantile(gross, 90), quantile(net, 50), quantile(net, 90))


def quantile(ordered: list[int], percent: int) -> int:
    """The smallest of the values that at least `percent` of a hundred of them do not exceed."""
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def outages() -> list[Outage]:
    return list(db.session.scalars(select(Outage).order_by(Outage.begins.desc())))


def versions() -> list[book.CalendarVersion]:
    query = select(book.CalendarVersion).order_by(book.CalendarVersion.number.desc())
    return list(db.session.scalars(query))
