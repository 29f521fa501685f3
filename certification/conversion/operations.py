"""What follows when a version of a rule is published: the change is written down, and holders are told."""

from accounts.actor import SYSTEM
from certification import notices
from certification.certificate.models import Certificate
from certification.conversion import queries
from certification.conversion.models import ConversionNotice, RuleChange
from certification.conversion.notices import tell_body
from certification.workflow.conversion import due_leads
from core import audit, jobs
from core.db import db
from schemes.events import RulePublished

CHUNK = 200  # certificates whose holders are told in one transaction


def follow(event: RulePublished) -> None:
    """Write the change down; telling everybody is a job, since there may be many."""
    change = RuleChange(scheme_id=event.version_id, former_id=event.former_id, convert_by=event.convert_by)
    db.session.add(change)
    db.session.flush()
    audit.record(SYSTEM, "rule_change.open", f"rule_change/{change.id}", code=event.code, version=event.name)
    jobs.enqueue("conversion.tell")


def tell_of_changes(limit: int = CHUNK) -> int:
    """Tell whoever has to be told today and was not, as many as fit one transaction; the rest is a job of
    its own.  Return how many were new.  Idempotent."""
    found = [
        (change, certificate, leads)
        for change in queries.running()
        for certificate, sent in queries.told(change)
        if (leads := due_leads(change.convert_by, sent))
    ]
    for change, certificate, leads in found[:limit]:
        _tell(change, certificate, leads)
    if len(found) > limit:
        jobs.enqueue("conversion.tell")
    db.session.flush()
    return len(found[:limit])


def _tell(change: RuleChange, certificate: Certificate, leads: list[str]) -> None:
    """Once, however many leads came due."""
    for lead in leads:
        db.session.add(ConversionNotice(change_id=change.id, certificate_id=certificate.id, lead=lead))
    audit.record(SYSTEM, "certificate.convert", f"certificate/{certificate.id}", change=change.number)
    notices.announce(certificate, "convert", SYSTEM, {"change": change})
    if "published" in leads:
        tell_body(change, certificate.body_id)
