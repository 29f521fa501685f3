"""The life of an objection or of a request to correct: decided once, by another hand.  Pure."""

from typing import TYPE_CHECKING

from core.demands import reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from procurement.objections.models import ListObjection

OPEN = ("received",)
UPHELD = ("upheld",)
KINDS = OBJECTION, CORRECTION = ("objection", "correction")
REMEDIES = STRIKE, CORRECT = ("strike", "correct")


def by_another_hand(objection: "ListObjection", actor: Actor) -> str | None:
    return "objection-own" if actor.id in objection.edition.drawers else None


def remedy_fits(objection: "ListObjection", _actor: Actor, facts: Facts) -> str | None:
    """What is published stays; an upheld request says what is to be read beside it."""
    remedy = facts.get("remedy") or ""
    if objection.kind == OBJECTION:
        return "objection-remedy-not-asked" if remedy else None
    if remedy not in REMEDIES:
        return "objection-remedy-missing"
    if remedy == STRIKE:
        return None if objection.number_named else "objection-line-missing"
    return None if str(facts.get("corrected") or "").strip() else "objection-correction-missing"


OBJECTION_LAW = Machine(
    "list_objection", "received",
    step("uphold", "received", "upheld", "list_editor|regulator", by_another_hand,
         demands=[reason_given, remedy_fits]),
    step("dismiss", "received", "dismissed", "list_editor|regulator", by_another_hand,
         demands=[reason_given]),
)  # fmt: skip
