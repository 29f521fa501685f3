"""The pages of the testing body: its orders, and one sample from its arrival to the report.

Of the case a laboratory sees the product, the model and the scheme's test items; neither
the inventory nor the files.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import actor_of_kind, current_actor
from certification.laboratory.forms import laboratory as forms
from certification.laboratory.operations import testing
from certification.laboratory.queries import laboratory as questions
from certification.laboratory.queries import samples
from core import clock, lifecycle
from core.errors import OutOfOrder
from core.step.door import Redisplay, at, try_step
from core.step.forms import StepForm
from schemes.drafts.classes import class_of

if TYPE_CHECKING:
    from certification.laboratory.models import Sample

KEPT = timedelta(days=90)  # what is offered as the end of retention; the laboratory may write another

laboratory = Blueprint("laboratory", __name__, url_prefix="/certification/laboratory")
laboratory.add_app_template_global(questions.margin_of)
laboratory.add_app_template_global(class_of)


@laboratory.get("/samples/<id:sample_id>")
def sample(sample_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("testing_body")
    return _page(samples.sample(actor, sample_id), actor)


@laboratory.get("/samples/<id:sample_id>/order")
def order(sample_id: int) -> ResponseReturnValue:
    """The order as a paper, for whoever is party to it."""
    actor = current_actor()
    found = samples.sample(actor, sample_id)
    return render_template("certification/laboratory/testing/order.html", sample=found)


@laboratory.post("/samples/<id:sample_id>/<step>")
def take(sample_id: int, step: str) -> ResponseReturnValue:
    actor = actor_of_kind("testing_body")
    found = samples.sample(actor, sample_id)
    form = _form(found, step)
    again = try_step(found, step, actor, form)
    if again is None:
        return redirect(url_for("laboratory.sample", sample_id=sample_id))
    return _page(found, actor, {step: form}, again)


def _page(
    found: "Sample", actor: Actor, typed: dict[str, StepForm] | None = None, again: Redisplay | None = None
) -> ResponseReturnValue:
    offers = lifecycle.offers(found, actor)
    made = {offer.name: _form(found, offer.name) for offer in offers} | (typed or {})
    for step, form in made.items():
        at(form, step)
    page = render_template(
        "certification/laboratory/sample.html",
        sample=found,
        offers={offer.name: offer for offer in offers},
        forms=made,
        again=again,
        tests=questions.tests(found),
        uncovered=questions.uncovered(found, clock.today()),
        timeline=questions.timeline(found),
    )
    return page, again.status if again else 200


def _form(found: "Sample", step: str) -> StepForm:
    """The form of a step; only the step that was sent reads what was sent."""
    if step not in forms.FORMS:
        raise OutOfOrder("no-such-step", step=step)
    sent = {} if (request.view_args or {}).get("step") == step else {"formdata": None}
    form = forms.FORMS[step](data=_beginning(found, step), **sent)
    if step == "record":
        form.offer(found)
    return form


def _beginning(found: "Sample", step: str) -> dict[str, object]:
    """What stands in a form before anybody has typed."""
    data: dict[str, object] = {"version": found.version}
    if step == "receive":
        data |= {"received_on": clock.today()}
    elif step == "hand_over":
        data |= {"on": clock.today()}
    elif step == "report":
        data |= {"place": found.laboratory.address, "issued_on": clock.today()}
        data |= testing.customary(found)
    elif step == "retain":
        data |= {"retained_until": clock.today() + KEPT}
    return data
