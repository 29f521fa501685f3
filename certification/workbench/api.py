"""What a case was evaluated to, for programs of both its sides."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.application.queries.applications import application
from certification.workbench import shapes
from certification.workbench.queries import workbench
from core.api import described
from core.web import json_response

bp = Blueprint("workbench_api", __name__, url_prefix="/api/v1/applications")


@bp.get("/<id:application_id>/evaluation")
@described("evaluation", answer=shapes.EvaluationAnswer)
def evaluation(application_id: int) -> ResponseReturnValue:
    """Each part of the evaluation with its conclusion, once the decision is told; nothing before."""
    case = application(current_actor(), application_id)
    return json_response({"items": list(map(shapes.part, workbench.told(case)))})
