"""The report of a case, for its client and its body."""

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.reporting.models import EvaluationReport
from core.errors import NotFound


def report_of(actor: Actor, case_id: int) -> EvaluationReport:
    """The newest, of a case that the actor may read; NotFound while no decision is told."""
    found = newest(application(actor, case_id))
    if found is None:
        raise NotFound("evaluation-report-not-found")
    return found


def newest(case: Application) -> EvaluationReport | None:
    return case.evaluation_reports[-1] if case.evaluation_reports else None
