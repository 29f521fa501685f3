"""The life of a proposed policy rule: written by one, approved by another, in force from its day.  Pure."""

from typing import TYPE_CHECKING

from core.clock import today
from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from procurement.policy.models import PolicyProposal

PROPOSED = ("proposed",)


def by_another_hand(proposal: "PolicyProposal", actor: Actor) -> str | None:
    return "policy-own" if actor.id in proposal.writers else None


def begins_ahead(proposal: "PolicyProposal", _actor: Actor) -> str | None:
    """A rule asks for what is bought from a day to come on, or today; never for what was bought before."""
    return "policy-begun" if proposal.valid_from < today() else None


POLICY = Machine(
    "policy_proposal", "proposed",
    step("approve", "proposed", "approved", "list_editor|regulator", by_another_hand, begins_ahead),
    step("drop", "proposed", "dropped", "list_editor|regulator", demands=[reason_given]),
)  # fmt: skip
