"""The messages of a case, for programs of each side that has a part in it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.messages import operations, queries, shapes
from core.api import asked_in, described, handed_in
from core.db import db
from core.errors import OutOfOrder
from core.web import json_response

bp = Blueprint("messages_api", __name__, url_prefix="/api/v1/applications")


@bp.get("/<id:application_id>/messages")
@described("applications", query=shapes.ThreadQuery, answer=shapes.MessagesAnswer)
def messages(application_id: int) -> ResponseReturnValue:
    """One thread of a case, the newest message first, beside the threads the caller has."""
    actor, asked = current_actor(), asked_in(shapes.ThreadQuery)
    case = queries.case_of(actor, application_id)
    page = queries.messages(actor, case, asked.thread, asked.page, asked.per_page)
    threads = [
        {
            "key": each.key,
            "laboratory": each.laboratory.name if each.laboratory else None,
            "count": each.count,
            "unread": each.unread,
        }
        for each in queries.threads(actor, case)
    ]
    items = [shapes.message(each) for each in page.items]
    return json_response({"total": page.total, "page": page.number, "threads": threads, "items": items})


@bp.post("/<id:application_id>/messages")
@described("applications", form=shapes.Written, status=201, answer=shapes.MessageAnswer)
def send_message(application_id: int) -> ResponseReturnValue:
    """Write to the other side, with a file or without."""
    actor, said = current_actor(), handed_in(shapes.Written)
    case = queries.case_of(actor, application_id)
    uploads = [(said.file.stream, said.file.filename or "")] if said.file else []
    sent = operations.send(case, actor, said.to, said.text, uploads)
    db.session.commit()
    return json_response(shapes.message(sent), 201)


@bp.get("/<id:application_id>/openings")
@described("applications", answer=shapes.OpeningsAnswer)
def openings(application_id: int) -> ResponseReturnValue:
    """What the applicant asked to be opened, with what was answered."""
    actor = current_actor()
    found = queries.openings(actor, queries.case_of(actor, application_id))
    return json_response({"items": list(map(shapes.opening, found))})


@bp.post("/<id:application_id>/openings")
@described("applications", json=shapes.OpeningAsked, status=201, answer=shapes.OpeningAnswer)
def ask_opening(application_id: int) -> ResponseReturnValue:
    """Ask that a place be opened that is shut, with the reason."""
    actor = current_actor()
    case = queries.case_of(actor, application_id)
    said = handed_in(shapes.OpeningAsked)
    asked = operations.ask_opening(case, actor, said.place, said.reason, said.splits)
    db.session.commit()
    return json_response(shapes.opening(asked), 201)


@bp.post("/openings/<id:opening_id>/grant")
@described("applications", json=shapes.OpeningAnswered, answer=shapes.OpeningAnswer)
def grant_opening(opening_id: int) -> ResponseReturnValue:
    """Open what was asked: a point of the correction that waits, or of a new one."""
    return _answered(opening_id, granted=True)


@bp.post("/openings/<id:opening_id>/refuse")
@described("applications", json=shapes.OpeningAnswered, answer=shapes.OpeningAnswer)
def refuse_opening(opening_id: int) -> ResponseReturnValue:
    """Leave it shut, with the reason."""
    return _answered(opening_id, granted=False)


def _answered(opening_id: int, granted: bool) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.opening(actor, opening_id)
    said = handed_in(shapes.OpeningAnswered)
    if said.version not in (None, found.version):
        raise OutOfOrder("page-is-stale")
    operations.answer_opening(found, actor, granted, said.answer)
    db.session.commit()
    return json_response(shapes.opening(found))
