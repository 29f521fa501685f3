"""Who is told what a certificate is worth, and of its label."""

from sqlalchemy import select

from accounts.notices import a_day, a_word
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.notices.row import Row, holders, line, reason, task
from certification.workflow.purpose import recertification_until
from core.db import db
from core.machine import Facts

holder = holders("applicant")
label_officer = holders("label_officer")


def of_certificate(certificate: Certificate, _facts: Facts) -> dict[str, object]:
    return {"certificate": certificate.number, "valid_to": a_day(certificate.valid_to)}


def to_recertify(certificate: Certificate, facts: Facts) -> dict[str, object]:
    """Until which day asking is punctual; whoever reads it later sees that it is past, and may still ask."""
    ask_by = line(a_word("notice.ask_by"), recertification_until(certificate).isoformat())
    return of_certificate(certificate, facts) | {"lines": [ask_by]}


def issued(case: Application, facts: Facts) -> dict[str, object]:
    certificate = certificate_of(case)
    begins = line(a_word("notice.begins_on"), certificate.begins_on.isoformat())
    return of_certificate(certificate, facts) | {"lines": [begins]}


def act(certificate: Certificate, facts: Facts) -> dict[str, object]:
    """What was done to a certificate, why, and until when."""
    last = certificate.acts[-1]
    return of_certificate(certificate, facts) | {
        "on": a_day(last.on),
        "until": a_day(last.until),
        "cause": a_word(f"cause.{last.cause}"),
        **reason(certificate, facts),
    }


def certificate_of(case: Application) -> Certificate:
    query = select(Certificate).where(Certificate.application_id == case.id)
    return db.session.scalars(query.order_by(Certificate.id.desc()).limit(1)).one()


_CHANGED = (
    Row(holder, group="certificate", facts=act, urgent=True),
    Row(label_officer, group="certificate", facts=act),
)

ROWS = {
    ("application", "issue"): (Row(holder, group="certificate", about=certificate_of, facts=issued),),
    **{
        ("certificate", step): _CHANGED
        for step in ("suspend", "restore", "reinstate", "resume", "withdraw", "cancel")
    },
    ("certificate", "remind"): (Row(holder, group="deadline", facts=to_recertify, urgent=True),),
    ("label", "request"): (task(label_officer),),
    ("label", "license"): (Row(holder, group="certificate"),),
    ("label", "refuse"): (Row(holder, group="certificate", facts=reason),),
}
