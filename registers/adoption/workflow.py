"""The life of an adoption: written by one, approved by another, in force until the next or its end.  Pure."""

from typing import TYPE_CHECKING

from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from registers.adoption.models import Adoption

EDITABLE = ("draft",)
OPEN = ("draft", "proposed")
IN_FORCE = ("in_force",)
HELD = ("proposed", "in_force", "superseded", "ended")  # whose numbers and papers may be out in the world


def by_another_hand(adoption: "Adoption", actor: Actor) -> str | None:
    return "adoption-own-hand" if actor.id in adoption.writers else None


ADOPTION = Machine(
    "adoption", "draft",
    step("propose", "draft", "proposed", "rule_author"),
    step("send_back", "proposed", "draft", "rule_approver", by_another_hand, demands=[reason_given]),
    step("approve", "proposed", "in_force", "rule_approver", by_another_hand),
    step("supersede", "in_force", "superseded", "system"),
    step("end", "in_force", "ended", "rule_approver", demands=[reason_given]),
    step("withdraw", "draft|proposed", "withdrawn", "rule_author", demands=[reason_given]),
)  # fmt: skip
