"""A status act that is asked for or prepared, and that a person carries out or declines.

The holder asks; a suspension that ran out without restoration, and a follow-up check that failed or was
not made in time, prepare (certification-rules 6.4: prepared by timer, decided by a person).  A restoration is
verified by somebody of the evaluation before it is decided.
"""

from typing import TYPE_CHECKING

from certification.workflow.impartiality import clear_to
from core.demands import needs, one_of, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.aftercare.models import StatusProposal

KINDS = ("suspend", "restore", "withdraw", "cancel")
SOURCES = (
    "holder",
    "suspension_ended",
    "surveillance",
    "check_missed",
    "complaint",
    "regulator",
    "retraction",
    "rule_change",
)
ASKED_BY_HOLDER = {"suspend": "holder_request", "restore": "corrected", "cancel": "holder_request"}
ORDERED = ("check", "suspend", "withdraw")  # what the regulator may order of a body
NO_RULE_FOR_ORDERS = "演示数据：国家规定中未见办理监管部门要求的时限，由监管部门规定"
VERIFIED = ("verified",)
OPEN = ("open", *VERIFIED)  # a person is to decide
CONFIRMED = ("confirmed",)
VERDICTS = (*CONFIRMED, "not_confirmed")  # what whoever verified a restoration found
POSSIBLE = {
    "not_issued": ("suspend", "withdraw", "cancel"),
    "valid": ("suspend", "withdraw", "cancel"),
    "suspended": ("restore", "withdraw", "cancel"),
}


def ordered(proposal: "StatusProposal") -> bool:
    """Whether the regulator asks for it: the body carries it out, or answers with its reasons."""
    return proposal.source == "regulator"


def confirmed(verdict: str) -> bool:
    """Whether what was corrected was found so."""
    return verdict in CONFIRMED


def asks_restoration(proposal: "StatusProposal", _actor: Actor) -> str | None:
    return None if proposal.kind == "restore" else "nothing-to-verify"


def proof_attached(_proposal: "StatusProposal", _actor: Actor, facts: Facts) -> str | None:
    return None if facts.get("evidence") else "evidence-missing"


STATUS_PROPOSAL = Machine(
    "status_proposal", "open",
    step("verify", "open|verified", "verified", "lead_verifier|verifier", asks_restoration,
         clear_to("evaluate"),
         demands=[needs("verification-incomplete", "verdict", "verified_on", "verification"),
                  one_of("verification-incomplete", "verdict", *VERDICTS), proof_attached]),
    step("decline", "open|verified", "declined", "decision_maker", clear_to("change_status"),
         demands=[reason_given]),
    step("carry_out", "open|verified", "carried_out", "system"),
    step("lapse", "open|verified", "lapsed", "system"),
)  # fmt: skip
