"""What the regulator ordered about a certificate: for the regulator, its body and its holder."""

from datetime import date

from sqlalchemy import select

from accounts.actor import Actor
from certification.aftercare.models import StatusProposal, Surveillance
from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from core.db import db
from core.errors import NotFound


def certificate_of(actor: Actor, number: str) -> Certificate:
    """The certificate, for whoever may know of the orders about it."""
    found = certificates.certificate(number)
    if "regulator" not in actor.roles and not certificates.is_party(actor, found):
        raise NotFound("certificate-not-found")
    return found


def orders(certificate: Certificate) -> list[StatusProposal | Surveillance]:
    """Checks and acts that the regulator ordered, the newest first."""
    acts = select(StatusProposal).where(StatusProposal.certificate_id == certificate.id)
    checks = select(Surveillance).where(Surveillance.certificate_id == certificate.id)
    dated: list[tuple[date, StatusProposal | Surveillance]] = [
        (each.proposed_on, each) for each in db.session.scalars(acts) if each.is_ordered
    ]
    dated += [(each.ordered_on, each) for each in db.session.scalars(checks) if each.ordered_on]
    return [found for _on, found in sorted(dated, key=lambda pair: (pair[0], pair[1].id), reverse=True)]
