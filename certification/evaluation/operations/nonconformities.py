"""Nonconformities: raised with a day by rule, answered with evidence, judged; graver when time runs out."""

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.actor import SYSTEM
from certification.application.models import Application
from certification.evaluation.models import Nonconformity, NonconformityAnswer
from certification.workflow import APPLICATION, NONCONFORMITY
from certification.workflow.verification import declared_row
from core import files, lifecycle
from core.clock import now, today
from core.db import db
from core.errors import Invalid
from core.machine import Actor


def raise_nonconformity(
    application: Application,
    actor: Actor,
    *,
    grade: str,
    anchor: str,
    fact: str,
    clause: str = "",
    **_facts: object,
) -> None:
    """The day the answer is due comes from the clock of its grade, which starts with this step."""
    rows = [row for row in application.inventory.rows if anchor == f"row:{row.name}"]
    finding = Nonconformity(
        number=f"NC-{len(application.nonconformities) + 1:02d}",
        grade=grade,
        anchor=anchor,
        declared={row.key: declared_row(row) for row in rows},
        fact=fact.strip(),
        clause=clause.strip(),
        due=today(),
        raised_by_id=actor.id,
        raised_by=actor.label,
    )
    application.nonconformities.append(finding)
    db.session.flush()


def keep_evidence(
    _finding: Nonconformity, *, step: str, upload: FileStorage | None = None, **_facts: object
) -> dict[str, object]:
    """Evidence may come as a file: `upload` has a `stream` and a `filename`."""
    if not upload:
        return {}
    try:
        stored = files.store(upload.stream, upload.filename or "")
    except Invalid as error:
        raise Invalid(error.slug, {"evidence": error.slug}, **error.detail) from error
    return {"evidence": stored.digest, "evidence_name": stored.name}


def answer(
    finding: Nonconformity,
    actor: Actor,
    *,
    answer: str,
    evidence: str,
    evidence_name: str = "",
    **_facts: object,
) -> None:
    finding.answers.append(
        NonconformityAnswer(
            round=len(finding.answers) + 1,
            text=answer.strip(),
            evidence=evidence,
            evidence_name=evidence_name,
            answered_by=actor.label,
        )
    )
    db.session.flush()


def judge(finding: Nonconformity, actor: Actor, *, step: str, reason: str, **_facts: object) -> None:
    latest = finding.latest
    assert latest is not None  # the law lets an answer be judged
    latest.outcome, latest.verdict = "reject" if step == "reject" else "close", reason.strip()
    latest.judged_by, latest.judged_at = actor.label, now()


def escalate(finding: Nonconformity, _actor: Actor, **_facts: object) -> None:
    """A minor one that was not answered in time is a major one from this day."""
    finding.grade, finding.escalated_on = "major", today()


def reinstate(finding: Nonconformity, _actor: Actor, *, grade: str, **_facts: object) -> None:
    """What was made graver, or was called overdue, is again what it was, with a new day."""
    finding.grade = grade


def escalate_overdue() -> int:
    """What was not answered in time becomes graver, once for each day it was due; return how many did."""
    query = select(Nonconformity).join(Nonconformity.application)
    query = query.where(
        Application.is_evaluating,
        Nonconformity.state.in_(NONCONFORMITY.sources("lapse")),
        Nonconformity.due < today(),
    )
    late = list(db.session.scalars(query.order_by(Nonconformity.id)))
    for finding in late:
        step = "escalate" if finding.grade == "minor" else "lapse"
        why = {"reason": f"no answer by {finding.due.isoformat()}", "missed": finding.due}
        lifecycle.take(finding, step, SYSTEM, **why)
    return len(late)


LAW = {Nonconformity: NONCONFORMITY}

PREPARE = {(NONCONFORMITY, "answer"): keep_evidence}

EFFECTS = {
    (APPLICATION, "raise"): raise_nonconformity,
    (NONCONFORMITY, "answer"): answer,
    (NONCONFORMITY, "reject"): judge,
    (NONCONFORMITY, "close"): judge,
    (NONCONFORMITY, "withdraw_finding"): judge,
    (NONCONFORMITY, "escalate"): escalate,
    (NONCONFORMITY, "reinstate"): reinstate,
}
