"""The messages of a case, for programs of each side that has a part in it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.messages import operations, queries, shapes
from core.api import asked_in, described, handed_in
from core.db import db
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
