"""Nonconformities of a follow-up check: answered with evidence, judged by its team."""

from certification.aftercare.models import CheckAnswer, CheckFinding
from certification.evaluation.operations.nonconformities import keep_evidence
from certification.workflow import CHECK_FINDING
from core.clock import now
from core.machine import Actor


def answer(
    finding: CheckFinding,
    actor: Actor,
    *,
    answer: str,
    evidence: str,
    evidence_name: str = "",
    **_facts: object,
) -> None:
    said = {"text": answer.strip(), "evidence": evidence, "evidence_name": evidence_name}
    finding.answers.append(CheckAnswer(round=len(finding.answers) + 1, answered_by=actor.label, **said))


def judge(finding: CheckFinding, actor: Actor, *, step: str, reason: str, **_facts: object) -> None:
    latest = finding.latest
    assert latest is not None  # the law lets an answer be judged
    latest.outcome, latest.verdict = step, reason.strip()
    latest.judged_by, latest.judged_at = actor.label, now()


LAW = {CheckFinding: CHECK_FINDING}

PREPARE = {(CHECK_FINDING, "answer"): keep_evidence}

EFFECTS = {
    (CHECK_FINDING, "answer"): answer,
    (CHECK_FINDING, "reject"): judge,
    (CHECK_FINDING, "close"): judge,
}
