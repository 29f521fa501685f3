"""The rights that a visit rests on, asked for every day on which it took place.  Pure.

The day counts on which something was done: a right that began later does not reach back, and one that ends
between two days of a visit is gone on the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
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


def lacking_at_visit(case: "Application", days: Iterable[date]) -> Iterator[Lack]:
    """What was lacking on the days of a visit, by whoever stands in the plan to make it."""
    plan = case.plan
    team = {(each.user_id, each.function) for each in plan.team if each.function in VISITORS} if plan else ()
    for day in days:
        approved = (
            scope.valid_on(day) for scope in case.body_scopes if scope.scheme_code == case.scheme.code
        )
        if not any(approved):
            yield Lack(UNAPPROVED, None, day)
        for person, function in sorted(team):
            found = hindrances(case, person, MEMBERS[function], day)
            yield from (Lack(WITHOUT_RIGHT[slug], person, day) for slug in found if slug in WITHOUT_RIGHT)


def ended_since_visit(case: "Application", days: Iterable[date]) -> Iterator[Lack]:
    """What stood on the days of a visit and ended before they are typed; `day` is one that nothing proves."""
    unproved = next((day for day in days if not proved(case.late_entries, "visit", day)), None)
    if unproved is not None:
        yield from (
            replace(lack, slug=ENDED_SINCE, day=unproved) for lack in lacking_at_visit(case, [today()])
        )
