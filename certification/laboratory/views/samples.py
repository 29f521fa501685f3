"""The forms that stand beside a sample, for whoever may take its next steps."""

from certification.laboratory.forms import orders as forms
from certification.workflow.judgement import failing
from core import lifecycle
from core.clock import today
from core.errors import OutOfOrder
from core.step.door import at
from core.step.forms import StepForm


def sample_form(sample, step: str) -> StepForm:
    """The form of a step that is not the laboratory's."""
    if step not in forms.FORMS:
        raise OutOfOrder("no-such-step", step=step)
    return forms.FORMS[step](data={"version": sample.version})


def sample_forms(case, actor, typed: dict) -> list[tuple]:
    """Each sample of a case with [(offer, form)] of the steps that are the actor's."""
    return [
        (sample, [_beside(sample, offer, typed) for offer in _offers(sample, actor)])
        for sample in case.samples
    ]


def _offers(sample, actor) -> list:
    return [offer for offer in lifecycle.offers(sample, actor) if offer.name in forms.FORMS]


def _beside(sample, offer, typed: dict) -> tuple:
    place = f"sample-{sample.id}-{offer.name}"
    blank = {"version": sample.version, "sent_on": today(), "on": today()}
    return offer, at(typed.get(place) or forms.FORMS[offer.name](data=blank, formdata=None), place)


def again_of(case, sample_id: int | None) -> dict:
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
