"""The points a reviewer notes while reading, before the list is sent as a whole."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import actor_of_kind
from certification.application.operations.drafts import note_point
from certification.application.queries import applications as cases
from certification.workbench.views.reviews import reviews
from certification.workflow import APPLICATION
from core import asked
from core.db import db
from core.errors import Invalid
from core.i18n import _
from core.words import sentence


@reviews.post("/<id:case_id>/notes")
def note(case_id: int) -> ResponseReturnValue:
    """Put one point on the reviewer's own list; nobody else sees it before it is sent."""
    actor = actor_of_kind("certification_body")
    case = cases.application(actor, case_id)
    APPLICATION.named("correct").check_turn(case, actor)
    back = url_for("reviews.show", case_id=case_id, tab=asked.text("tab") or None, step="correct")
    try:
        note_point(actor, case, request.form.get("anchor", ""), request.form.get("text", ""))
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        flash(sentence(refused.slug), "warn")
        return redirect(back)
    flash(_("已记下一条补正意见，还没有发出"), "ok")
    return redirect(back)
