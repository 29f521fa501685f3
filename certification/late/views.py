"""The page on which days that are typed late are shown to have been, for body and laboratory."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.impartiality.views import ask_first
from certification.late import operations, queries
from certification.late.forms import LateAnswerForm, LateForm
from core.i18n import _
from core.lifecycle import why_late
from core.step.door import Redisplay, at, send, try_begin, try_save

if TYPE_CHECKING:
    from certification.application.models import Application

late = Blueprint("late", __name__, url_prefix="/certification/cases")
late.before_request(ask_first)
late.add_app_template_global(why_late)


@late.get("/<id:case_id>/late-entries")
def show(case_id: int) -> ResponseReturnValue:
    return _page(queries.case_of(current_actor(), case_id))


@late.post("/<id:case_id>/late-entries")
def file_late(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    case = queries.case_of(actor, case_id)
    form = LateForm()
    if try_begin(form, lambda: operations.file_late(case, actor, **form.facts())) is None:
        return _page(case, form)
    flash(_("已提交，等另一人确认"), "ok")
    return redirect(url_for("late.show", case_id=case_id), 303)


@late.post("/late-entries/<id:entry_id>/<any(confirm,refuse):verdict>")
def answer_late(entry_id: int, verdict: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.entry(actor, entry_id)
    form, confirmed = LateAnswerForm(), verdict == "confirm"

    def answer(answer: str) -> None:
        operations.answer_late(found, actor, confirmed, answer)

    again = try_save(found, form, answer)
    if again:
        return _page(found.application, answers={entry_id: form}, again=again)
    flash(_("补录已确认") if confirmed else _("补录未获确认"), "ok")
    return redirect(url_for("late.show", case_id=found.application_id), 303)


@late.get("/late-entries/<id:entry_id>/document")
def document(entry_id: int) -> ResponseReturnValue:
    found = queries.entry(current_actor(), entry_id)
    return send(found.document, found.document_name)


def _page(
    case: "Application",
    form: LateForm | None = None,
    answers: Mapping[int, LateAnswerForm] | None = None,
    again: Redisplay | None = None,
) -> ResponseReturnValue:
    actor, sent = current_actor(), answers or {}
    entries = queries.entries(actor, case)
    made = {
        each.id: at(
            sent.get(each.id) or LateAnswerForm(data={"version": each.version}, formdata=None),
            f"late-{each.id}",
        )
        for each in entries
        if queries.may_answer(actor, each)
    }
    page = render_template(
        "certification/late/show.html",
        case=case,
        entries=entries,
        form=form or (LateForm(formdata=None) if queries.may_file(actor, case) else None),
        answers=made,
        again=again,
        actor=actor,
    )
    status = again.status if again else 422 if form else 200
    return page, status
