"""The body's verbs while it evaluates: plan, documents, site, nonconformities."""

from datetime import date

from sqlalchemy import select

from certification.models import (
    Application,
    ConflictDeclaration,
    DocumentReview,
    EvaluationPlan,
    LaboratoryScope,
    Nonconformity,
    Registration,
    SiteVerification,
    TeamMember,
)
from certification.workflow import APPLICATION, NONCONFORMITY
from core import files
from core.clock import today
from core.db import db
from core.errors import Invalid


def read_registers(
    application: Application, *, step, team=(), laboratory_id=None, site_from=None, **_facts
) -> dict:
    """What the registers say of the people and the laboratory the plan names, as of today."""
    ids = {user_id for user_id, _ in team}
    members = _staff(application.body_id)
    if outsiders := ids - members:
        raise Invalid("person-not-of-the-body", {"team": "person-not-of-the-body"}, people=sorted(outsiders))
    return {
        "people": {
            user_id: {
                "registered": _registered(application, user_id, today()),
                "conflict": _conflicted(application, user_id, today()),
            }
            for user_id in ids
        },
        "methods_missing": methods_missing(application, laboratory_id, today()),
    }


def methods_missing(application: Application, laboratory_id: int | None, day: date) -> list[str]:
    """The scheme's test methods that are not in the laboratory's CMA scope on `day`."""
    query = select(LaboratoryScope).where(LaboratoryScope.laboratory_id == laboratory_id)
    covered = {scope.method for scope in db.session.scalars(query) if scope.valid_on(day)}
    return sorted({item["method"] for item in application.scheme.tests} - covered)


def why_not_assignable(application: Application, user_id: int) -> str | None:
    """The slug that greys this person's name in the assignment list, or None."""
    if not _registered(application, user_id, today()):
        return "verifier-not-registered"
    return "team-has-conflict" if _conflicted(application, user_id, today()) else None


def plan(
    application: Application, actor, *, team, laboratory_id, person_days, site_from, site_to, **_facts
) -> None:
    application.plan = EvaluationPlan(
        laboratory_id=laboratory_id,
        person_days=person_days,
        site_from=site_from,
        site_to=site_to,
        planned_by=actor.label,
        team=[TeamMember(user_id=user_id, function=function) for user_id, function in team],
    )
    db.session.flush()


def review_documents(application: Application, actor, *, result, findings, **_facts) -> None:
    _supersede(application.document_review)
    review = DocumentReview(
        application_id=application.id, result=result, findings=findings, reviewer=actor.label
    )
    _renew(application, review, "document_review")


def verify_site(
    application: Application,
    actor,
    *,
    items,
    person_days,
    started_on,
    ended_on,
    conclusion,
    summary="",
    **_facts,
) -> None:
    _supersede(application.site)
    visit = SiteVerification(
        application_id=application.id,
        items=items,
        person_days=person_days,
        started_on=started_on,
        ended_on=ended_on,
        conclusion=conclusion,
        summary=summary,
        lead=actor.label,
    )
    _renew(application, visit, "site")


def check_due(_application: Application, *, due=None, **_facts) -> dict:
    if due is not None and due < today():
        raise Invalid("due-in-the-past", {"due": "due-in-the-past"})
    return {}


def raise_nonconformity(
    application: Application, actor, *, grade, anchor, fact, due, clause="", **_facts
) -> None:
    finding = Nonconformity(
        number=f"NC-{len(application.nonconformities) + 1:02d}",
        grade=grade,
        anchor=anchor,
        fact=fact.strip(),
        clause=clause.strip(),
        due=due,
        raised_by_id=actor.id,
        raised_by=actor.label,
    )
    application.nonconformities.append(finding)
    db.session.flush()


def keep_evidence(_finding: Nonconformity, *, step, upload=None, **_facts) -> dict:
    """Evidence may come as a file: `upload` has a `stream` and a `filename`."""
    if not upload:
        return {}
    try:
        stored = files.store(upload.stream, upload.filename)
    except Invalid as error:
        raise Invalid(error.slug, {"upload": error.slug}, **error.detail) from error
    return {"evidence": stored.digest, "evidence_name": upload.filename}


def answer_nonconformity(
    finding: Nonconformity, _actor, *, answer, evidence, evidence_name="", **_facts
) -> None:
    finding.answer, finding.evidence, finding.evidence_name = answer.strip(), evidence, evidence_name
    finding.verdict = ""


def judge_answer(finding: Nonconformity, _actor, *, reason, **_facts) -> None:
    finding.verdict = reason.strip()


def _staff(body_id: int) -> set[int]:
    from accounts.queries import staff_ids

    return staff_ids(body_id)


def _registered(application: Application, user_id: int, day: date) -> bool:
    """条例 art. 14 and 38: registered for the family, with this body and no other, on the day."""
    query = select(Registration).where(Registration.user_id == user_id)
    valid = [entry for entry in db.session.scalars(query) if entry.valid_on(day)]
    return any(entry.family == application.scheme.family for entry in valid) and all(
        entry.body_id == application.body_id for entry in valid
    )


def _conflicted(application: Application, user_id: int, day: date) -> bool:
    query = select(ConflictDeclaration).where(
        ConflictDeclaration.user_id == user_id, ConflictDeclaration.client_id == application.applicant_id
    )
    return any(tie.valid_on(day) for tie in db.session.scalars(query))


def _supersede(record) -> None:
    if record is not None:
        record.superseded = True
        db.session.flush()


def _renew(application: Application, record, name: str) -> None:
    db.session.add(record)
    db.session.flush()
    db.session.expire(application, [name])


LAW = {Nonconformity: NONCONFORMITY}

PREPARE = {
    (APPLICATION, "correct"): check_due,
    (APPLICATION, "plan"): read_registers,
    (APPLICATION, "raise"): check_due,
    (NONCONFORMITY, "answer"): keep_evidence,
}

EFFECTS = {
    (APPLICATION, "plan"): plan,
    (APPLICATION, "review_documents"): review_documents,
    (APPLICATION, "raise"): raise_nonconformity,
    (APPLICATION, "verify_site"): verify_site,
    (NONCONFORMITY, "answer"): answer_nonconformity,
    (NONCONFORMITY, "close"): judge_answer,
    (NONCONFORMITY, "reject"): judge_answer,
}
