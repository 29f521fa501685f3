"""Makers' answers for their programs."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core.api import described, handed_in
from core.db import db
from core.errors import NotFound
from core.web import json_response
from procurement.confirmations import operations, queries, shapes

bp = Blueprint("confirmations_api", __name__, url_prefix="/api/v1")


@bp.get("/confirmations")
@described("procurement", answer=shapes.OwnAnswers)
def confirmations() -> ResponseReturnValue:
    """The caller's products in the edition that is shown, with what was said of them."""
    actor, edition = current_actor(), queries.shown()
    queries.check_maker(actor)
    own = queries.own(actor, edition) if edition else []
    return json_response(
        {
            "edition": edition.number if edition else "",
            "until": edition.notice_to if edition else None,
            "items": [shapes.own(each) for each in own],
        }
    )


@bp.put("/confirmations/<number>")
@described("procurement", json=shapes.Said, also={404}, answer=shapes.OwnAnswer)
def put_confirmation(number: str) -> ResponseReturnValue:
    """Say that the product of a certificate is supplied, or refuse with a reason, until the notice ends."""
    actor, edition = current_actor(), queries.shown()
    queries.check_maker(actor)
    if edition is None:
        raise NotFound("edition-not-found")
    operations.answer(actor, edition, number, **handed_in(shapes.Said).model_dump())
    db.session.commit()
    return json_response(shapes.own(queries.one_own(actor, edition, number)))
