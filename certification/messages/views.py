"""The page of the messages of a case, the same for each side that has a part in it."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.application.queries.submissions import place_text
from certification.impartiality.views import ask_first
from certification.messages import operations, queries
from certification.messages.forms import MessageForm, OpeningAnswerForm, OpeningForm
from core import asked
from core.db import db
from core.errors import Invalid
from core.i18n import _
from core.once import repeatable
from core.step.door import Redisplay, at, try_begin, try_save
from core.step.door import send as handed_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certification.application.models import Application

messages = Blueprint("messages", __name__, url_prefix="/certification/cases")
messages.before_request(ask_first)
messages.add_app_template_global(queries.unread, "unread_messages")
messages.add_app_template_global(queries.kept, "messages_kept")


@messages.get("/<id:case_id>/messages")
def show(case_id: int) -> ResponseReturnValue:
    return _page(queries.case_of(current_actor(), case_id))


@messages.post("/<id:case_id>/messages")
def write(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    case = queries.case_of(actor, case_id)
    form = _form(case)
    if not form.validate():
        return _page(case, form)
    try:
        operations.send(case, actor, form.to.data or "", form.text.data or "", form.uploads())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return _page(case, form)
    flash(_("已发送"), "ok")
    return redirect(url_for("messages.show", case_id=case_id, thread=form.to.data, _anchor="last"), 303)


@messages.post("/<id:case_id>/messages/read")
@repeatable
def mark_read(case_id: int) -> ResponseReturnValue:
    actor, key = current_actor(), request.form.get("thread", "")
    operations.read(queries.case_of(actor, case_id), actor, key)
    db.session.commit()
    return redirect(url_for("messages.show", case_id=case_id, thread=key), 303)


@messages.post("/<id:case_id>/openings")
def ask_opening(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    case = queries.case_of(actor, case_id)
    form = _opening_form(case)
    asked_for = (form.place.data or "", form.reason.data or "", bool(form.splits.data))
    if try_begin(form, lambda: operations.ask_opening(case, actor, *asked_for)) is None:
        return _page(case, opening=form)
    flash(_("已请求，等机构答复"), "ok")
    return redirect(url_for("messages.show", case_id=case_id, _anchor="openings"), 303)


@messages.post("/openings/<id:opening_id>/<any(grant,refuse):verdict>")
def answer_opening(opening_id: int, verdict: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.opening(actor, opening_id)
    form, granted = OpeningAnswerForm(), verdict == "grant"

    def answer(answer: str) -> None:
        operations.answer_opening(found, actor, granted, answer)

    again = try_save(found, form, answer)
    if again:
        return _page(found.application, answers={opening_id: form}, again=again)
    flash(_("已开放") if granted else _("已答复：不开放"), "ok")
    return redirect(url_for("messages.show", case_id=found.application_id, _anchor="openings"), 303)


@messages.get("/messages/files/<id:file_id>")
def file(file_id: int) -> ResponseReturnValue:
    found = queries.file(current_actor(), file_id)
    return handed_out(found.digest, found.name)


def _form(case: "Application") -> MessageForm:
    actor = current_actor()
    sent = {} if request.method == "POST" else {"formdata": None}
    threads = queries.threads(actor, case)
    chosen = asked.text("thread") or (threads[0].key if threads else "")
    return MessageForm(data={"to": chosen}, **sent).offer(threads, actor.kind != "certification_body")


def _opening_form(case: "Application") -> OpeningForm:
    """Begins with the place one came from."""
    sent = {} if request.endpoint == "messages.ask_opening" else {"formdata": None}
    shut = queries.shut_places(case) if queries.may_be_opened(case) else {}
    named = {
        section: [(place, place_text(case, place)) for place in found] for section, found in shut.items()
    }
    return OpeningForm(data={"place": asked.text("place")}, **sent).offer(named)


def _answer_forms(
    case: "Application", sent: "Mapping[int, OpeningAnswerForm]"
) -> "dict[int, OpeningAnswerForm]":
    """One for each request that waits for this actor."""
    if not queries.may_answer(current_actor(), case):
        return {}
    waiting = [each for each in case.openings if each.is_asked]
    made = {
        each.id: sent.get(each.id) or OpeningAnswerForm(data={"version": each.version}, formdata=None)
        for each in waiting
    }
    return {number: at(form, f"opening-{number}") for number, form in made.items()}


def _page(
    case: "Application",
    form: MessageForm | None = None,
    opening: OpeningForm | None = None,
    answers: "Mapping[int, OpeningAnswerForm] | None" = None,
    again: Redisplay | None = None,
) -> ResponseReturnValue:
    actor = current_actor()
    found = {each.key: each for each in queries.threads(actor, case)}
    wished = (form.to.data if form else asked.text("thread")) or ""
    thread = found.get(wished) or next(iter(found.values()))
    page = render_template(
        "certification/messages/show.html",
        case=case,
        threads=list(found.values()),
        thread=thread,
        page=queries.messages(actor, case, thread.key, asked.page()),
        form=form or _form(case),
        writing=queries.may_write(actor, case),
        openings=queries.openings(actor, case),
        opening=opening or (_opening_form(case) if queries.may_ask(actor, case) else None),
        answers=_answer_forms(case, answers or {}),
        again=again,
        actor=actor,
    )
    status = again.status if again else 422 if form or opening else 200
    return page, status
