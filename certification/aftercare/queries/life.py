"""What comes after issue, as each party may see it: follow-up checks, requests, versions, label uses."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from accounts.actor import SYSTEM, Actor
from certification.aftercare.models import CheckFinding, StatusProposal, Surveillance
from certification.aftercare.operations.surveillance import missed
from certification.application.models import Application
from certification.certificate.models import Certificate, CertificateVersion
from certification.certificate.queries import certificates
from certification.label.models import LabelUse
from certification.workflow.certificate import not_in_force
from certification.workflow.purpose import (
    PURPOSES,
    convertible,
    days_late,
    recertification_from,
    recertification_until,
    recertified,
)
from certification.workflow.surveillance import factory_of, served_together
from core.clock import today
from core.db import db
from core.errors import NotFound
from schemes.terms import term


@dataclass(frozen=True)
class Lead:
    """Until which day a request for recertification is punctual, how late it would be today, and by what."""

    until: date
    late: int
    source: str
    weak: bool


@dataclass(frozen=True)
class Wish:
    """A kind of case the holder may open: `slug` says why not yet, `first` from which day."""

    purpose: str
    slug: str = ""
    first: date | None = None

    @property
    def ready(self) -> bool:
        return not self.slug


def wishes(certificate: Certificate) -> list[Wish]:
    """Change, extension, reduction, recertification, and what still stands in the way of each."""
    return [Wish(purpose, *_hindrance(certificate, purpose)) for purpose in PURPOSES[1:]]


def _hindrance(certificate: Certificate, purpose: str) -> tuple[()] | tuple[str] | tuple[str, date]:
    if closed := not_in_force(certificate):
        return (closed,)
    if recertified(certificate, purpose):
        return ("certificate-recertified",)
    if certificate.open_cases:
        return ("case-is-open",)
    if purpose == "conversion" and (none := convertible(certificate)):
        return (none,)
    first = recertification_from(certificate)
    early = purpose == "recertification" and today() < first
    return ("recertification-too-early", first) if early else ()


def lead(certificate: Certificate) -> Lead:
    latest = term(certificate.scheme, "recertification_latest")
    until, late = recertification_until(certificate), days_late(certificate, today())
    return Lead(until, late, latest["source"], latest["weak"])


def of_party(actor: Actor) -> Select[Surveillance]:
    own = actor.organisation_id
    mine = or_(Certificate.holder_id == own, Certificate.body_id == own) if own else false()
    return select(Surveillance).join(Surveillance.certificate).where(mine)


def surveillance(actor: Actor, surveillance_id: int) -> Surveillance:
    found = db.session.scalar(of_party(actor).where(Surveillance.id == surveillance_id))
    if found is None:
        raise NotFound("surveillance-not-found")
    return found


def finding(actor: Actor, finding_id: int) -> CheckFinding:
    found = db.session.get(CheckFinding, finding_id)
    if found is None or not certificates.is_party(actor, found.certificate):
        raise NotFound("check-finding-not-found")
    return found


def together(check: Surveillance) -> list[Surveillance]:
    """The checks of other certificates that the visit of this one can serve, or did, the nearest due first:
    of each certificate the one that is next."""
    _maker, address = factory_of(check)
    query = select(Surveillance).join(Surveillance.certificate).join(Certificate.application)
    query = query.where(Certificate.body_id == check.certificate.body_id, Surveillance.state == check.state)
    query = query.where(
        Certificate.id != check.certificate_id, Application.factory["address"].as_string() == address
    )
    first: dict[int, Surveillance] = {}
    for row in db.session.scalars(query.order_by(Surveillance.due, Surveillance.id)):
        first.setdefault(row.certificate_id, row)
    beside = [row for row in first.values() if row.certificate.is_in_force]
    return [row for row in beside if not served_together(check, SYSTEM, {"joined": [row]})]


def late(actor: Actor) -> int:
    """How many of them are missed."""
    missed = Surveillance.is_unmade, Surveillance.due < today()
    query = select(func.count()).select_from(of_party(actor).where(stands(), *missed).subquery())
    return db.session.scalars(query).one()


def stands() -> ColumnElement[bool]:
    """Whether a check is still to be made or concluded.  An act that ends a certificate ends its checks as
    well; only expiry has no act."""
    return and_(Surveillance.is_open, Certificate.begins_on <= today(), Certificate.valid_to >= today())


def proposal(actor: Actor, proposal_id: int) -> StatusProposal:
    found = db.session.get(StatusProposal, proposal_id)
    if found is None or not certificates.is_party(actor, found.certificate):
        raise NotFound("proposal-not-found")
    return found


def proposals(actor: Actor) -> list[StatusProposal]:
    """What waits for the decision makers of the actor's body, the oldest first."""
    query = select(StatusProposal).join(StatusProposal.certificate)
    query = query.where(StatusProposal.is_open, Certificate.body_id == actor.organisation_id)
    rows = db.session.scalars(query.order_by(StatusProposal.id))
    return [row for row in rows if row.certificate.stands]


def version(certificate: Certificate, edition: int) -> CertificateVersion:
    """A former version; the one that stands is the certificate itself."""
    found = next((each for each in certificate.former if each.edition == edition), None)
    if found is None:
        raise NotFound("certificate-not-found")
    return found


def uses(actor: Actor) -> list[LabelUse]:
    """Where the labels of the actor's certificates are used now, the newest first."""
    query = select(LabelUse).join(LabelUse.certificate).where(LabelUse.until.is_(None))
    own = or_(Certificate.holder_id == actor.organisation_id, Certificate.body_id == actor.organisation_id)
    return list(db.session.scalars(query.where(own).order_by(LabelUse.id.desc())))


def missed_everywhere() -> list[Surveillance]:
    """For the regulator: every follow-up check that is overdue, of every body."""
    return missed()
