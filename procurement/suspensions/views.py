"""Suspended makers as everybody reads them, and where suspensions are proposed, approved and lifted."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, public
from core import asked, lifecycle
from core.clock import today
from core.errors import NotFound, NotPermitted
from core.step.door import try_begin, try_save, try_step
from core.step.forms import StepForm
from procurement.suspensions import forms, operations, queries

if TYPE_CHECKING:
    from procurement.suspensions.models import EnterpriseSuspension

bp = Blueprint("suspensions", __name__, url_prefix="/procurement/suspensions")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Those that count today; or every one there ever was."""
    whole = asked.flag("all")
    return render_template(
        "procurement/suspensions/index.html",
        page=queries.public(None if whole else today(), asked.page()),
        whole=whole,
        day=today(),
        may_see=queries.may_see(current_actor()),
    )


@bp.get("/proposals/")
def proposals() -> ResponseReturnValue:
    return _proposals(forms.SuspensionForm(formdata=None))


def _proposals(form: forms.SuspensionForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="propose")
    page = queries.proposals(actor, asked.page("proposals"))
    may_write = "list_editor" in actor.roles
    return render_template(
        "procurement/suspensions/proposals.html", page=page, form=form, may_write=may_write
    ), status


@bp.post("/proposals/")
def propose() -> ResponseReturnValue:
    form = forms.SuspensionForm()
    made = try_begin(form, lambda: operations.propose(current_actor(), form.facts()))
    if made is None:
        return _proposals(form, 422)
    return redirect(url_for("suspensions.show", suspension_id=made.id), 303)


@bp.get("/proposals/<id:suspension_id>")
def show(suspension_id: int) -> ResponseReturnValue:
    return _show(queries.suspension_of(current_actor(), suspension_id))


def _show(
    found: "EnterpriseSuspension",
    form: forms.SuspensionForm | None = None,
    tried: dict[str, StepForm] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    actor = current_actor()
    offers = lifecycle.offers(found, actor)
    page = render_template(
        "procurement/suspensions/show.html",
        suspension=found,
        form=form or forms.filled(found),
        may_write=found.is_proposed and "list_editor" in actor.roles,
        offers=offers,
        steps={each.name: forms.step_form(found, each.name) for each in offers} | (tried or {}),
        history=queries.history(found),
    )
    return page, status


@bp.post("/proposals/<id:suspension_id>")
def write(suspension_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), forms.SuspensionForm()
    found = queries.suspension_of(actor, suspension_id)
    if again := try_save(found, form, lambda **facts: operations.write(found, actor, facts)):
        form.form_errors += again.problems
        return _show(found, form=form, status=again.status)
    return redirect(url_for("suspensions.show", suspension_id=found.id), 303)


@bp.post("/proposals/<id:suspension_id>/steps/<step>")
def take(suspension_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.suspension_of(actor, suspension_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = forms.STEPS[step]()
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _show(found, tried={step: form}, status=again.status)
    return redirect(url_for("suspensions.show", suspension_id=found.id), 303)
