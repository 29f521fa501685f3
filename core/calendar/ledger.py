"""The sum of a clock, done again from its entries alone.  Pure.

The rule, in one sentence: a day counts when the calendar counts it and the clock did not stand still
on it; the day of an event is not counted, neither that of the start nor that of a resumption (a rule
may count the day of the start); the clock is due at the end of the day on which the days are used up,
or, when that is a day off and the term is one to act, at the end of the next working day (民法典 art. 203).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from core.calendar import Calendar
from core.calendar.count import DAY, months_after

# What an entry may be.  start and fix say when it began and which day was named; extend and credit
# add days; pause and resume bound a standstill of one reason; replan takes another version of the
# calendar; the last three end the ledger.
RESULTS = ("running", "met", "late", "void")
UNITS = ("working", "calendar", "months")
FIRST = ("next", "same")  # the day counting begins with: after the event, or of it
KINDS = ("start", "fix", "pause", "resume", "extend", "credit", "replan", "met", "late", "void")
ENDS = RESULTS[1:]
LIGHTS = ("ok", "amber", "red")
AMBER_SHARE, AMBER_LEAST = 5, 2


class Term(Protocol):
    """What a clock counts; the names are those of its rule."""

    @property
    def days(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def first(self) -> str: ...
    @property
    def term(self) -> str: ...


class Running(Protocol):
    """How a clock stands."""

    @property
    def result(self) -> str: ...
    @property
    def started_on(self) -> date: ...
    @property
    def due(self) -> date | None: ...


class Entry(Protocol):
    """What happened to a clock on a day; `until` is the day that a fix names, `days` what is added."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def until(
        self,
    ) -> Any: ...  # a day of every fix, else None: a constraint of its table, which no type knows
    @property
    def days(self) -> Any: ...  # a number of every extend and credit, else None: a constraint likewise
    @property
    def reason(self) -> str: ...
    @property
    def cause(self) -> str: ...


@dataclass(frozen=True)
class Stop:
    """A standstill: the days after `since`, up to and with `until` (None while it lasts)."""

    since: date
    until: date | None
    reasons: tuple[tuple[str, str], ...]  # (reason, cause)

    def covers(self, day: date) -> bool:
        return self.since < day and (self.until is None or day <= self.until)

    def days(self, until: date) -> int:
        return max(0, (min(self.until or until, until) - self.since).days)


@dataclass(frozen=True)
class Sum:
    """`due` is None while the clock stands still; then `left` says how many days it still has.
    `counted` is the day on which the days were used up, from which the law may have moved the end."""

    due: date | None
    left: int
    budget: int
    stops: tuple[Stop, ...]
    counted: date | None = None

    @property
    def moved(self) -> bool:
        return self.due is not None and self.due != self.counted


def reckon(clock: Term, entries: Sequence[Entry], calendar: Calendar) -> Sum:
    """The sum of `clock` (days, unit, first, term) from its entries, the oldest first.

    What is added later is added to the day that held, so that one more day is a day more for whoever
    has it.  A day that a person named stands as it was named.
    """
    start, stops = entries[0].on, standstills(entries)
    unit = "calendar" if clock.unit == "months" else clock.unit
    first = start - DAY if clock.first == "same" else start
    budget = clock.days
    if clock.unit == "months":
        budget = (months_after(start, clock.days) - start).days
    named: set[date] = set()
    for number, entry in enumerate(entries):
        before = standstills(entries[:number])
        if entry.kind == "fix":  # what stood still later moves the named day like any other
            budget = _counted(first, entry.until, unit, before, calendar)
            named.add(entry.until)
        elif entry.kind in ("extend", "credit"):
            due, _used, counted = _walk(first, budget, unit, before, calendar, _ends(clock, named, calendar))
            budget += entry.days + (_counted(counted, due, unit, before, calendar) if due and counted else 0)
    due, used, counted = _walk(first, budget, unit, stops, calendar, _ends(clock, named, calendar))
    return Sum(due, budget - used, budget, stops, counted)


def _ends(clock: Term, named: Iterable[date], calendar: Calendar) -> Callable[[date], bool]:
    """Whether the term may end on a day."""
    return lambda day: clock.term == "span" or day in named or calendar.is_working(day)


def standstills(entries: Sequence[Entry]) -> tuple[Stop, ...]:
    """The standstills in order; reasons that overlap make one."""
    found: list[Stop] = []
    reasons: dict[str, str] = {}
    running: set[str] = set()
    since = date.min  # told by the first pause
    for entry in entries:
        if entry.kind == "pause":
            since = since if running else entry.on
            running.add(entry.reason)
            reasons[entry.reason] = entry.cause
        elif entry.kind == "resume" and entry.reason in running:
            running.discard(entry.reason)
            if not running:
                found.append(Stop(since, entry.on, tuple(reasons.items())))
                reasons = {}
    if running:
        found.append(Stop(since, None, tuple(reasons.items())))
    return tuple(found)


def paused_for(entries: Sequence[Entry]) -> set[str]:
    """The reasons for which the clock stands still now."""
    reasons: set[str] = set()
    for entry in entries:
        if entry.kind == "pause":
            reasons.add(entry.reason)
        elif entry.kind == "resume":
            reasons.discard(entry.reason)
    return reasons


def _walk(
    day: date, budget: int, unit: str, stops: Sequence[Stop], calendar: Calendar, ends: Callable[[date], bool]
) -> tuple[date | None, int, date | None]:
    """(due, days used, the day on which they were used up)."""
    used, counted, halted = 0, None if budget else day, False
    while used < budget or halted or not ends(day):
        day += DAY
        if any(stop.until is None and stop.covers(day) for stop in stops):
            return None, used, counted
        halted = any(stop.covers(day) for stop in stops)
        if used < budget:
            used += calendar.counts(day, unit) and not halted
            counted = day if used == budget else None
    return day, used, counted


def _counted(day: date, until: date, unit: str, stops: Sequence[Stop], calendar: Calendar) -> int:
    """How many days count up to a day that was named; a named day that is free means the next that is not."""
    span = [day + ahead * DAY for ahead in range(1, (until - day).days + 1)]
    used = sum(calendar.counts(d, unit) and not any(stop.covers(d) for stop in stops) for d in span)
    return used + (not calendar.counts(until, unit))


def durations(entries: Sequence[Entry], ended: date) -> tuple[int, int]:
    """(gross, net) calendar days from the start to the end: with and without the standstills."""
    gross = (ended - entries[0].on).days
    return gross, gross - sum(stop.days(ended) for stop in standstills(entries))


def skipped(clock: Term, total: Sum, start: date, calendar: Calendar) -> dict[str, list[date]]:
    """The days between start and due that did not count, by why: "weekend" or the holiday's name."""
    if clock.unit != "working" or total.due is None:
        return {}
    found: dict[str, list[date]] = {}
    for ahead in range(1, (total.due - start).days + 1):
        day = start + ahead * DAY
        if not calendar.is_working(day) and not any(stop.covers(day) for stop in total.stops):
            entry = calendar.entries.get(day)
            found.setdefault(entry.name if entry else "weekend", []).append(day)
    return found


def made_up(clock: Term, total: Sum, start: date, calendar: Calendar) -> list[date]:
    """The weekend days between start and due that were worked, and so did count."""
    if clock.unit != "working" or total.due is None:
        return []
    return [d for d, entry in sorted(calendar.entries.items()) if start < d <= total.due
            and entry.kind == "workday"]  # fmt: skip


def light(clock: Running, today: date) -> str:
    """ok, amber (the last fifth of the time, at least two days) or red (past its day).

    The same on every page: a clock that stands still or has met its day is ok.
    """
    if clock.result == "late":
        return "red"
    if clock.result != "running" or clock.due is None:
        return "ok"
    left = (clock.due - today).days
    if left < 0:
        return "red"
    whole = (clock.due - clock.started_on).days
    return "amber" if left <= max(AMBER_LEAST, whole // AMBER_SHARE) else "ok"


def is_overdue(clock: Running, today: date) -> bool:
    """Due at the end of its day: on the day itself there is still time."""
    return clock.due is not None and clock.due < today


def verdict(clock: Running, today: date) -> str:
    return "late" if is_overdue(clock, today) else "met"


def credit_of(begins: date, ends: date, unit: str, calendar: Calendar) -> int:
    """Days given back for an outage on these days: as many as it touched, never none."""
    return max(1, calendar.days(begins - timedelta(days=1), ends, "working" if unit == "working" else ""))
