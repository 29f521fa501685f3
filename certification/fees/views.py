"""Fees: published for everybody, quoted and accounted for the parties of a case."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from accounts.session import public as open_to_all
from certification.application.queries import applications as cases
from certification.fees import queries as questions
from certification.fees.forms import EntryForm, PublishForm
from certification.fees.operations import ENTERED_BY, PRICES, PUBLISHERS, enter_fee, publish_fees
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from core.i18n import _
from core.step.door import Redisplay, send

fees = Blueprint("fees", __name__)
fees.add_app_template_global(questions.fees_by_body)
fees.add_app_template_global(questions.expected, "expected_fees")


@fees.get("/fees/")
@open_to_all
def published() -> ResponseReturnValue:
    """认证认可条例 art. 20: a body publishes what it charges."""
    return render_template("certification/fees/published.html", rules=questions.published(), prices=PRICES)


@fees.get("/certification/fees/")
def own() -> ResponseReturnValue:
    return _own(_form())


@fees.post("/certification/fees/")
def publish() -> ResponseReturnValue:
    actor, form = current_actor(), _form(sent=True)
    if not form.validate():
        return _own(form, Redisplay([], 422))
    facts = form.facts() | {"effective_from": form.effective_from.data or today()}
    try:
        publish_fees(actor, **facts)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _own(form, Redisplay(form.blame(refused), 422))
    flash(_("收费标准已公布"), "ok")
    return redirect(url_for("fees.own"), 303)


@fees.get("/certification/fees/cases/<id:case_id>")
def account(case_id: int) -> ResponseReturnValue:
    return _account(case_id)


@fees.post("/certification/fees/cases/<id:case_id>/<any(reduction, invoice, payment):kind>")
def enter(case_id: int, kind: str) -> ResponseReturnValue:
    actor = current_actor()
    case, form = cases.application(actor, case_id), EntryForm()
    if not form.validate():
        return _account(case_id, kind, form, Redisplay([], 422))
    try:
        enter_fee(case, actor, kind, **form.facts())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _account(case_id, kind, form, Redisplay(form.blame(refused), 422))
    flash(_("已登记"), "ok")
    return redirect(url_for("fees.account", case_id=case_id), 303)


@fees.get("/certification/fees/entries/<id:entry_id>/file")
def file(entry_id: int) -> ResponseReturnValue:
    found = questions.entry(current_actor(), entry_id)
    if not found.file:
        raise NotFound("file-not-found")
    return send(found.file, found.file_name)


def _form(sent: bool = False) -> PublishForm:
    """The form, for those who may publish."""
    actor = current_actor()
    if actor.kind != "certification_body" or not PUBLISHERS & actor.roles:
        raise NotPermitted("role-not-held", step="publish_fees")
    form = PublishForm(**({} if sent else {"formdata": None}))
    form.scheme_code.choices = questions.schemes_of(actor)
    return form


def _own(form: PublishForm, again: Redisplay | None = None) -> ResponseReturnValue:
    own = current_actor().organisation_id
    rules = [row for row in questions.published() if row[0].body_id == own]
    page = render_template("certification/fees/own.html", rules=rules, prices=PRICES, form=form, again=again)
    return page, again.status if again else 200


def _account(
    case_id: int, kind: str = "", form: EntryForm | None = None, again: Redisplay | None = None
) -> ResponseReturnValue:
    actor = current_actor()
    if actor.kind == "regulator":  # who reads cases at /oversight/
        raise NotFound("application-not-found")
    case = cases.application(actor, case_id)
    kinds = [name for name, role in ENTERED_BY.items() if role in actor.roles]
    page = render_template(
        "certification/fees/account.html",
        case=case,
        account=questions.account(actor, case_id),
        kinds=[] if case.is_draft else kinds,
        kind=kind,
        form=form or EntryForm(formdata=None),
        again=again,
    )
    return page, again.status if again else 200
