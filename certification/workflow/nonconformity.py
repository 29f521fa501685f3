"""The life of a nonconformity (certification-rules 6.5): raised, answered, closed on evidence or sent back;
and what becomes of one that is not answered in time."""

from typing import TYPE_CHECKING

from certification.workflow.impartiality import clear_to
from certification.workflow.verification import declared_row
from core.clock import today
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Guard, Machine, step

if TYPE_CHECKING:
    from certification.evaluation.models import Nonconformity

EVALUATORS = "document_reviewer|lead_verifier|verifier"

GRADES = ("minor", "major")
OUTCOMES = ("reject", "close")  # what is made of an answer

# In these states the client is to answer.
WAITING = ("raised", "escalated", "overdue")
ANSWERED = ("answered",)
CLOSED = ("closed",)


def raised_it_or_leads(nonconformity: "Nonconformity", actor: Actor) -> str | None:
    """Whoever raised it judges the answer, or whoever leads the team."""
    plan = nonconformity.application.plan
    leads = plan is not None and actor.id in plan.holders("lead_verifier")
    return None if leads or actor.id == nonconformity.raised_by_id else "not-the-raiser"


def evidence_attached(_nonconformity: "Nonconformity", _actor: Actor, facts: Facts) -> str | None:
    """Closed only on evidence, so an answer brings some."""
    return None if facts.get("evidence") else "evidence-missing"


def evidence_stands(nonconformity: "Nonconformity", _actor: Actor) -> str | None:
    return None if nonconformity.evidence else "evidence-missing"


def row_mended(nonconformity: "Nonconformity", _actor: Actor) -> str | None:
    """One on a row of the activity data is closed by another value of it, declared anew by the applicant or
    found by who verifies, or it is withdrawn with reasons.
    What a question went on as asks for a proof, and is settled with the question."""
    case = nonconformity.application
    if any(question.nonconformity_id == nonconformity.id for question in case.questions):
        return None
    keys = nonconformity.row_keys
    corrected = {item.subject for item in case.verified_items if item.outcome == "corrected"}
    mended = not keys or declared_otherwise(nonconformity) or any(f"row:{key}" in corrected for key in keys)
    return None if mended else "row-not-corrected"


def declared_otherwise(nonconformity: "Nonconformity") -> bool:
    """Whether one of its rows says something else than when it was raised."""
    now = {row.key: declared_row(row) for row in nonconformity.application.inventory.rows}
    return any(now.get(key) != said for key, said in nonconformity.declared.items())


def overdue(nonconformity: "Nonconformity", _actor: Actor) -> str | None:
    return None if nonconformity.due < today() else "nonconformity-not-overdue"


def graded(grade: str) -> Guard["Nonconformity"]:
    def guard(nonconformity: "Nonconformity", _actor: Actor) -> str | None:
        return None if nonconformity.grade == grade else f"nonconformity-not-{grade}"

    guard.__name__ = f"graded_{grade}"
    return guard


NONCONFORMITY = Machine(
    "nonconformity", "raised",
    step("answer", "raised|escalated|overdue", "answered", "applicant",
         demands=[needs("answer-missing", "answer"), evidence_attached]),
    step("reject", "answered", "raised", EVALUATORS, raised_it_or_leads, clear_to("evaluate"),
         demands=[reason_given]),
    step("close", "answered", "closed", EVALUATORS, raised_it_or_leads, clear_to("evaluate"),
         evidence_stands, row_mended, demands=[reason_given]),
    step("withdraw_finding", "answered", "closed", EVALUATORS, raised_it_or_leads, clear_to("evaluate"),
         demands=[reason_given]),
    step("escalate", "raised", "escalated", "system", graded("minor"), overdue),
    step("lapse", "raised|escalated", "overdue", "system", graded("major"), overdue),
    step("reinstate", "escalated|overdue", "raised", "system",
         demands=[needs("appeal-missing", "appeal")]),
)  # fmt: skip
