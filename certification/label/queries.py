"""Leaves to use the label: those a party of the certificate may see, those that wait for an answer."""

from sqlalchemy import select

from accounts.actor import Actor
from certification.certificate.models import Certificate
from certification.certificate.queries.certificates import is_party
from certification.label.models import LabelLicence
from core.db import db
from core.errors import NotFound


def licence(actor: Actor, licence_id: int) -> LabelLicence:
    found = db.session.get(LabelLicence, licence_id)
    if found is None or not is_party(actor, found.certificate):
        raise NotFound("label-not-found")
    return found


def label_requests(actor: Actor) -> list[LabelLicence]:
    """What waits for the actor's body to answer, the oldest first."""
    query = select(LabelLicence).join(LabelLicence.certificate)
    query = query.where(LabelLicence.is_requested, Certificate.body_id == actor.organisation_id)
    return list(db.session.scalars(query.order_by(LabelLicence.id)))
