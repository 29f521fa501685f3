"""What was declared beside what was verified, for programs of the body."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.verification import queries, shapes
from core.api import described
from core.web import json_response

bp = Blueprint("verification_api", __name__, url_prefix="/api/v1/applications")


@bp.get("/<id:application_id>/verification")
@described("evaluation", answer=shapes.SheetAnswer)
def verification(application_id: int) -> ResponseReturnValue:
    """Every row, parameter and fact of a case, declared and verified, and the opinion."""
    case = queries.of_body(current_actor(), application_id)
    return json_response(shapes.sheet(queries.sheet(case), case.opinion))
