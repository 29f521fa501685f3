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
from core.errors import NotPermitted
from core.i18n import _
from core.once import repeatable
from core.words import say

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
    chosen = {case_id: cases.application(actor, case_id) for case_id in form.cases.data or ()}
    told = operations.hand_over_each(chosen.values(), actor, form.user_id.data, form.reason.data or "")
    refused = {case_id: no for case_id, no in told.items() if no}
    if len(refused) == len(told):
        db.session.rollback()
        for no in {no.slug: no for no in refused.values()}.values():
            form.blame(no)
        return _page(actor, form), 422
    left = [(chosen[case_id].number, say(no)) for case_id, no in refused.items()]
    db.session.commit()
    flash(_("已移交 %(count)s 个案卷", count=len(told) - len(refused)), "ok")
    for number, why in left:
        flash(_("案卷 %(number)s 没有移交：%(why)s", number=number, why=why), "warn")
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
    person, chosen = asked.number("person"), form.cases.data or []
    offered = {choice[0] for choice in form.cases.choices or ()}
    one = chosen[0] if len(chosen) == 1 and chosen[0] in offered else None
    return render_template(
        "certification/application/handover/index.html",
        form=form,
        held=responsibility.open_cases(actor, person, asked.page()),
        people=responsibility.people(actor),
        person=person,
        case=cases.application(actor, one) if one else None,
        managing="organisation_admin" in actor.roles,
        case_at="reviews.show" if actor.kind == "certification_body" else "certification.show",
    )
