"""A document of the day is handed in by one person and confirmed by another: then the day may be typed."""

from datetime import date

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.actor import Actor
from certification import notices
from certification.application.models import Application
from certification.laboratory.models import Sample
from certification.late import queries
from certification.late.models import LateEntry
from certification.workflow.impartiality import clear_to
from certification.workflow.late import HANDS, KIND_OF
from certification.workflow.times import LONGEST_VISIT
from core import audit, files
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.machine import Facts


def file_late(
    case: Application,
    actor: Actor,
    *,
    first: date | None,
    last: date | None,
    reason: str,
    document: FileStorage | None,
) -> LateEntry:
    """Hand in what was made on the days that are to be typed, with the reason why they are typed late."""
    kind = KIND_OF.get(actor.kind or "")
    if kind is None or not actor.roles & HANDS[kind].filing:
        raise NotPermitted("role-not-held", step="file_late_entry")
    if not queries.may_file(actor, case):
        raise OutOfOrder("late-entry-not-now", state=case.state)
    given: Facts = {"first": first, "last": last, "reason": reason.strip(), "document": document}
    if missing := [name for name, value in given.items() if not value]:
        raise Invalid("late-entry-incomplete", dict.fromkeys(missing, "late-entry-incomplete"))
    assert first is not None
    assert last is not None
    assert document is not None
    assert actor.id is not None  # a person hands it in
    _check_days(first, last)
    made = LateEntry(
        kind=kind,
        laboratory_id=actor.organisation_id if kind == "test" else None,
        first=first,
        last=last,
        reason=reason.strip(),
        filed_by_id=actor.id,
        filed_by=actor.label,
        **_kept(document),
    )
    case.late_entries.append(made)
    db.session.flush()
    said = {"kind": kind, "from": first, "to": last, "file": made.document}
    audit.record(actor, "application.file_late_entry", f"application/{case.id}", **said)
    _tell(made, "late_entry_filed", actor, made.reason)
    return made


def _check_days(first: date, last: date) -> None:
    wrong = {}
    if last < first:
        wrong["last"] = "late-entry-days-backwards"
    elif last > today():
        wrong["last"] = "late-entry-ahead"
    elif last - first > LONGEST_VISIT:
        wrong["last"] = "late-entry-too-long"
    if wrong:
        raise Invalid(wrong["last"], wrong)


def _kept(document: FileStorage) -> dict[str, str]:
    try:
        stored = files.store(document.stream, document.filename or "")
    except Invalid as refused:
        raise Invalid(refused.slug, {"document": refused.slug}, **refused.detail) from refused
    return {"document": stored.digest, "document_name": stored.name}


def answer_late(entry: LateEntry, actor: Actor, confirmed: bool, answer: str) -> None:
    """The second person has seen the document: it is of its days, or it is not, with the reason."""
    case = entry.application
    if not actor.roles & HANDS[entry.kind].answering:
        raise NotPermitted("role-not-held", step="answer_late_entry")
    if not entry.is_asked:
        raise OutOfOrder("late-entry-answered")
    _check_second(entry, actor)
    if not confirmed and not answer.strip():
        raise Invalid("late-entry-answer-missing", {"answer": "late-entry-answer-missing"})
    entry.outcome = "confirmed" if confirmed else "refused"
    entry.answer, entry.answered_at = answer.strip(), now()
    entry.answered_by_id, entry.answered_by = actor.id, actor.label
    db.session.flush()
    about = {"kind": entry.kind, "from": entry.first, "to": entry.last, "file": entry.document}
    if confirmed:
        audit.record(actor, "application.confirm_late_entry", f"application/{case.id}", **about)
    else:
        audit.record(actor, "application.refuse_late_entry", f"application/{case.id}", **about)
    _tell(entry, f"late_entry_{entry.outcome}", actor, entry.answer or entry.reason)


def _check_second(entry: LateEntry, actor: Actor) -> None:
    """Neither who handed it in nor who made the visit; and nobody with a tie, or who judged the case."""
    case = entry.application
    if actor.id == entry.filed_by_id:
        raise Unmet("late-entry-own", unmet=["late-entry-own"])
    if entry.kind == "visit" and actor.id in _visitors(case):
        raise Unmet("late-entry-of-own-visit", unmet=["late-entry-of-own-visit"])
    if slug := clear_to("order" if entry.kind == "visit" else "test")(case, actor):
        raise Unmet(slug, unmet=[slug])


def _visitors(case: Application) -> set[int]:
    """Who makes the visit of the case, or a check that is under way."""
    team = {member.user_id for member in case.plan.team} if case.plan else set()
    return team | queries.visitors_after_issue(case)


def _tell(entry: LateEntry, what: str, actor: Actor, text: str) -> None:
    """Of tests in the laboratory, of a visit in the body."""
    case, facts = entry.application, {"text": text, "first": entry.first, "last": entry.last}
    if entry.kind == "visit":
        notices.announce(case, what, actor, facts)
        return
    query = select(Sample).where(
        Sample.application_id == case.id, Sample.laboratory_id == entry.laboratory_id
    )
    sample = db.session.scalars(query.order_by(Sample.id.desc())).first()
    assert sample is not None  # or the laboratory would not have the case
    notices.announce(sample, what, actor, facts)
