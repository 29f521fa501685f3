"""Complaints about a certificate: an open door to bring one, and the pages of the body that answers."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guessing import client
from accounts.session import actor_of_kind, limiter, show_once
from accounts.session import public as open_to_all
from certification.certificate.queries import certificates
from certification.complaints import operations, queries
from certification.complaints.forms import FORMS, ComplainForm
from core import asked, audit, lifecycle
from core.db import db, reading
from core.errors import Invalid
from core.step.door import Tried, form_of, panel_of, send, try_step
from core.step.forms import StepForm
from core.words import sentence

if TYPE_CHECKING:
    from accounts.actor import Actor
    from certification.certificate.models import Certificate
    from certification.complaints.models import BodyComplaint

brought = Blueprint("complaints_public", __name__)
complaints = Blueprint("complaints", __name__, url_prefix="/certification/complaints")
complaints.add_app_template_global(queries.about, "complaints_about")
complaints.add_app_template_global(queries.referred, "complaint_referred")


@brought.get("/certificates/<number>/complaint")
@open_to_all
def new(number: str) -> ResponseReturnValue:
    return _new(certificates.certificate(number), ComplainForm(formdata=None))


@brought.post("/certificates/<number>/complaint")
@open_to_all
def file(number: str) -> ResponseReturnValue:
    """The receipt shows the code once; afterwards nobody can tell it."""
    found, form = certificates.certificate(number), ComplainForm()
    if not form.validate():
        return _new(found, form, 422)
    if not limiter.limiter.hit(operations.AS_MANY, "complaints", client()):
        form.form_errors.append(sentence("complaints-too-often"))
        return _new(found, form, 429)
    try:
        complaint, code = operations.bring(found, **form.facts())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _new(found, form, 422)
    page = "certification/complaints/receipt.html"
    return show_once(render_template(page, complaint=complaint, code=code))


def _new(found: "Certificate", form: ComplainForm, status: int = 200) -> ResponseReturnValue:
    return render_template("certification/complaints/new.html", certificate=found, form=form), status


# For the body


@complaints.get("/")
def index() -> ResponseReturnValue:
    page = queries.complaints(actor_of_kind("certification_body"), asked.page())
    return render_template("certification/complaints/index.html", page=page)


@complaints.get("/<id:complaint_id>")
def show(complaint_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    return _page(queries.complaint(actor, complaint_id), actor)


@complaints.get("/<id:complaint_id>/complainant")
def complainant(complaint_id: int) -> ResponseReturnValue:
    """Who brought it, for the handler alone; each look is written down."""
    actor = actor_of_kind("certification_body")
    queries.complainant(actor, queries.complaint(actor, complaint_id))
    _leave_a_trace(actor, f"body_complaint/{complaint_id}/complainant")
    found = queries.complaint(actor, complaint_id)
    person = queries.complainant(actor, found)
    page = "certification/complaints/complainant.html"
    return show_once(render_template(page, complaint=found, person=person))


@complaints.get("/<id:complaint_id>/file")
def evidence(complaint_id: int) -> ResponseReturnValue:
    """What was handed in may say who handed it in: for the handler alone, and each look is written down."""
    actor = actor_of_kind("certification_body")
    digest, name = queries.evidence(actor, queries.complaint(actor, complaint_id))
    _leave_a_trace(actor, f"body_complaint/{complaint_id}/file")
    return send(digest, name)


@complaints.post("/<id:complaint_id>/<step>")
def take(complaint_id: int, step: str) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    found = queries.complaint(actor, complaint_id)
    form = _form(found, step)
    again = try_step(found, step, actor, form)
    if again is None:
        return redirect(url_for("complaints.show", complaint_id=complaint_id), 303)
    return _page(found, actor, (step, form, again))


def _page(found: "BodyComplaint", actor: "Actor", tried: Tried | None = None) -> ResponseReturnValue:
    panel = panel_of(found, actor, lambda step: _form(found, step), tried)
    page = render_template(
        "certification/complaints/show.html",
        complaint=found,
        mine=found.handler_id == actor.id,
        history=lifecycle.history("body_complaint", found.id),
        panel=panel,
    )
    return page, panel.status


def _form(found: "BodyComplaint", step: str) -> StepForm:
    return form_of(FORMS, step, version=found.version, findings=found.findings)


def _leave_a_trace(actor: "Actor", subject: str) -> None:
    """The one thing a look may write, in a transaction of its own."""
    db.session.rollback()
    token = reading.set(False)
    try:
        audit.record(actor, "body_complaint.read", subject)
        db.session.commit()
    finally:
        reading.reset(token)
