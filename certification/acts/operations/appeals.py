"""The client's objection to an act, and what its outcome brings about."""

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.actor import SYSTEM
from accounts.models import Organisation
from certification import notices
from certification.acts import statement as acts
from certification.acts.models import Appeal, WrittenAct
from certification.acts.operations.acts import days_on
from certification.application.models import Application
from certification.clocks.models import Outage
from certification.clocks.operations import clocks
from certification.evaluation.models import Nonconformity
from certification.events import OutageEntered
from certification.workflow import APPEAL, APPLICATION, NONCONFORMITY
from certification.workflow.appeal import appeal_clock
from core import audit, files, lifecycle
from core.calendar import book, ledger
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, Unmet
from core.machine import Actor
from core.series import take_next


def file_appeal(act: WrittenAct, actor: Actor, grounds: str, upload: FileStorage | None = None) -> Appeal:
    """The recipient objects to an act, once, and inside the days the act names."""
    _refuse_filing(act, actor, grounds)
    stored = files.store(upload.stream, upload.filename or "") if upload else None
    appeal = Appeal(
        number=f"SS-{today().year}-{take_next('appeal', today().year):06d}",
        act=act,
        application=act.application,
        body_id=act.body_id,
        appellant_id=act.recipient_id,
        grounds=grounds.strip(),
        file=stored.digest if stored else None,
        file_name=stored.name if stored else "",
        filed_by=actor.label,
        due_on=days_on(today(), appeal_clock(act.application.scheme, "appeal_handling")),
    )
    db.session.add(appeal)
    db.session.flush()
    clocks.follow(appeal, "file", actor, {})
    notices.announce(appeal, "file", actor, {})
    audit.record(actor, "appeal.file", f"appeal/{appeal.id}", number=appeal.number, act=act.number)
    return appeal


def may_appeal(act: WrittenAct, actor: Actor) -> str | None:
    """The slug of what keeps the actor from appealing against this act, or None."""
    if not acts.BY_SLUG[act.kind].against_client:
        return "act-not-appealable"
    if act.appeal_until is None or act.appeal_until < today():
        return "appeal-too-late"
    filed = db.session.scalar(select(Appeal.id).where(Appeal.act_id == act.id))
    return "appeal-already-filed" if filed else None


def _refuse_filing(act: WrittenAct, actor: Actor, grounds: str) -> None:
    if "applicant" not in actor.roles or actor.organisation_id != act.recipient_id:
        raise NotPermitted("role-not-held", step="file")
    if slug := may_appeal(act, actor):
        raise Unmet(slug)
    if not grounds.strip():
        raise Invalid("grounds-missing", {"grounds": "grounds-missing"})


def accept(appeal: Appeal, actor: Actor, **_facts: object) -> None:
    appeal.handler = actor.label


def reject(appeal: Appeal, actor: Actor, *, reason: str, **_facts: object) -> None:
    appeal.handler, appeal.reasons = actor.label, reason.strip()
    _open_second_level(appeal)


def investigate(appeal: Appeal, actor: Actor, *, findings: str, **_facts: object) -> None:
    appeal.handler, appeal.findings = actor.label, findings.strip()


def decide(appeal: Appeal, actor: Actor, *, outcome: str, reason: str, **_facts: object) -> None:
    appeal.handler, appeal.outcome, appeal.reasons = actor.label, outcome, reason.strip()
    appeal.decided_on = today()


def serve(appeal: Appeal, _actor: Actor, **_facts: object) -> None:
    _open_second_level(appeal)


def escalate(appeal: Appeal, _actor: Actor, **_facts: object) -> None:
    query = select(Organisation.id).where(Organisation.kind == "regulator").order_by(Organisation.id).limit(1)
    appeal.regulator_id = db.session.scalar(query)


def conclude(appeal: Appeal, _actor: Actor, *, conclusion: str, reason: str, **_facts: object) -> None:
    appeal.conclusion, appeal.conclusion_reasons = conclusion, reason.strip()


def follow(appeal: Appeal, step: str, _actor: Actor, _facts: dict[str, object]) -> None:
    """An act that was annulled, by the body itself or on the regulator's word, is undone by a new step."""
    annulled = step == "serve" and appeal.outcome == "annulled"
    if annulled or (step == "conclude" and appeal.conclusion == "body_to_decide_anew"):
        _undo(appeal)


def _undo(appeal: Appeal) -> None:
    why = {"reason": appeal.conclusion_reasons or appeal.reasons, "appeal": appeal.number}
    match appeal.act.kind:
        case "refusal" if appeal.application.state in APPLICATION.sources("reopen"):
            lifecycle.take(appeal.application, "reopen", SYSTEM, **why)
        case "non_acceptance" if appeal.application.state in APPLICATION.sources("readmit"):
            lifecycle.take(appeal.application, "readmit", SYSTEM, **why)
        case "termination" if appeal.application.state in APPLICATION.sources("reinstate"):
            lifecycle.take(appeal.application, "reinstate", SYSTEM, **why)
        case "escalation" | "lapse" if (finding := _open_finding(appeal)) is not None:
            grade = "minor" if appeal.act.kind == "escalation" else finding.grade
            lifecycle.take(finding, "reinstate", SYSTEM, grade=grade, **why)
        case "suspension" if (certificate := appeal.certificate) is not None and certificate.is_suspended:
            lifecycle.take(certificate, "reinstate", SYSTEM, **why)


def _open_finding(appeal: Appeal) -> Nonconformity | None:
    """The finding the act is about, while its answer still can change something."""
    finding = db.session.get_one(Nonconformity, int(appeal.act.subject.rpartition("/")[2]))
    waiting = finding.state in NONCONFORMITY.sources("reinstate") and finding.application.is_evaluating
    return finding if waiting else None


def _open_second_level(appeal: Appeal) -> None:
    appeal.second_until = days_on(today(), appeal_clock(appeal.application.scheme, "second_appeal"))


def reopen(application: Application, _actor: Actor, **_facts: object) -> None:
    """The refusal stays in the record, superseded; review and decision are made anew."""
    if application.decision is not None:
        application.decision.superseded = True
    if application.review is not None:
        application.review.superseded = True
    db.session.flush()
    db.session.expire(application, ["decision", "review"])


def close_settled() -> int:
    """Close the appeals whose time for the second level is over; return how many."""
    query = select(Appeal).where(Appeal.state.in_(APPEAL.sources("close")), Appeal.second_until < today())
    settled = list(db.session.scalars(query))
    for appeal in settled:
        lifecycle.take(appeal, "close", SYSTEM)
    return len(settled)


LAW = {Appeal: APPEAL}

EFFECTS = {
    (APPEAL, "accept"): accept,
    (APPEAL, "reject"): reject,
    (APPEAL, "investigate"): investigate,
    (APPEAL, "decide"): decide,
    (APPEAL, "serve"): serve,
    (APPEAL, "escalate"): escalate,
    (APPEAL, "conclude"): conclude,
    (APPLICATION, "reopen"): reopen,
}

FOLLOWS = {(APPEAL, "decide"): "serve"}


def give_days_back(event: OutageEntered) -> None:
    """Until when one may object is no clock, but a term like one; the act still says what it said."""
    outage, calendar = db.session.get_one(Outage, event.outage_id), book.current()
    days = ledger.credit_of(event.first, event.last, "calendar", calendar)
    for day in (WrittenAct.appeal_until, Appeal.second_until):
        for row in db.session.scalars(select(day.class_).where(day.between(event.first, event.last))):
            setattr(row, day.key, calendar.term(getattr(row, day.key), days, "calendar"))
            outage.credited += 1
