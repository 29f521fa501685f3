"""Sums over days: working days, calendar days, months.  Pure.

A day is a day of Asia/Shanghai (see core.clock.today), and whatever is due on a day is due at its end.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

UNITS = ("working", "calendar", "months")
KINDS = ("holiday", "workday")

# A term to `act` that ends on a day off ends on the next working day.  Nothing is to be done within a
# `span`, such as a validity: it ends on the very day that was counted.  民法典 art. 203:
# “期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。”
TERMS = ("act", "span")
ARTICLE_203 = "民法典第二百零三条"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """A day that is not what its weekday says; `provisional` while no announcement fixes it."""

    day: date
    kind: str  # holiday | workday (a weekend day worked to make up)
    name: str
    source: str
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """One version of the calendar; without entries only the weekends are free."""

    version: int = 0
    entries: dict[date, Entry] = field(default_factory=dict, hash=False, compare=False)
    announced: frozenset[int] = frozenset()

    @classmethod
    def of(cls, version: int, entries: Iterable[Entry]) -> "Calendar":
        found = {entry.day: entry for entry in entries}
        firm = frozenset(day.year for day, entry in found.items() if not entry.provisional)
        return cls(version, found, firm)

    def is_working(self, day: date) -> bool:
        entry = self.entries.get(day)
        return entry.kind == "workday" if entry else day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Nobody has announced yet which days of that year are free."""
        return day.year not in self.announced

    def counts(self, day: date, unit: str) -> bool:
        return unit != "working" or self.is_working(day)

    def days(self, after: date, until: date, unit: str) -> int:
        """How many days count after `after`, up to and with `until`; 0 when none lies between."""
        if unit != "working":
            return max(0, (until - after).days)
        span = range(1, (until - after).days + 1)
        return sum(self.is_working(after + ahead * DAY) for ahead in span)

    def term(self, start: date, amount: int, unit: str, first: str = "next", kind: str = "act") -> date:
        """The last day of a term by law that begins with an event on `start`; see `add` and TERMS."""
        last = self.add(start, amount, unit, first)
        return self.next_working(last) if kind == "act" else last

    def next_working(self, day: date) -> date:
        """`day` itself when it is worked, else the first day after it that is."""
        while not self.is_working(day):
            day += DAY
        return day

    def name_of(self, day: date) -> str:
        """What a day off is called: the holiday's name, or "weekend"."""
        entry = self.entries.get(day)
        return entry.name if entry else "weekend"

    def add(self, start: date, amount: int, unit: str, first: str = "next") -> date:
        """The day on which `amount` is used up that begins with an event on `start`; `term` moves it on.

        first="next": the day of the event is not counted; first="same": it is, when it counts at all.
        A term of months ends on the same day number, or at the end of a shorter month.
        """
        if amount < 0:
            raise ValueError("a term is not negative")
        if unit == "months":
            return months_after(start, amount)
        day = start - DAY if first == "same" and self.counts(start, unit) and amount else start
        for _ in range(amount):
            day += DAY
            while not self.counts(day, unit):
                day += DAY
        return day


def months_after(start: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last day of a shorter month."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
