"""A holder is told in time that a certificate ends, each time once."""

from datetime import date, timedelta

from sqlalchemy import select

from accounts.actor import SYSTEM
from certification import notices
from certification.models import Certificate, ExpiryReminder
from certification.workflow.terms import REMINDERS
from core import audit
from core.calendar.count import months_after
from core.clock import today
from core.db import db

FURTHEST = timedelta(days=190)  # no lead is longer


def due_on(certificate: Certificate, lead: str) -> date:
    unit, count = lead.split(":")
    if unit == "months":
        return months_after(certificate.valid_to, -int(count))
    return certificate.valid_to - timedelta(days=int(count))


def remind_of_expiry() -> int:
    """Enter every reminder that has come due; return how many were new.  Idempotent."""
    soon = select(Certificate).where(
        Certificate.valid_to >= today(), Certificate.valid_to <= today() + FURTHEST
    )
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


def _due(certificate: Certificate) -> list[str]:
    if certificate.state not in ("valid", "suspended"):
        return []
    sent = {reminder.lead for reminder in certificate.reminders}
    return [lead for lead in REMINDERS if lead not in sent and due_on(certificate, lead) <= today()]
