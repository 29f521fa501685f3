"""What is handed in with the steps of an appeal."""

from typing import Annotated

from certification.acts.models import Appeal
from certification.workflow import APPEAL
from certification.workflow.appeal import CONCLUSIONS, OUTCOMES
from core.members import ColumnText, OneOf
from core.step.shapes import Facts, Nothing, Reason, Signed


class Rejection(Facts):
    reason: Annotated[str, ColumnText(Appeal.reasons)] = ""


class Investigation(Facts):
    findings: Annotated[str, ColumnText(Appeal.findings)] = ""


class AppealDecision(Signed):
    outcome: Annotated[str, OneOf(OUTCOMES)] = ""
    reason: Annotated[str, ColumnText(Appeal.reasons)] = ""


class AppealConclusion(Facts):
    conclusion: Annotated[str, OneOf(CONCLUSIONS)] = ""
    reason: Annotated[str, ColumnText(Appeal.conclusion_reasons)] = ""


ASKS = {
    (APPEAL, "accept"): Nothing,
    (APPEAL, "reject"): Rejection,
    (APPEAL, "investigate"): Investigation,
    (APPEAL, "decide"): AppealDecision,
    (APPEAL, "escalate"): Reason,
    (APPEAL, "conclude"): AppealConclusion,
}
