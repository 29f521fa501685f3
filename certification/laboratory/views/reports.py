"""A test report as its parties read it, and what the laboratory or the regulator does with it later."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.laboratory.forms import laboratory as forms
from certification.laboratory.operations import reports as verbs
from certification.laboratory.operations.testing import REPORTED
from certification.laboratory.queries import reports as questions
from certification.workflow.report import REPORT
from core import audit, clock, lifecycle
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from core.step.door import Redisplay, at, send, try_step
from core.step.forms import ReasonForm, StepForm

if TYPE_CHECKING:
    from certification.laboratory.models import TestReport

reports = Blueprint("reports", __name__, url_prefix="/certification/reports")


@reports.get("/<id:report_id>")
def show(report_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = questions.report(actor, report_id)
    if actor.kind == "regulator":  # a read of something confidential is part of the record
        audit.record(actor, "test_report.read", f"test_report/{found.id}")
        db.session.commit()
    return _page(found, actor)


@reports.get("/<id:report_id>/original")
def original(report_id: int) -> ResponseReturnValue:
    """The paper the laboratory handed in."""
    found = questions.report(current_actor(), report_id)
    if not found.file:
        raise NotFound("file-not-found")
    return send(found.file, found.file_name)


@reports.post("/<id:report_id>/<any(amend,retract):step>")
def take(report_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = questions.report(actor, report_id)
    form = _form(found, step, sent=True)
    again = try_step(found, step, actor, form)
    if again is None:
        following = found.amended_by.id if step == "amend" and found.amended_by else report_id
        return redirect(url_for("reports.show", report_id=following))
    return _page(found, actor, {step: form}, again)


@reports.post("/<id:report_id>/annul")
def annul(report_id: int) -> ResponseReturnValue:
    """The regulator has it taken back."""
    actor = current_actor()
    found = questions.report(actor, report_id)
    if actor.kind != "regulator":
        raise NotPermitted("role-not-held")
    form = ReasonForm(data={"version": found.version})
    if not form.validate():
        return _page(found, actor, {"annul": form}, Redisplay([], 422))
    try:
        verbs.order_retraction(found, actor, form.facts()["reason"])
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        return _page(found, actor, {"annul": form}, Redisplay(form.blame(refused), 422))
    return redirect(url_for("reports.show", report_id=report_id))


def _page(
    found: "TestReport",
    actor: Actor,
    typed: dict[str, StepForm] | None = None,
    again: Redisplay | None = None,
) -> ResponseReturnValue:
    offers = {offer.name: offer for offer in lifecycle.offers(found, actor)}
    made = {step: _form(found, step) for step in offers} | (typed or {})
    for step, form in made.items():
        at(form, step)
    may_annul = actor.kind == "regulator" and found.state in REPORT.sources("annul")
    if may_annul and "annul" not in made:
        made["annul"] = at(ReasonForm(data={"version": found.version}, formdata=None), "annul")
    page = render_template(
        "certification/laboratory/testing/report.html",
        report=found,
        case=found.application,
        offers=offers,
        forms=made,
        may_annul=may_annul,
        again=again,
        batch=found.batch if actor.kind in ("certification_body", "regulator") else None,
    )
    return page, again.status if again else 200


def _form(found: "TestReport", step: str, sent: bool = False) -> StepForm:
    if step not in forms.REPORT_FORMS:
        raise OutOfOrder("no-such-step", step=step)
    data = {name: getattr(found, name) for name in REPORTED}
    data |= {"version": found.version, "place": found.place}
    data |= {"issued_on": clock.today()}
    form = forms.REPORT_FORMS[step](data=data, **({} if sent else {"formdata": None}))
    if step == "amend":
        form.offer(found.sample)
    return form
