"""The goods of a purchase for programs."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, reads_first
from core.api import described, handed_in
from core.errors import NotPermitted
from core.once import repeatable
from core.web import json_response
from procurement.bids import reading
from procurement.tender import queries, shapes
from procurement.verdict.queries import data_version

bp = Blueprint("tender_api", __name__, url_prefix="/api/v1/tenders")


@bp.post("/preview")
@described("procurement", json=shapes.NewTender, answer=shapes.TenderAnswer)
@repeatable
@reads_first
def preview_tender() -> ResponseReturnValue:
    """Which goods are compulsory or preferred and why, who could supply them, and the texts for the tender.

    Nothing is stored.
    """
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    asked = handed_in(shapes.NewTender)
    sheet = reading.given([each.model_dump() for each in asked.items], queries.MOST, queries.GOODS)
    return json_response(shapes.answer(queries.answer(sheet, asked.on), data_version()))
