"""What bounds a day that somebody types: what it follows, what it precedes, and the day it is typed on.

Each office has a table of its own, with a row for every day that is typed at its doors; forms, the API and
whoever else takes a step are refused by the same row, at the member that is wrong.  Pure.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.clock import today
from core.errors import Invalid
from core.machine import Facts

DayOf = Callable[[Any, Facts], date | None]  # of the thing a step is taken on, whose type its row knows


@dataclass(frozen=True)
class Bound:
    """A day, and the refusal that says what happened on it."""

    slug: str
    day: DayOf


Stands = Callable[[Any, str, date], bool]  # whether that day stands already, of the member of that name


@dataclass(frozen=True)
class Typed:
    """One day that is typed: its member, with a star for each row of a list."""

    member: str
    not_before: tuple[Bound, ...] = ()
    not_after: tuple[Bound, ...] = ()
    in_time: Bound | None = None  # the first day that is not typed late; none: no event happened on it
    by: str = ""  # of a row of a list: what names it
    stands: "Stands | None" = None


@dataclass(frozen=True)
class LateDay:
    """A day that was typed long after it: the name of its member, and the first day that was in time."""

    name: str
    day: date
    first: date


NOW = Bound("date-in-the-future", lambda _thing, _facts: today())
TODAY = Bound("date-in-the-past", lambda _thing, _facts: today())


def told(slug: str, member: str) -> Bound:
    """Another day of the same step."""
    return Bound(slug, lambda _thing, facts: facts.get(member))


def of(slug: str, name: str) -> Bound:
    """A day that the thing itself has."""
    return Bound(slug, lambda thing, _facts: getattr(thing, name))


def days(row: Typed, facts: Facts) -> Iterator[tuple[str, date]]:
    """(member, day) of what was typed for one row."""
    yield from _found(row.member.split("."), facts, "")


def _found(way: list[str], value: Any, place: str) -> Iterator[tuple[str, date]]:  # as it was handed in
    if not way:
        if isinstance(value, date):
            yield place.removeprefix("."), value
    elif way[0] == "*":
        for number, each in enumerate(value or ()):
            yield from _found(way[1:], each, f"{place}.{number}")
    elif isinstance(value, dict):
        yield from _found(way[1:], value.get(way[0]), f"{place}.{way[0]}")


def check(rows: Iterable[Typed], thing: object, facts: Facts) -> None:
    """Invalid at every member whose day is outside its bounds; each says the day it is bounded by."""
    wrong = {
        place: bound
        for row in rows
        for place, day in days(row, facts)
        if (bound := _broken(row, day, thing, facts))
    }
    if wrong:
        slug, bound_by = next(iter(wrong.values()))
        refused = Invalid(slug, {place: each for place, (each, _day) in wrong.items()}, day=bound_by)
        refused.details = {place: {"day": each} for place, (_slug, each) in wrong.items()}
        raise refused


def late(rows: Iterable[Typed], thing: object, facts: Facts) -> list[LateDay]:
    """The days of events that are typed long after them, in the order in which they were handed in."""
    return [
        LateDay(name, day, first)
        for row in rows
        if row.in_time and (first := row.in_time.day(thing, facts))
        for place, day in days(row, facts)
        if day < first and not _stands(row, thing, name := _name(row, place, facts), day)
    ]


def _stands(row: Typed, thing: object, name: str, day: date) -> bool:
    return row.stands is not None and row.stands(thing, name, day)


def _name(row: Typed, place: str, facts: Facts) -> str:
    """A row of a list goes by what it is about, since its place in the list says nothing later."""
    if not row.by:
        return place
    listed, number, member = place.split(".")
    of = next(each for place, each in enumerate(facts[listed]) if str(place) == number)
    return f"{listed}.{of.get(row.by)}.{member}"


def _broken(row: Typed, day: date, thing: object, facts: Facts) -> tuple[str, str] | None:
    for bounds, outside in ((row.not_before, date.__lt__), (row.not_after, date.__gt__)):
        for bound in bounds:
            limit = bound.day(thing, facts)
            if limit is not None and outside(day, limit):
                return bound.slug, limit.isoformat()
    return None
