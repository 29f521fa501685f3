"""The life of an assignment of products to a 品目: proposed by one, confirmed by another.  Pure."""

from typing import TYPE_CHECKING

from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from procurement.assignments.models import CategoryAssignment

CONFIRMED = ("confirmed",)
PROPOSED = ("proposed",)


def by_another_hand(assignment: "CategoryAssignment", actor: Actor) -> str | None:
    return "assignment-own" if actor.id == assignment.writer_id else None


ASSIGNMENT = Machine(
    "category_assignment", "proposed",
    step("confirm", "proposed", "confirmed", "list_editor|regulator", by_another_hand),
    step("drop", "proposed", "dropped", "list_editor|regulator", demands=[reason_given]),
)  # fmt: skip
