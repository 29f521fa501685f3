"""The rights that a visit rests on, asked for every day on which it took place: that of a case, that of a
follow-up check, and the verification of a restoration.  Pure.

The day counts on which something was done: a right that began later does not reach back, and one that ends
between two days of a visit is gone on the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from certification.workflow.impartiality import MEMBERS, hindrances
from certification.workflow.late import ENDED_SINCE, proved
from core.clock import today

if TYPE_CHECKING:
    from certification.application.models import Application

VISITORS = ("lead_verifier", "verifier")
UNAPPROVED = "body-out-of-scope-on-day"
# What the gate of impartiality says of a person without a right, and how a visit is refused for it.
WITHOUT_RIGHT = {
    "verifier-not-registered": "unregistered-on-day",
    "registered-elsewhere": "registered-elsewhere-on-day",
    "not-competent": "not-competent-on-day",
}


@dataclass(frozen=True)
class Lack:
    """Who lacked what on which day; `person` is None where it is the body."""

    slug: str
    person: int | None
    day: date


def lacking(case: "Application", team: Iterable[tuple[int, str]], days: Iterable[date]) -> Iterator[Lack]:
    """What the body, or one of these pairs of person and function, lacked on which of these days."""
    sent = sorted({(person, MEMBERS[function]) for person, function in team if function in VISITORS})
    for day in days:
        approved = (
            scope.valid_on(day) for scope in case.body_scopes if scope.scheme_code == case.scheme.code
        )
        if not any(approved):
            yield Lack(UNAPPROVED, None, day)
        for person, function in sent:
            found = hindrances(case, person, function, day)
            yield from (Lack(WITHOUT_RIGHT[slug], person, day) for slug in found if slug in WITHOUT_RIGHT)


def ended_since(case: "Application", team: Iterable[tuple[int, str]], days: Iterable[date]) -> Iterator[Lack]:
    """What stood on these days and ended before they are typed; `day` is one that nothing proves."""
    unproved = next((day for day in days if not proved(case.late_entries, "visit", day)), None)
    if unproved is not None:
        yield from (replace(lack, slug=ENDED_SINCE, day=unproved) for lack in lacking(case, team, [today()]))


def wanting(case: "Application", team: Iterable[tuple[int, str]], days: Iterable[date]) -> Lack | None:
    """The first thing that stands in the way of typing these days now; None where nothing does."""
    team, days = list(team), list(days)
    return next(chain(lacking(case, team, days), ended_since(case, team, days)), None)
