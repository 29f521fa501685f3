"""Complaints and reports: an open door to bring them in, and the regulator's own pages."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from accounts.actor import Actor
from accounts.guessing import client
from accounts.session import limiter, show_once
from accounts.session import public as open_to_all
from core import asked, files, lifecycle
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.once import repeatable
from core.step.door import Tried, form_of, panel_of, try_step
from core.step.forms import StepForm
from core.words import sentence
from oversight import forms, operations, queries
from oversight.queries import Grievance
from oversight.views.reading import a_regulator, leave_a_trace, send

public = Blueprint("grievances_public", __name__)
grievances = Blueprint("grievances", __name__, url_prefix="/oversight")

AS_MANY = parse("6 per hour")  # from one address; the address itself is kept nowhere
LOOK_UPS = parse("20 per hour")
NEW: dict[str, tuple[type[forms.ReportForm], Callable[..., tuple[Grievance, str]]]] = {
    "complaints": (forms.ComplaintForm, operations.file_complaint),
    "reports": (forms.ReportForm, operations.file_report),
}


@public.get("/<any(complaints, reports):kind>/new")
@open_to_all
def new(kind: str) -> ResponseReturnValue:
    return _new(kind, NEW[kind][0](formdata=None))


@public.post("/<any(complaints, reports):kind>/new")
@open_to_all
def file(kind: str) -> ResponseReturnValue:
    """The receipt shows the code once; afterwards nobody can tell it."""
    shape, bring = NEW[kind]
    form = shape()
    if not form.validate():
        return _new(kind, form, 422)
    if not limiter.limiter.hit(AS_MANY, "grievances", client()):
        form.form_errors.append(sentence("grievances-too-often"))
        return _new(kind, form, 429)
    try:
        found, code = bring(**form.facts())
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _new(kind, form, 422)
    return show_once(render_template("oversight/grievances/receipt.html", found=found, code=code, kind=kind))


@public.route("/follow-up", methods=["GET", "POST"])
@repeatable
@open_to_all
def follow_up() -> ResponseReturnValue:
    """Sent by POST, so that number and code stand in no address and in no log."""
    if request.method == "GET":
        return _follow_up(forms.FollowUpForm(formdata=None))
    form = forms.FollowUpForm()
    if not limiter.limiter.hit(LOOK_UPS, "follow-up", client()):
        form.form_errors.append(sentence("grievances-too-often"))
        return _follow_up(form, status=429)
    try:
        found = queries.followed_up(form.number.data or "", form.code.data or "")
    except NotFound as refused:
        form.form_errors.append(sentence(refused.slug))
        return _follow_up(form, status=404)
    return show_once(_follow_up(form, found)[0])


def _follow_up(
    form: forms.FollowUpForm,
    found: Any = None,  # of whichever office
    status: int = 200,
) -> tuple[str, int]:
    return render_template("oversight/grievances/follow_up.html", form=form, found=found), status


def _new(kind: str, form: forms.ReportForm, status: int = 200) -> tuple[str, int]:
    return render_template("oversight/grievances/new.html", kind=kind, form=form), status


# For the regulator


@grievances.get("/grievances")
def desk() -> ResponseReturnValue:
    """Where the way in the header leads."""
    return redirect(url_for("grievances.index", kind="reports"))


@grievances.get("/<any(complaints, reports):kind>/")
def index(kind: str) -> ResponseReturnValue:
    a_regulator()
    page = queries.grievances(kind, page=asked.page())
    return render_template("oversight/grievances/index.html", kind=kind, page=page)


@grievances.get("/<any(complaints, reports):kind>/<id:grievance_id>")
def show(kind: str, grievance_id: int) -> ResponseReturnValue:
    actor = a_regulator()
    queries.one_grievance(kind, grievance_id)
    leave_a_trace(actor, f"{kind}/{grievance_id}")
    return _page(kind, queries.one_grievance(kind, grievance_id), actor)


@grievances.get("/<any(complaints, reports):kind>/<id:grievance_id>/reporter")
def reporter(kind: str, grievance_id: int) -> ResponseReturnValue:
    """Who brought it, for the handler alone; each look is written down."""
    actor = a_regulator()
    queries.reporter(actor, queries.one_grievance(kind, grievance_id))
    leave_a_trace(actor, f"{kind}/{grievance_id}/reporter")
    found = queries.one_grievance(kind, grievance_id)
    person = queries.reporter(actor, found)
    return show_once(
        render_template("oversight/grievances/reporter.html", kind=kind, found=found, person=person)
    )


@grievances.get("/<any(complaints, reports):kind>/<id:grievance_id>/file")
def evidence(kind: str, grievance_id: int) -> ResponseReturnValue:
    """What was handed in may say who handed it in: for the handler alone."""
    actor = a_regulator()
    found = queries.one_grievance(kind, grievance_id)
    if found.handler_id != actor.id:
        raise NotPermitted("not-the-handler")
    if not found.file:
        raise NotFound("file-not-found")
    digest, name = found.file, found.file_name
    leave_a_trace(actor, f"{kind}/{grievance_id}/file")
    return send(files.path_of(digest), name)


@grievances.post("/<any(complaints, reports):kind>/<id:grievance_id>/<step>")
def take(kind: str, grievance_id: int, step: str) -> ResponseReturnValue:
    actor = a_regulator()
    found = queries.one_grievance(kind, grievance_id)
    form = _form(found, step)
    if again := try_step(found, step, actor, form):
        return _page(kind, found, actor, (step, form, again))
    return redirect(url_for("grievances.show", kind=kind, grievance_id=grievance_id), 303)


def _page(kind: str, found: Grievance, actor: Actor, tried: Tried | None = None) -> ResponseReturnValue:
    panel = panel_of(found, actor, lambda step: _form(found, step), tried)
    machine = lifecycle.machine_of(found).kind
    page = render_template(
        "oversight/grievances/show.html",
        kind=kind,
        machine=machine,
        found=found,
        mine=found.handler_id == actor.id,
        panel=panel,
        history=lifecycle.history(machine, found.id),
    )
    return page, panel.status


def _form(found: Grievance, step: str) -> StepForm:
    return form_of(forms.FORMS, step, version=found.version)
