"""Shortlists for programs."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from accounts.session import current_actor
from core.api import PageNumber, asked_in, described, handed_in
from core.db import db
from core.errors import NotPermitted
from core.step.api import StepCalls, refuse_stale
from core.web import json_response
from procurement.bids import reading
from procurement.shortlists import operations, queries, shapes
from procurement.shortlists.workflow import SHORTLIST

if TYPE_CHECKING:
    from procurement.shortlists.models import Shortlist

bp = Blueprint("shortlists_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


class ShortlistsQuery(BaseModel):
    page: PageNumber = 1


@bp.get("/shortlists")
@described("procurement", query=ShortlistsQuery, answer=shapes.Shortlists)
def shortlists() -> ResponseReturnValue:
    """The shortlists of the caller's organisation, the newest first."""
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    page = queries.shortlists(current_actor(), asked_in(ShortlistsQuery).page)
    return json_response({"total": page.total, "items": [shapes.head(each) for each in page.items]})


@bp.post("/shortlists")
@described("procurement", json=shapes.NewShortlist, status=201, answer=shapes.ShortlistAnswer)
def begin_shortlist() -> ResponseReturnValue:
    """Begin one; products are put on it next."""
    asked = handed_in(shapes.NewShortlist)
    made = operations.begin(current_actor(), asked.title, asked.query, asked.on)
    db.session.commit()
    answer = json_response(_said(made), 201)
    answer.headers["Location"] = url_for("shortlists_api.shortlist", shortlist_id=made.id)
    return answer


@bp.get("/shortlists/<id:shortlist_id>")
@described("procurement", answer=shapes.ShortlistAnswer)
def shortlist(shortlist_id: int) -> ResponseReturnValue:
    """One shortlist: each line as it was answered, and as it is answered today."""
    return json_response(_said(queries.shortlist_of(current_actor(), shortlist_id)))


@bp.post("/shortlists/<id:shortlist_id>/lines")
@described("procurement", json=shapes.PutLines, answer=shapes.ShortlistAnswer)
def put_shortlist_lines(shortlist_id: int) -> ResponseReturnValue:
    """Put products on it; each is answered now, and the answer is kept."""
    found, asked = queries.shortlist_of(current_actor(), shortlist_id), handed_in(shapes.PutLines)
    refuse_stale(found, asked.version)
    operations.put(
        found, current_actor(), reading.given([each.model_dump() for each in asked.items], operations.MOST)
    )
    db.session.commit()
    return json_response(_said(found))


@bp.put("/shortlists/<id:shortlist_id>/lines/<id:line_id>")
@described("procurement", json=shapes.Decided, answer=shapes.ShortlistAnswer)
def decide_shortlist_line(shortlist_id: int, line_id: int) -> ResponseReturnValue:
    """Take a product or leave it, with the reason."""
    found, asked = queries.shortlist_of(current_actor(), shortlist_id), handed_in(shapes.Decided)
    refuse_stale(found, asked.version)
    operations.decide(found, current_actor(), line_id, asked.decision, asked.reason)
    db.session.commit()
    return json_response(_said(found))


def _said(found: "Shortlist") -> dict[str, object]:
    return calls.subject(found, "shortlists") | shapes.own(found)


calls.open(
    "shortlists",
    SHORTLIST,
    shapes.ASKS,
    queries.shortlist_of,
    tag="procurement",
    told=_said,
    answer=shapes.ShortlistAnswer,
)
