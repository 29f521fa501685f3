"""The pages of follow-up checks: what is due, and one check with the steps that are the reader's."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.aftercare.forms import SURVEILLANCE, NotifyForm, SharedForm
from certification.aftercare.queries import life as later
from certification.evaluation import queries as evaluation
from certification.workflow.surveillance import CHECKS
from core import asked, lifecycle
from core.clock import today
from core.errors import NotFound
from core.step.door import Tried, form_of, panel_of, send, try_step
from core.step.forms import StepForm

if TYPE_CHECKING:
    from certification.aftercare.models import Surveillance

surveillance = Blueprint("surveillance", __name__, url_prefix="/certification/surveillance")


@surveillance.get("/")
def index() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "certification/aftercare/surveillance/index.html",
        checks=later.checks(actor, asked.page()),
        late=later.late(actor),
        concluded=later.concluded(actor, asked.page("concluded")),
        proposals=later.proposals(actor) if actor.kind == "certification_body" else [],
    )


@surveillance.get("/<id:surveillance_id>")
def show(surveillance_id: int) -> ResponseReturnValue:
    return _page(later.surveillance(current_actor(), surveillance_id))


@surveillance.post("/<id:surveillance_id>/<step>")
def take(surveillance_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = later.surveillance(actor, surveillance_id)
    form = _form(found, step)
    again = try_step(found, step, actor, form)
    if again is None:
        return redirect(url_for("surveillance.show", surveillance_id=found.id), 303)
    return _page(found, (step, form, again))


@surveillance.get("/<id:surveillance_id>/evidence")
def evidence(surveillance_id: int) -> ResponseReturnValue:
    found = later.surveillance(current_actor(), surveillance_id)
    if not found.evidence:
        raise NotFound("file-not-found")
    return send(found.evidence, found.evidence_name or found.evidence[:12])


def _page(found: "Surveillance", tried: Tried | None = None) -> ResponseReturnValue:
    panel = panel_of(found, current_actor(), lambda step: _form(found, step), tried)
    form = panel.form
    page = render_template(
        "certification/aftercare/surveillance/show.html",
        check=found,
        offers=panel.offers,
        step=panel.step,
        form=form,
        again=panel.again,
        checks=list(zip(CHECKS, form.items, strict=True)) if form and "items" in form else [],
        timeline=lifecycle.history("surveillance", found.id),
    )
    return page, panel.status


def _form(found: "Surveillance", step: str) -> StepForm:
    form = form_of(SURVEILLANCE, step, **_beginning(found, step))
    if isinstance(form, NotifyForm):
        case = found.certificate.application
        form.offer({role: evaluation.assignable(case, role) for role in form.FUNCTIONS.values()})
    if isinstance(form, SharedForm):
        form.offer_checks(later.together(found))
    return form


def _beginning(found: "Surveillance", step: str) -> dict[str, object]:
    data: dict[str, object] = {"version": found.version}
    if step == "notify":
        data |= {"on": max(found.window_from, today()), "person_days": found.certificate.scheme.person_days}
    elif step == "conduct":
        data |= {"conducted_on": found.on, "person_days": found.person_days}
    return data
