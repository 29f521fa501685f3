"""The life of a nonconformity: raised, answered, closed on evidence or sent back."""

from certification.impartiality import clear_to
from certification.workflow.demands import needs, reason_given
from certification.workflow.evaluation import on_team
from core.machine import Machine, step

_on_team = on_team("document_reviewer", "lead_verifier", "verifier")
EVALUATORS = "document_reviewer|lead_verifier|verifier"


def on_the_team(nonconformity, actor) -> str | None:
    return _on_team(nonconformity.application, actor)


def evidence_attached(_nonconformity, _actor, facts) -> str | None:
    """Closed only on evidence, so an answer brings some."""
    return None if facts.get("evidence") else "evidence-missing"


NONCONFORMITY = Machine(
    "nonconformity", "raised",
    step("answer", "raised", "answered", "applicant",
         demands=[needs("answer-missing", "answer"), evidence_attached]),
    step("reject", "answered", "raised", EVALUATORS, on_the_team, clear_to("evaluate"),
         demands=[reason_given]),
    step("close", "answered", "closed", EVALUATORS, on_the_team, clear_to("evaluate"),
         demands=[reason_given]),
)  # fmt: skip
