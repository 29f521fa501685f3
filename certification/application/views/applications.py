"""The applicant's pages: what is to be done, a new application, the case and its steps."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.application.forms import applications as forms
from certification.application.operations.applications import create_application
from certification.application.queries import agreements, road
from certification.application.queries import applications as cases
from certification.application.views.activity import activity_of
from certification.workflow import APPLICATION
from core import lifecycle
from core.db import db
from core.errors import Invalid, NotFound
from core.i18n import _
from core.machine import Offer
from core.step.door import Redisplay, send, try_step
from core.step.forms import StepForm
from core.words import sentence
from registers.queries import known as registers
from schemes import queries as rules

if TYPE_CHECKING:
    from certification.application.models import Application

applications = Blueprint("certification", __name__, url_prefix="/certification")
applications.add_app_template_global(road.reached)
applications.add_app_template_global(agreements.wording, "agreement_wording")

# Steps that are read and confirmed on a page of their own.
PAGES = {
    "submit": "certification/application/submit.html",
    "resubmit": "certification/application/submit.html",
    "sign": "certification/application/sign.html",
    "recall": "certification/application/recall.html",
}


@applications.get("/applications/new")
def new() -> ResponseReturnValue:
    return _new_page(_new_form())


@applications.post("/applications")
def create() -> ResponseReturnValue:
    form = _new_form()
    if not form.validate():
        return _new_page(form), 422
    try:
        scheme = rules.scheme_by_code(form.scheme.data)
        case = create_application(current_actor(), scheme, form.body.data)
    except Invalid as refused:
        db.session.rollback()
        for name, slug in refused.fields.items():
            form[name].errors = [*form[name].errors, sentence(slug, refused.detail)]
        return _new_page(form), 422
    db.session.commit()
    flash(_("草稿已建立，案卷号 %(number)s。可以分几次填写。", number=case.number), "ok")
    return redirect(url_for("certification.show", case_id=case.id))


def _new_form() -> forms.NewForm:
    form, schemes = forms.NewForm(), rules.schemes()
    form.offer(schemes, {scheme.code: registers.bodies_for(scheme.code) for scheme in schemes})
    return form


def _new_page(form: forms.NewForm) -> str:
    schemes = rules.schemes()
    bodies = {scheme.code: registers.bodies_for(scheme.code) for scheme in schemes}
    return render_template("certification/application/new.html", form=form, schemes=schemes, bodies=bodies)


@applications.get("/applications/<id:case_id>/answers")
def answers(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    return render_template("certification/application/answers.html", case=case, activity=activity_of(case))


@applications.get("/applications/<id:case_id>/agreement")
def agreement(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    return render_template("certification/application/sign.html", case=case)


@applications.get("/applications/<id:case_id>/agreement.pdf")
def agreement_pdf(case_id: int) -> ResponseReturnValue:
    """What both sides signed, as it was worded that day."""
    case = cases.application(current_actor(), case_id)
    if case.agreement is None or not case.agreement.document:
        raise NotFound("file-not-found")
    return send(case.agreement.document, f"{case.number}.pdf")


@applications.get("/applications/<id:case_id>/submitted")
def submitted(case_id: int) -> ResponseReturnValue:
    return render_template(
        "certification/application/submitted.html", case=own_case(case_id, current_actor())
    )


@applications.get("/applications/<id:case_id>/<any(submit,resubmit,sign,recall):step>")
def confirm(case_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    case = own_case(case_id, actor)
    APPLICATION.named(step).check_turn(case, actor)
    return step_page(case, actor, step, _step_form(case, step))


@applications.post("/applications/<id:case_id>/<step>")
def take(case_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    case = own_case(case_id, actor)
    form = _step_form(case, step)
    again = try_step(case, step, actor, form)
    if again is not None:
        return step_page(case, actor, step, form, again)
    if step in ("submit", "resubmit"):
        return redirect(url_for("certification.submitted", case_id=case_id))
    return redirect(url_for("certification.show", case_id=case_id))


def own_case(case_id: int, actor: Actor) -> "Application":
    """A case of the actor's own organisation: these pages are nobody else's."""
    case = cases.application(actor, case_id)
    if case.applicant_id != actor.organisation_id:
        raise NotFound("application-not-found")
    return case


def _step_form(case: "Application", step: str) -> StepForm:
    return forms.FORMS.get(step, StepForm)(data={"version": case.version})


def step_page(
    case: "Application", actor: Actor, step: str, form: StepForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    page = render_template(
        PAGES.get(step, PAGES["submit"]),
        case=case,
        step=step,
        form=form,
        again=again,
        offer=offered(case, actor, step),
        activity=activity_of(case),
    )
    return page, again.status if again else 200


def offered(case: "Application", actor: Actor, step: str) -> Offer | None:
    return next((offer for offer in lifecycle.offers(case, actor) if offer.name == step), None)
