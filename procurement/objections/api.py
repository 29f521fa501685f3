"""Objections for programs: brought about a public edition, read with their decisions, decided."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import current_actor, public
from core.api import PageNumber, asked_in, described, handed_in
from core.db import db
from core.step.api import StepCalls
from core.web import json_response
from procurement import queries as lists
from procurement.objections import operations, queries, shapes
from procurement.objections.workflow import OBJECTION_LAW

if TYPE_CHECKING:
    from procurement.objections.models import ListObjection

bp = Blueprint("objections_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


class ObjectionsQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


@bp.get("/lists/<number>/objections")
@described("procurement", query=ObjectionsQuery, answer=shapes.Objections)
@public
def objections(number: str) -> ResponseReturnValue:
    """What was brought against an edition and asked to be corrected in it, with the decisions."""
    asked = asked_in(ObjectionsQuery)
    page = queries.of_edition(lists.edition(number), asked.page, asked.per_page)
    return json_response({"total": page.total, "items": [shapes.public(each) for each in page.items]})


@bp.post("/lists/<number>/objections")
@described("procurement", json=shapes.Brought, status=201, also={404}, answer=shapes.Objection)
def bring_objection(number: str) -> ResponseReturnValue:
    """Object while an edition is shown, or ask for a correction within its days after publication."""
    made = operations.bring(lists.edition(number), **handed_in(shapes.Brought).model_dump())
    db.session.commit()
    return json_response(shapes.public(made), 201)


@bp.get("/objections/<id:objection_id>")
@described("procurement", answer=shapes.ObjectionAnswer)
def objection(objection_id: int) -> ResponseReturnValue:
    """One of them, for those who decide."""
    return json_response(_said(queries.objection_of(current_actor(), objection_id)))


def _said(found: "ListObjection") -> dict[str, object]:
    return calls.subject(found, "objections") | shapes.own(found)


calls.open(
    "objections",
    OBJECTION_LAW,
    shapes.ASKS,
    queries.objection_of,
    tag="procurement",
    told=_said,
    answer=shapes.ObjectionAnswer,
)
