"""Handing cases over to a colleague: a case belongs to the organisation, whoever leaves it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.application.forms.handover import HandoverForm
from certification.application.operations import responsibility as operations
from certification.application.queries import applications as cases
from certification.application.queries import responsibility
from core import asked
from core.db import db
from core.errors import Invalid, NotPermitted
from core.i18n import _
from core.once import repeatable

handover = Blueprint("handover", __name__, url_prefix="/certification/handover")
handover.add_app_template_global(responsibility.responsible)
handover.add_app_template_global(responsibility.responsible_people)
handover.add_app_template_global(responsibility.handed_over)

KINDS = ("manufacturer", "certification_body")


@handover.get("/")
def index() -> ResponseReturnValue:
    actor = _of_a_party()
    form = _form(actor, {"formdata": None})
    form.cases.data = [asked.number("case")]
    return _page(actor, form)


@handover.post("/")
@repeatable
def hand_over() -> ResponseReturnValue:
    actor = _of_a_party()
    form = _form(actor)
    if not form.validate():
        return _page(actor, form), 422
    try:
        for case_id in form.cases.data or ():
            operations.hand_over(
                cases.application(actor, case_id), actor, form.user_id.data, form.reason.data or ""
            )
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return _page(actor, form), 422
    flash(_("已移交 %(count)s 个案卷", count=len(form.cases.data or ())), "ok")
    return redirect(url_for("handover.index"), 303)


def _of_a_party() -> Actor:
    actor = current_actor()
    if actor.kind not in KINDS:
        raise NotPermitted("handover-not-yours")
    return actor


def _form(actor: Actor, how: dict[str, object] | None = None) -> HandoverForm:
    form = HandoverForm(**(how or {}))
    form.offer(responsibility.open_numbers(actor), responsibility.successors(actor))
    return form


def _page(actor: Actor, form: HandoverForm) -> str:
    person = asked.number("person")
    return render_template(
        "certification/application/handover/index.html",
        form=form,
        held=responsibility.open_cases(actor, person, asked.page()),
        people=responsibility.people(actor),
        person=person,
        managing="organisation_admin" in actor.roles,
        case_at="reviews.show" if actor.kind == "certification_body" else "certification.show",
    )
