"""Objections: an open door to bring them, what became of them for everybody, and the desk that decides."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from accounts.guessing import client
from accounts.session import current_actor, limiter, show_once
from accounts.session import public as open_to_all
from core import asked, lifecycle
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.step.door import at, leave_a_trace, send, try_step
from core.step.forms import StepForm
from core.words import sentence
from procurement import queries as lists
from procurement.objections import forms, operations, queries

if TYPE_CHECKING:
    from procurement.models import Edition
    from procurement.objections.models import ListObjection

bp = Blueprint("objections", __name__, url_prefix="/procurement")

AS_MANY = parse("6 per hour")  # from one address; the address itself is kept nowhere


# For everybody


@bp.get("/lists/<number>/objections")
@open_to_all
def of_edition(number: str) -> ResponseReturnValue:
    found = lists.edition(number)
    return render_template(
        "procurement/objections/of_edition.html",
        edition=found,
        page=queries.of_edition(found, asked.page("objections")),
        until=operations.correction_until(found),
    )


@bp.get("/lists/<number>/objections/new")
@open_to_all
def new(number: str) -> ResponseReturnValue:
    form = forms.ObjectionForm(
        formdata=None, number=asked.as_it_stands("certificate"), model=asked.as_it_stands("model")
    )
    return _new(lists.edition(number), form)


def _new(edition: "Edition", form: forms.ObjectionForm, status: int = 200) -> tuple[str, int]:
    try:
        kind = operations.kind_today(edition)
    except Unmet as closed:
        kind = ""
        form.form_errors = [*form.form_errors, sentence(closed.slug, closed.detail)]
    return render_template(
        "procurement/objections/new.html",
        edition=edition,
        form=form,
        kind=kind,
        until=operations.correction_until(edition),
    ), status


@bp.post("/lists/<number>/objections/new")
@open_to_all
def bring(number: str) -> ResponseReturnValue:
    edition, form = lists.edition(number), forms.ObjectionForm()
    if not form.validate():
        return _new(edition, form, 422)
    if not limiter.limiter.hit(AS_MANY, "objections", client()):
        form.form_errors.append(sentence("objections-too-often"))
        return _new(edition, form, 429)
    try:
        made = operations.bring(edition, **form.facts())
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        if isinstance(refused, Invalid):
            form.form_errors += form.blame(refused)
        return _new(lists.edition(number), form, 422)
    return render_template("procurement/objections/receipt.html", objection=made, edition=made.edition)


# For those who decide


@bp.get("/objections/")
def index() -> ResponseReturnValue:
    actor = current_actor()
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="objections")
    return render_template("procurement/objections/index.html", page=queries.desk(actor, asked.page()))


@bp.get("/objections/<id:objection_id>")
def show(objection_id: int) -> ResponseReturnValue:
    return _show(queries.objection_of(current_actor(), objection_id))


def _show(
    found: "ListObjection", tried: dict[str, StepForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    offers = lifecycle.offers(found, actor)
    fresh = {each.name: at(forms.step_form(found, each.name), each.name) for each in offers}
    page = render_template(
        "procurement/objections/show.html",
        objection=found,
        offers=offers,
        steps=fresh | (tried or {}),
        may_decide=queries.may_decide(actor, found),
        history=queries.history(found),
    )
    return page, status


@bp.get("/objections/<id:objection_id>/objector")
def objector(objection_id: int) -> ResponseReturnValue:
    """Who brought it; each look is written down."""
    actor = current_actor()
    queries.objector(actor, queries.objection_of(actor, objection_id))
    leave_a_trace(lambda: operations.note_reading(actor, objection_id))
    found = queries.objection_of(actor, objection_id)
    person = queries.objector(actor, found)
    return show_once(render_template("procurement/objections/objector.html", objection=found, person=person))


@bp.get("/objections/<id:objection_id>/file")
def evidence(objection_id: int) -> ResponseReturnValue:
    """What was handed in may say who handed it in."""
    actor = current_actor()
    found = queries.objection_of(actor, objection_id)
    if not queries.may_decide(actor, found):
        raise NotPermitted("objection-own")
    if not found.file:
        raise NotFound("file-not-found")
    digest, name = found.file, found.file_name
    leave_a_trace(lambda: operations.note_reading(actor, objection_id))
    return send(digest, name)


@bp.post("/objections/<id:objection_id>/<step>")
def take(objection_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.objection_of(actor, objection_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = forms.of_step(found, step)()
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _show(found, tried={step: at(form, step)}, status=again.status)
    return redirect(url_for("objections.show", objection_id=found.id), 303)
