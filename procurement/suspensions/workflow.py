"""The life of a suspension: written by one, approved by another, over by its day or lifted before.  Pure."""

from datetime import date
from typing import TYPE_CHECKING

from core.calendar.count import DAY, months_after
from core.clock import today
from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from procurement.suspensions.models import EnterpriseSuspension

PROPOSED = ("proposed",)
PUBLIC = ("standing", "lifted")  # everybody may read it
LEAST, MOST = 3, 24  # months, the days it begins and ends counted


def right_long(first: date, last: date) -> bool:
    return months_after(first, LEAST) - DAY <= last <= months_after(first, MOST) - DAY


def by_another_hand(suspension: "EnterpriseSuspension", actor: Actor) -> str | None:
    return "maker-suspension-own" if actor.id in suspension.writers else None


def begins_ahead(suspension: "EnterpriseSuspension", _actor: Actor) -> str | None:
    """What was bought before stays bought: nobody is suspended for days gone by."""
    return "maker-suspension-begun" if suspension.valid_from < today() else None


def not_over(suspension: "EnterpriseSuspension", _actor: Actor) -> str | None:
    return "maker-suspension-over" if suspension.valid_to < today() else None


SUSPENSION = Machine(
    "maker_suspension", "proposed",
    step("approve", "proposed", "standing", "list_editor|regulator", by_another_hand, begins_ahead),
    step("drop", "proposed", "dropped", "list_editor|regulator", demands=[reason_given]),
    step("lift", "standing", "lifted", "list_editor|regulator", by_another_hand, not_over,
         demands=[reason_given]),
)  # fmt: skip
