"""The report of an evaluation, for programs of its client and its body."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.reporting import queries, shapes
from core.api import described
from core.web import json_response

bp = Blueprint("reporting_api", __name__, url_prefix="/api/v1/applications")


@bp.get("/<id:application_id>/evaluation-report")
@described("evaluation", answer=shapes.EvaluationReportAnswer)
def evaluation_report(application_id: int) -> ResponseReturnValue:
    """What was evaluated, found and decided, once the decision is told."""
    return json_response(shapes.report(queries.report_of(current_actor(), application_id)))
