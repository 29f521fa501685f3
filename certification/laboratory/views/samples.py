"""The forms that stand beside a sample, for whoever may take its next steps."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from accounts.actor import Actor
from certification.laboratory.forms import orders as forms
from certification.workflow.judgement import failing
from core import lifecycle
from core.clock import today
from core.errors import OutOfOrder
from core.machine import Offer
from core.step.door import at
from core.step.forms import StepForm

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.laboratory.models import Sample


def sample_form(sample: "Sample", step: str) -> StepForm:
    """The form of a step that is not the laboratory's."""
    if step not in forms.FORMS:
        raise OutOfOrder("no-such-step", step=step)
    return forms.FORMS[step](data={"version": sample.version})


def sample_forms(
    case: "Application", actor: Actor, typed: Mapping[str, StepForm]
) -> list[tuple["Sample", list[tuple[Offer, StepForm]]]]:
    """Each sample of a case with [(offer, form)] of the steps that are the actor's."""
    return [
        (sample, [_beside(sample, offer, typed) for offer in _offers(sample, actor)])
        for sample in case.samples
    ]


def _offers(sample: "Sample", actor: Actor) -> list[Offer]:
    return [offer for offer in lifecycle.offers(sample, actor) if offer.name in forms.FORMS]


def _beside(sample: "Sample", offer: Offer, typed: Mapping[str, StepForm]) -> tuple[Offer, StepForm]:
    place = f"sample-{sample.id}-{offer.name}"
    blank = {"version": sample.version, "sent_on": today(), "on": today()}
    return offer, at(typed.get(place) or forms.FORMS[offer.name](data=blank, formdata=None), place)


def again_of(case: "Application", sample_id: int | None) -> dict[str, object]:
    """What stands in the order of a retest before anybody types: the sample that failed, its items."""
    failed = next((sample for sample in case.samples if sample.id == sample_id), None)
    if failed is None:
        return {"items": []}
    return {
        "retest_of": str(failed.id),
        "items": [row.item for row in failing(failed.results)],
        "laboratory_id": failed.laboratory_id,
        "method": failed.method,
        "model": failed.model,
        "quantity": failed.quantity,
    }
