"""What the regulator's office writes: that somebody looked, and how complaints and reports are handled."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.actor import NOBODY
from accounts.models import Organisation
from certification.certificate.queries import certificates
from certification.complaints import queries as complaints
from certification.complaints.operations import bring
from core import audit, codes, files
from core.calendar import book
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, Unmet
from core.machine import Actor
from core.series import take_next
from oversight.models import Complaint, Reporter, ViolationReport
from oversight.workflow import DAYS, SUBJECTS

Grievance = Complaint | ViolationReport
B = TypeVar("B", Complaint, ViolationReport)


def note_reading(actor: Actor, subject: str) -> None:
    """A read of something confidential is itself part of the record (certification-rules 6.6, 21)."""
    audit.record(actor, "oversight.read", subject)


# Complaints and reports.  Whoever brings one is written down as the public, signed in or not.


def file_complaint(
    consumer: bool,
    name: str,
    contact: str,
    **facts: Any,  # as `_bring` names them
) -> tuple[Complaint, str]:
    """A consumer complains; the row, and the code that opens its page and is kept nowhere."""
    if not consumer:
        raise Unmet("complaint-not-of-a-consumer")
    if not (name.strip() and contact.strip()):
        raise Invalid("complainant-unnamed", {"name": "complainant-unnamed"})
    return _bring(Complaint, "TS", "complaint_acceptance", name, contact, **facts)


def file_report(
    name: str = "",
    contact: str = "",
    **facts: Any,  # as `_bring` names them
) -> tuple[ViolationReport, str]:
    """Anybody reports, with a name and a way to be reached, or with neither."""
    if bool(name.strip()) != bool(contact.strip()):
        raise Invalid("reporter-half-named", {"contact": "reporter-half-named"})
    return _bring(ViolationReport, "JB", "report_check", name, contact, **facts)


def _bring(
    model: type[B],
    series: str,
    clock: str,
    name: str,
    contact: str,
    *,
    about_kind: str,
    about: str,
    text: str,
    upload: FileStorage | None = None,
) -> tuple[B, str]:
    _refuse_empty(about_kind, about, text)
    code = codes.fresh()
    stored = files.store(upload.stream, upload.filename or "") if upload else None
    grievance = model(
        number=f"{series}-{today().year}-{take_next(model.__tablename__, today().year):06d}",
        code_digest=codes.digest_of(code),
        about_kind=about_kind,
        about=about.strip(),
        text=text.strip(),
        file=stored.digest if stored else None,
        file_name=stored.name if stored else "",
        reporter=Reporter(name=name.strip(), contact=contact.strip()) if name.strip() else None,
        regulator_id=_regulator(),
        received_on=today(),
        due_on=due(clock),
    )
    db.session.add(grievance)
    db.session.flush()
    audit.record(NOBODY, f"{model.__tablename__}.file", _name(grievance), number=grievance.number)
    return grievance, code


def _refuse_empty(about_kind: str, about: str, text: str) -> None:
    wrong = {"about": "about-missing"} if not about.strip() else {}
    wrong |= {"text": "text-missing"} if not text.strip() else {}
    wrong |= {"about_kind": "about-missing"} if about_kind not in SUBJECTS else {}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def due(clock: str) -> date:
    """The last of the law's working days that begin tomorrow."""
    return _term(today(), clock)


def _term(start: date, clock: str) -> date:
    return book.current().term(start, DAYS[clock][0], "working")


def _regulator() -> int:
    """The office everything is brought before."""
    query = select(Organisation.id).where(Organisation.kind == "regulator").order_by(Organisation.id).limit(1)
    found = db.session.scalar(query)
    if found is None:
        raise Unmet("no-regulator")
    return found


def _name(grievance: Grievance) -> str:
    return f"{grievance.__tablename__}/{grievance.id}"


def take_on(grievance: Grievance, actor: Actor, **_facts: object) -> None:
    grievance.handler_id, grievance.handler = actor.id, actor.label


def next_term(clock: str | None) -> Callable[..., None]:
    """The effect of a step after which the law's days of `clock` run, or none."""

    def effect(grievance: Grievance, _actor: Actor, *, reason: str = "", **_facts: object) -> None:
        grievance.outcome = reason.strip() or grievance.outcome
        grievance.due_on = due(clock) if clock else None

    return effect


def decline(complaint: Complaint, _actor: Actor, *, reason: str, **_facts: object) -> None:
    """To be told inside the days the acceptance was due in."""
    complaint.outcome = reason.strip()


def extend(report: ViolationReport, _actor: Actor, **_facts: object) -> None:
    assert report.due_on is not None  # the check that is extended has its day
    report.extended = True
    report.due_on = _term(report.due_on, "report_extension")


def tell(grievance: Grievance, _actor: Actor, *, answer: str, **_facts: object) -> None:
    grievance.answer, grievance.due_on = answer.strip(), None


def certificate_named(grievance: Grievance, **_facts: object) -> dict[str, object]:
    """What is referred is about one certificate, whose body is then known; once is enough."""
    if (before := complaints.referred(grievance.number)) is not None:
        raise Unmet("referred-already", number=before.number)
    try:
        return {"certificate": certificates.certificate(grievance.about)}
    except NotFound as unknown:
        raise Unmet("certificate-not-named") from unknown


def refer(
    grievance: Grievance,
    _actor: Actor,
    *,
    reason: str,
    certificate: Any,  # as certification found it
    **_facts: object,
) -> None:
    """The body that must supervise the certificate is told what the regulator writes: not who brought it, nor
    the words and files that may say so."""
    subject = "handling" if grievance.about_kind == "body" else "certificate"
    bring(certificate, subject=subject, text=reason, referred=grievance.number)
