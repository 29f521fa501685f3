"""Which products wait for a 品目, and their assignments, for programs."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import current_actor
from core.api import PageNumber, asked_in, described, handed_in
from core.clock import today
from core.db import db
from core.errors import NotPermitted
from core.step.api import StepCalls
from core.web import json_response
from procurement import queries as lists
from procurement.assignments import operations, queries, shapes
from procurement.assignments.workflow import ASSIGNMENT

if TYPE_CHECKING:
    from procurement.assignments.models import CategoryAssignment

bp = Blueprint("assignments_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


class AssignmentsQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


@bp.get("/category_assignments")
@described("procurement", query=AssignmentsQuery, answer=shapes.Assignments)
def category_assignments() -> ResponseReturnValue:
    """The assignments of the caller's organisation, the newest first."""
    asked = asked_in(AssignmentsQuery)
    _check_reader()
    page = queries.assignments(current_actor(), asked.page, asked.per_page)
    return json_response({"total": page.total, "items": [_said(each) for each in page.items]})


@bp.get("/category_assignments/waiting")
@described("procurement", query=AssignmentsQuery, answer=shapes.UndecidedProducts)
def undecided_products() -> ResponseReturnValue:
    """The certified products whose 品目 is to be confirmed, with what the rules of today decide of each."""
    asked = asked_in(AssignmentsQuery)
    _check_reader()
    rules = lists.open_schemes(today())
    page = queries.waiting(rules, asked.page, asked.per_page)
    return json_response({"total": page.total, "items": list(map(shapes.undecided, page.items))})


@bp.post("/category_assignments")
@described("procurement", json=shapes.Proposed, status=201, answer=shapes.AssignmentAnswer)
def propose_assignment() -> ResponseReturnValue:
    """Propose to which 品目 products belong; another person confirms it."""
    made = operations.propose(current_actor(), **handed_in(shapes.Proposed).model_dump())
    db.session.commit()
    answer = json_response(_said(made), 201)
    answer.headers["Location"] = url_for("assignments_api.category_assignment", assignment_id=made.id)
    return answer


@bp.get("/category_assignments/<id:assignment_id>")
@described("procurement", answer=shapes.AssignmentAnswer)
def category_assignment(assignment_id: int) -> ResponseReturnValue:
    """One assignment, with the steps open to the caller."""
    return json_response(_said(queries.assignment_of(current_actor(), assignment_id)))


def _check_reader() -> None:
    if not queries.may_see(current_actor()):
        raise NotPermitted("role-not-held", step="propose")


def _said(found: "CategoryAssignment") -> dict[str, object]:
    return calls.subject(found, "category_assignments") | shapes.assignment(found)


calls.open(
    "category_assignments",
    ASSIGNMENT,
    shapes.ASKS,
    queries.assignment_of,
    tag="procurement",
    told=_said,
    answer=shapes.AssignmentAnswer,
)
