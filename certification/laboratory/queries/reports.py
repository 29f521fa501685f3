"""The test reports somebody may read."""

from accounts.actor import Actor
from certification.laboratory.models import TestReport
from core.db import db
from core.errors import NotFound


def report(actor: Actor, report_id: int) -> TestReport:
    """A report of the actor's laboratory, or of a case the actor's body handles; the regulator sees all."""
    found = db.session.get(TestReport, report_id)
    if found is None or not _may_read(actor, found):
        raise NotFound("report-not-found")
    return found


def _may_read(actor: Actor, found: TestReport) -> bool:
    match actor.kind:
        case "testing_body":
            return found.laboratory_id == actor.organisation_id
        case "certification_body":
            return found.application.body_id == actor.organisation_id
        case "manufacturer":
            return found.application.applicant_id == actor.organisation_id
    return actor.kind == "regulator" and "regulator" in actor.roles
