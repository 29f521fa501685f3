"""Checks of bids for programs: made, read and run again."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from accounts.session import current_actor, public, reads_first
from core.api import PageNumber, asked_in, described, handed_in
from core.db import db, start_writing
from core.errors import NotPermitted
from core.web import json_response
from procurement.bids import operations, queries, reading, shapes

bp = Blueprint("bids_api", __name__, url_prefix="/api/v1/checks")


class ChecksQuery(BaseModel):
    page: PageNumber = 1


@bp.get("")
@described("procurement", query=ChecksQuery, answer=shapes.CheckHeads)
def checks() -> ResponseReturnValue:
    """The checks of the caller's organisation, the newest first."""
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    page = queries.checks(current_actor(), asked_in(ChecksQuery).page)
    return json_response({"total": page.total, "items": [shapes.head(each) for each in page.items]})


@bp.post("")
@described("procurement", json=shapes.NewCheck, status=201, answer=shapes.CheckAnswer)
@reads_first
def create_check() -> ResponseReturnValue:
    """Have the lines of a bid answered, signed and kept; the annex says the same at any time."""
    asked = handed_in(shapes.NewCheck)
    sheet = reading.given([each.model_dump() for each in asked.items])
    answers = operations.ask(current_actor(), asked.on, sheet)
    start_writing()
    made = operations.keep(answers, asked.title)
    db.session.commit()
    answer = json_response(shapes.check(made), 201)
    answer.headers["Location"] = url_for("bids_api.check", address=made.address)
    return answer


@bp.get("/<address>")
@described("procurement", answer=shapes.CheckAnswer)
@public
def check(address: str) -> ResponseReturnValue:
    """For whoever holds the annex, which alone tells its address."""
    return json_response(shapes.check(queries.check(address)))


@bp.get("/<address>/rerun")
@described("procurement", answer=shapes.RerunAnswer)
@public
def check_again(address: str) -> ResponseReturnValue:
    """Judged anew as known then, and apart from it as known now."""
    return json_response(shapes.rerun(queries.rerun(queries.check(address))))
