"""Suspended makers for programs."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import current_actor, public
from core.api import PageNumber, asked_in, described, handed_in
from core.clock import today
from core.db import db
from core.members import Day
from core.step.api import StepCalls, refuse_stale
from core.web import json_response
from procurement.suspensions import operations, queries, shapes
from procurement.suspensions.workflow import SUSPENSION

if TYPE_CHECKING:
    from procurement.suspensions.models import EnterpriseSuspension

bp = Blueprint("suspensions_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


class SuspensionsQuery(BaseModel):
    on: Day | None = Field(None, description="Those that count on this day; today when left out.")
    all: bool = Field(False, description="Every one there ever was, whatever the day.")
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


@bp.get("/suspensions")
@described("procurement", query=SuspensionsQuery, answer=shapes.Suspensions)
@public
def suspensions() -> ResponseReturnValue:
    """The makers that are suspended on a day, with ground and basis, the newest first."""
    asked = asked_in(SuspensionsQuery)
    day = None if asked.all else asked.on or today()
    page = queries.public(day, asked.page, asked.per_page)
    return json_response(
        {"on": day, "total": page.total, "items": [shapes.public(each) for each in page.items]}
    )


@bp.post("/suspensions")
@described("procurement", json=shapes.Proposed, status=201, answer=shapes.SuspensionAnswer)
def propose_suspension() -> ResponseReturnValue:
    """Propose one; another person approves it."""
    made = operations.propose(current_actor(), handed_in(shapes.Proposed).model_dump())
    db.session.commit()
    answer = json_response(_said(made), 201)
    answer.headers["Location"] = url_for("suspensions_api.suspension", suspension_id=made.id)
    return answer


@bp.get("/suspensions/<id:suspension_id>")
@described("procurement", answer=shapes.SuspensionAnswer)
def suspension(suspension_id: int) -> ResponseReturnValue:
    """One suspension, with the steps open to the caller."""
    return json_response(_said(queries.suspension_of(current_actor(), suspension_id)))


@bp.put("/suspensions/<id:suspension_id>")
@described("procurement", json=shapes.Written, answer=shapes.SuspensionAnswer)
def put_suspension(suspension_id: int) -> ResponseReturnValue:
    """Write it anew, whole, on the version that was read; until it is decided."""
    found, asked = queries.suspension_of(current_actor(), suspension_id), handed_in(shapes.Written)
    refuse_stale(found, asked.version)
    operations.write(found, current_actor(), asked.model_dump(exclude={"version"}))
    db.session.commit()
    return json_response(_said(found))


def _said(found: "EnterpriseSuspension") -> dict[str, object]:
    return calls.subject(found, "suspensions") | shapes.own(found)


calls.open(
    "suspensions",
    SUSPENSION,
    shapes.ASKS,
    queries.suspension_of,
    tag="procurement",
    told=_said,
    answer=shapes.SuspensionAnswer,
)
