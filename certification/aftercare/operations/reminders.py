"""A holder is told in time to ask for recertification, each time once."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.actor import SYSTEM
from certification import notices
from certification.aftercare.models import ExpiryReminder
from certification.certificate.models import Certificate
from certification.workflow.purpose import reminded_on
from core import audit
from core.calendar.count import months_after
from core.clock import today
from core.db import db
from schemes.models import SchemeVersion
from schemes.terms import months

SHORTER = timedelta(days=3)  # by so much a month may be shorter than another

# So many days before the day that the word names.
REMINDERS = ("earliest:0", "latest:60", "latest:14", "days:30")


def remind_of_expiry() -> int:
    """Enter every reminder that has come due; return how many were new.  Idempotent."""
    soon = select(Certificate).where(Certificate.valid_to >= today(), Certificate.valid_to <= _furthest())
    new = [
        (certificate, lead)
        for certificate in db.session.scalars(soon.order_by(Certificate.id))
        for lead in _due(certificate)
    ]
    for certificate, lead in new:
        certificate.reminders.append(ExpiryReminder(lead=lead))
        audit.record(SYSTEM, "certificate.remind", f"certificate/{certificate.id}", lead=lead)
    for certificate in dict.fromkeys(certificate for certificate, _lead in new):
        notices.announce(certificate, "remind", SYSTEM, {})  # once, however many leads came due
    db.session.flush()
    return len(new)


def _furthest() -> date:
    """No certificate that ends later is asked about anew today, whatever its scheme."""
    schemes = db.session.scalars(select(SchemeVersion))
    earliest = max((months(scheme, "recertification_earliest") for scheme in schemes), default=0)
    return months_after(today(), earliest) + SHORTER


def _due(certificate: Certificate) -> list[str]:
    if not certificate.is_in_force or _asked(certificate):
        return []
    sent = {reminder.lead for reminder in certificate.reminders}
    return [lead for lead in REMINDERS if lead not in sent and reminded_on(certificate, lead) <= today()]


def _asked(certificate: Certificate) -> bool:
    """Whether recertification is handed in already, or done."""
    handed_in = (case for case in certificate.open_cases if not case.is_draft)
    return bool(certificate.replaced_by) or any(case.purpose == "recertification" for case in handed_in)
