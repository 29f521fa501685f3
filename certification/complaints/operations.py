"""A complaint comes in, is acknowledged, investigated and answered by people who took no part in the case."""

from limits import parse
from werkzeug.datastructures import FileStorage

from accounts.actor import NOBODY
from certification import notices
from certification.aftercare.operations.proposals import propose
from certification.certificate.models import Certificate
from certification.clocks.operations import clocks
from certification.complaints.models import BodyComplaint, Complainant
from certification.workflow import BODY_COMPLAINT
from certification.workflow.complaint import SUBJECTS
from certification.workflow.proposal import POSSIBLE
from core import audit, codes, files
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.machine import Actor
from core.series import take_next

AS_MANY = parse("6 per hour")  # from one address; the address itself is kept nowhere


def bring(
    certificate: Certificate,
    *,
    subject: str,
    text: str,
    name: str = "",
    contact: str = "",
    upload: FileStorage | None = None,
    referred: str = "",
) -> tuple[BodyComplaint, str]:
    """Anybody complains, with a name and a way to be reached or with neither; the row, and the code that
    opens the page of how it stands and is kept nowhere.  `referred`: its number with the regulator.
    """
    _refuse(subject, text, name, contact)
    stored = files.store(upload.stream, upload.filename or "") if upload else None
    code = codes.fresh()
    complaint = BodyComplaint(
        number=f"TSJ-{today().year}-{take_next('body_complaint', today().year):06d}",
        certificate=certificate,
        body_id=certificate.body_id,
        subject=subject,
        channel="regulator" if referred else "public",
        referred=referred,
        text=text.strip(),
        file=stored.digest if stored else None,
        file_name=stored.name if stored else "",
        code_digest=codes.digest_of(code),
        complainant=Complainant(name=name.strip(), contact=contact.strip()) if name.strip() else None,
    )
    db.session.add(complaint)
    db.session.flush()
    clocks.follow(complaint, "file", NOBODY, {})
    notices.announce(complaint, "file", NOBODY, {})
    audit.record(NOBODY, "body_complaint.file", f"body_complaint/{complaint.id}", number=complaint.number)
    return complaint, code


def _refuse(subject: str, text: str, name: str, contact: str) -> None:
    wrong = {} if subject in SUBJECTS else {"subject": "complaint-subject-missing"}
    wrong |= {} if text.strip() else {"text": "complaint-text-missing"}
    wrong |= {"contact": "complainant-half-named"} if bool(name.strip()) != bool(contact.strip()) else {}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def acknowledge(complaint: BodyComplaint, actor: Actor, **_facts: object) -> None:
    complaint.handler_id, complaint.handler = actor.id, actor.label


def set_aside(complaint: BodyComplaint, actor: Actor, *, reason: str, **_facts: object) -> None:
    complaint.handler_id, complaint.handler = actor.id, actor.label
    complaint.answer, complaint.answered_on = reason.strip(), today()


def investigate(complaint: BodyComplaint, _actor: Actor, *, findings: str, **_facts: object) -> None:
    complaint.findings = findings.strip()


def answer(
    complaint: BodyComplaint,
    actor: Actor,
    *,
    outcome: str,
    answer: str,
    measure: str = "",
    **_facts: object,
) -> None:
    """What follows is put before a decision maker, who is another."""
    complaint.outcome, complaint.answer, complaint.measure = outcome, answer.strip(), measure or "none"
    complaint.answered_on = today()
    certificate = complaint.certificate
    if measure == "suspend" and "suspend" in POSSIBLE.get(certificate.state, ()):
        propose(
            certificate,
            actor,
            kind="suspend",
            cause="misuse" if complaint.subject == "label" else "rule_breach",
            reason=f"{complaint.number}：{complaint.findings}",
            source="complaint",
            source_id=complaint.id,
        )


LAW = {BodyComplaint: BODY_COMPLAINT}

EFFECTS = {
    (BODY_COMPLAINT, "acknowledge"): acknowledge,
    (BODY_COMPLAINT, "set_aside"): set_aside,
    (BODY_COMPLAINT, "investigate"): investigate,
    (BODY_COMPLAINT, "answer"): answer,
}
