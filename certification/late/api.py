"""Days that are typed late, for programs of bodies and laboratories."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.late import operations, queries, shapes
from core.api import described, handed_in
from core.db import db
from core.errors import OutOfOrder
from core.web import json_response

bp = Blueprint("late_api", __name__, url_prefix="/api/v1")


@bp.get("/applications/<id:application_id>/late-entries")
@described("applications", answer=shapes.LateEntriesAnswer)
def late_entries(application_id: int) -> ResponseReturnValue:
    """The documents for days that were typed after a right had ended, with what a second person said."""
    actor = current_actor()
    found = queries.entries(actor, queries.case_of(actor, application_id))
    return json_response({"items": list(map(shapes.late_entry, found))})


@bp.post("/applications/<id:application_id>/late-entries")
@described("applications", form=shapes.LateEntryFiled, status=201, answer=shapes.LateEntryAnswer)
def file_late_entry(application_id: int) -> ResponseReturnValue:
    """Hand in a document of the days of a visit, or of tests, that are typed only now."""
    actor = current_actor()
    case = queries.case_of(actor, application_id)
    said = handed_in(shapes.LateEntryFiled)
    days = {"first": said.first, "last": said.last}
    made = operations.file_late(case, actor, **days, reason=said.reason, document=said.document)
    db.session.commit()
    return json_response(shapes.late_entry(made), 201)


@bp.post("/late-entries/<id:entry_id>/confirm")
@described("applications", json=shapes.LateEntryAnswered, answer=shapes.LateEntryAnswer)
def confirm_late_entry(entry_id: int) -> ResponseReturnValue:
    """Say as the second person that the document is of its days."""
    return _answered(entry_id, confirmed=True)


@bp.post("/late-entries/<id:entry_id>/refuse")
@described("applications", json=shapes.LateEntryAnswered, answer=shapes.LateEntryAnswer)
def refuse_late_entry(entry_id: int) -> ResponseReturnValue:
    """Say why it shows nothing."""
    return _answered(entry_id, confirmed=False)


def _answered(entry_id: int, confirmed: bool) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.entry(actor, entry_id)
    said = handed_in(shapes.LateEntryAnswered)
    if said.version not in (None, found.version):
        raise OutOfOrder("page-is-stale")
    operations.answer_late(found, actor, confirmed, said.answer)
    db.session.commit()
    return json_response(shapes.late_entry(found))
