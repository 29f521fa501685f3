"""Where products are assigned to a 品目: those that wait, what was proposed, and its confirmation."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core import asked, lifecycle
from core.clock import today
from core.errors import NotFound, NotPermitted
from core.step.door import try_begin, try_step
from core.step.forms import StepForm
from core.web import page_of
from procurement import queries as lists
from procurement.assignments import forms, operations, queries

if TYPE_CHECKING:
    from procurement.assignments.models import CategoryAssignment

bp = Blueprint("assignments", __name__, url_prefix="/procurement/assignments")


@bp.get("/")
def index() -> ResponseReturnValue:
    return _index(forms.AssignForm(formdata=None))


def _index(form: forms.AssignForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="propose")
    rules = lists.open_schemes(today())
    page = render_template(
        "procurement/assignments/index.html",
        page=queries.waiting(rules, asked.page()),
        made=queries.assignments(actor, asked.page("assignments")),
        form=form,
        may_write="list_editor" in actor.roles,
    )
    return page, status


@bp.post("/")
def propose() -> ResponseReturnValue:
    form = forms.AssignForm()
    made = try_begin(form, lambda: operations.propose(current_actor(), **form.values()))
    if made is None:
        return _index(form, 422)
    return redirect(url_for("assignments.show", assignment_id=made.id), 303)


@bp.get("/<id:assignment_id>")
def show(assignment_id: int) -> ResponseReturnValue:
    return _show(queries.assignment_of(current_actor(), assignment_id))


def _show(
    found: "CategoryAssignment", tried: dict[str, StepForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    offers = lifecycle.offers(found, current_actor())
    page = render_template(
        "procurement/assignments/show.html",
        assignment=found,
        products=page_of(found.products, asked.page(), 50),
        offers=offers,
        steps={each.name: forms.step_form(found, each.name) for each in offers} | (tried or {}),
        history=queries.history(found),
    )
    return page, status


@bp.post("/<id:assignment_id>/steps/<step>")
def take(assignment_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.assignment_of(actor, assignment_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = forms.STEPS[step]()
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _show(found, tried={step: form}, status=again.status)
    return redirect(url_for("assignments.show", assignment_id=found.id), 303)
