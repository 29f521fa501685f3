"""Appeals: the client files one against an act, the body hears it, the regulator concludes a second."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from certification.acts import queries as questions
from certification.acts.forms import FORMS, FileAppealForm
from certification.acts.operations.appeals import file_appeal, may_appeal
from certification.acts.views.acts import a_party
from core import asked, lifecycle
from core.db import db
from core.errors import Invalid, NotFound, Unmet
from core.i18n import _
from core.step.door import Redisplay, Tried, form_of, panel_of, send, try_step
from core.step.forms import StepForm

if TYPE_CHECKING:
    from certification.acts.models import Appeal, WrittenAct

appeals = Blueprint("appeals", __name__, url_prefix="/certification/appeals")


@appeals.get("/")
def index() -> ResponseReturnValue:
    page = questions.appeals(a_party(), page=asked.page())
    return render_template("certification/acts/appeals/index.html", page=page)


@appeals.get("/new/<number>")
def new(number: str) -> ResponseReturnValue:
    return _new(questions.act(a_party(), number), FileAppealForm(formdata=None))


@appeals.post("/new/<number>")
def file(number: str) -> ResponseReturnValue:
    actor = a_party()
    act, form = questions.act(actor, number), FileAppealForm()
    if not form.validate():
        return _new(act, form, Redisplay([], 422))
    upload = form.upload.data if form.upload.data and form.upload.data.filename else None
    try:
        appeal = file_appeal(act, actor, form.grounds.data or "", upload)
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        return _new(act, form, Redisplay(form.blame(refused), 422))
    flash(_("申诉已提出，编号 %(number)s", number=appeal.number), "ok")
    return redirect(url_for("appeals.show", appeal_id=appeal.id), 303)


@appeals.get("/<id:appeal_id>")
def show(appeal_id: int) -> ResponseReturnValue:
    return _page(questions.appeal(a_party(), appeal_id))


@appeals.get("/<id:appeal_id>/evidence")
def evidence(appeal_id: int) -> ResponseReturnValue:
    found = questions.appeal(a_party(), appeal_id)
    if not found.file:
        raise NotFound("file-not-found")
    return send(found.file, found.file_name)


@appeals.post("/<id:appeal_id>/<step>")
def take(appeal_id: int, step: str) -> ResponseReturnValue:
    actor = a_party()
    found = questions.appeal(actor, appeal_id)
    form = _form(found, step)
    again = try_step(found, step, actor, form)
    if again is None:
        return redirect(url_for("appeals.show", appeal_id=appeal_id), 303)
    return _page(found, (step, form, again))


def _new(act: "WrittenAct", form: FileAppealForm, again: Redisplay | None = None) -> ResponseReturnValue:
    page = render_template(
        "certification/acts/appeals/new.html",
        act=act,
        said=questions.said(act),
        form=form,
        again=again,
        refused=may_appeal(act, a_party()),
    )
    return page, again.status if again else 200


def _page(found: "Appeal", tried: Tried | None = None) -> ResponseReturnValue:
    panel = panel_of(found, a_party(), lambda step: _form(found, step), tried)
    page = render_template(
        "certification/acts/appeals/show.html",
        appeal=found,
        said=questions.said(found.act),
        history=lifecycle.history("appeal", found.id),
        panel=panel,
    )
    return page, panel.status


def _form(found: "Appeal", step: str) -> StepForm:
    return form_of(FORMS, step, version=found.version, findings=found.findings)
