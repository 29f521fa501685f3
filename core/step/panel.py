"""The panel of a thing with steps: the form of the one that is open, links to the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import request

from core import asked, lifecycle
from core.errors import OutOfOrder
from core.machine import Actor, Offer, Subject
from core.step.door import Redisplay
from core.step.forms import StepForm

Tried = tuple[str, StepForm, Redisplay]  # a step, its form as it was sent, and what it was answered


@dataclass(frozen=True)
class Panel:
    """`step` is the one whose form is open; "" and no form where none is offered.

    `again` is what the last try was answered, where the page is shown once more.
    """

    offers: list[Offer]
    step: str
    form: StepForm | None
    again: Redisplay | None = None

    @property
    def status(self) -> int:
        return self.again.status if self.again else 200


def panel_of(
    subject: Subject,
    actor: Actor,
    make: Callable[[str], StepForm],
    tried: Tried | None = None,
) -> Panel:
    """What is open for this actor: the step that was tried, or asked for, or the first that is ready.

    `make` gives the empty form of a step that is offered.
    """
    offers = lifecycle.offers(subject, actor)
    if tried:
        step, form, again = tried
        return Panel(offers, step, form, again)
    wished = asked.text("step")
    ready = next((offer.name for offer in offers if offer.ready), "")
    step = wished if wished in {offer.name for offer in offers} else ready
    return Panel(offers, step, make(step) if step else None)


def form_of(forms: Mapping[str, type[StepForm]], step: str, **beginning: object) -> StepForm:
    """The form of a step as it was sent, or as it begins; OutOfOrder `no-such-step`."""
    if step not in forms:
        raise OutOfOrder("no-such-step", step=step)
    sent = {} if request.method == "POST" else {"formdata": None}
    return forms[step](data=beginning, **sent)
