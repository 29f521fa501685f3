"""The samples somebody may see."""

from accounts.actor import Actor
from certification.application.queries.applications import application
from certification.laboratory.models import Sample
from core.db import db
from core.errors import NotFound


def sample(actor: Actor, sample_id: int) -> Sample:
    """A sample of a case the actor may see, or one sent to the actor's own laboratory."""
    found = db.session.get(Sample, sample_id)
    if found is None:
        raise NotFound("sample-not-found")
    if not (actor.kind == "testing_body" and found.laboratory_id == actor.organisation_id):
        application(actor, found.application_id)
    return found
