"""Follow-up checks, for programs of the body and of the holder."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.aftercare import shapes
from certification.aftercare.queries import life
from certification.workflow import SURVEILLANCE
from core.api import asked_in, described
from core.step.api import StepCalls
from core.web import json_response

if TYPE_CHECKING:
    from certification.aftercare.models import Surveillance

bp = Blueprint("aftercare_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.get("/surveillance")
@described("certificates", query=shapes.ChecksQuery, answer=shapes.ChecksAnswer)
def surveillance_checks() -> ResponseReturnValue:
    """The open follow-up checks of the caller's certificates in force, the nearest due first."""
    asked = asked_in(shapes.ChecksQuery)
    page = life.checks(current_actor(), asked.page, asked.per_page)
    items = [_answer(check) for check in page.items]
    return json_response({"total": page.total, "page": page.number, "items": items})


@bp.get("/surveillance/<id:subject_id>")
@described("certificates", answer=shapes.CheckAnswer)
def surveillance_check(subject_id: int) -> ResponseReturnValue:
    """One follow-up check: its window, its visit, what was found, and the steps open to the caller."""
    return json_response(_answer(life.surveillance(current_actor(), subject_id)))


def _answer(check: "Surveillance") -> dict[str, object]:
    return calls.subject(check, "surveillance") | shapes.check(check)


calls.open(
    "surveillance", SURVEILLANCE, shapes.ASKS, life.surveillance, told=_answer, answer=shapes.CheckAnswer
)
