"""The pages of follow-up checks: what is due, and one check with the steps that are the reader's."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.aftercare.forms import FINDINGS, SURVEILLANCE, NotifyForm, SharedForm
from certification.aftercare.queries import life as later
from certification.evaluation import queries as evaluation
from certification.workflow.surveillance import CHECKS
from core import lifecycle
from core.clock import today
from core.errors import NotFound
from core.machine import Offer
from core.step.door import Tried, at, form_of, panel_of, send, try_step
from core.step.forms import StepForm

if TYPE_CHECKING:
    from certification.aftercare.models import CheckFinding, Surveillance

surveillance = Blueprint("surveillance", __name__, url_prefix="/certification/surveillance")


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


@surveillance.post("/findings/<id:finding_id>/<step>")
def take_finding(finding_id: int, step: str) -> ResponseReturnValue:
    """Answer a nonconformity of a check, close it on its evidence, or send the answer back."""
    actor = current_actor()
    finding = later.finding(actor, finding_id)
    form = _of_finding(finding, step)
    again = try_step(finding, step, actor, form)
    if again is None:
        place = f"finding-{finding_id}"
        return redirect(
            url_for("surveillance.show", surveillance_id=finding.surveillance_id, _anchor=place), 303
        )
    return _page(finding.check, beside=(finding_id, (step, form, again)))


@surveillance.get("/findings/<id:finding_id>/evidence/<id:round_>")
def evidence(finding_id: int, round_: int) -> ResponseReturnValue:
    found = later.finding(current_actor(), finding_id)
    answer = next((answer for answer in found.answers if answer.round == round_), None)
    if answer is None:
        raise NotFound("file-not-found")
    return send(answer.evidence, answer.evidence_name or answer.evidence[:12])


def _page(
    found: "Surveillance", tried: Tried | None = None, beside: tuple[int, Tried] | None = None
) -> ResponseReturnValue:
    """`beside` is what was tried with one of the findings."""
    panel = panel_of(found, current_actor(), lambda step: _form(found, step), tried)
    form, again = panel.form, panel.again or (beside[1][2] if beside else None)
    page = render_template(
        "certification/aftercare/surveillance/show.html",
        check=found,
        offers=panel.offers,
        step=panel.step,
        form=form,
        again=again,
        findings=[_beside(finding, beside) for finding in found.findings],
        checks=list(zip(CHECKS, form.items, strict=True)) if form and "items" in form else [],
        timeline=lifecycle.history("surveillance", found.id),
    )
    return page, again.status if again else panel.status


def _beside(
    finding: "CheckFinding", tried: tuple[int, Tried] | None
) -> tuple["CheckFinding", list[Offer], dict[str, StepForm]]:
    """A finding, what its reader may do with it, and the forms of that; what was tried stands in its own."""
    offers = lifecycle.offers(finding, current_actor())
    forms = {offer.name: _of_finding(finding, offer.name) for offer in offers if offer.name in FINDINGS}
    if tried and tried[0] == finding.id:
        step, form, _again = tried[1]
        forms[step] = form
    return finding, offers, forms


def _of_finding(finding: "CheckFinding", step: str) -> StepForm:
    """Several of them stand on the page: each box says whose it is."""
    form = at(form_of(FINDINGS, step, version=finding.version), f"finding-{finding.id}-{step}")
    for box in form:
        box.label.text = f"{box.label.text} {finding.number}"
    return form


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
