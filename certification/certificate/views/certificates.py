"""The certificates of the own organisation: the holder reads, the body changes what they are worth."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.certificate import statement
from certification.certificate.forms import FORMS, ActForm
from certification.certificate.queries import certificates as questions
from certification.certificate.views.public import pdf_or_patience
from core import asked, lifecycle
from core.clock import today
from core.errors import OutOfOrder
from core.step.door import Redisplay, try_step
from schemes.terms import months

if TYPE_CHECKING:
    from certification.certificate.models import Certificate

certificates = Blueprint("certificates", __name__, url_prefix="/certification/certificates")


@certificates.get("/<number>")
def show(number: str) -> ResponseReturnValue:
    return _page(questions.certificate_of_party(current_actor(), number))


@certificates.get("/<number>/full.pdf")
def document(number: str) -> ResponseReturnValue:
    """The PDF with the whole inventory."""
    found = questions.certificate_of_party(current_actor(), number)
    return pdf_or_patience(found, found.full_document)


@certificates.post("/<id:certificate_id>/<step>")
def take(certificate_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = questions.by_id_of_party(actor, certificate_id)
    form = _form(found, step)
    again = try_step(found, step, actor, form)
    if again is None:
        return redirect(url_for("certificates.show", number=found.number), 303)
    return _page(found, step, form, again)


def _page(
    found: "Certificate", step: str = "", form: ActForm | None = None, again: Redisplay | None = None
) -> ResponseReturnValue:
    """The certificate, the acts entered so far, and the open form, if any."""
    offers = lifecycle.offers(found, current_actor())
    open_step = step or asked.text("step")
    if form is None and open_step in {offer.name for offer in offers}:
        form = _form(found, open_step)
    standing = questions.standing(found, today())
    said = standing.said
    page = render_template(
        "certification/certificate/show.html",
        certificate=found,
        said=said,
        stages=statement.stages(said),
        standing=standing,
        offers=offers,
        step=open_step if form else "",
        form=form,
        again=again,
        longest=months(found.scheme, "suspension_max"),
    )
    return page, again.status if again else 200


def _form(found: "Certificate", step: str) -> ActForm:
    if step not in FORMS:
        raise OutOfOrder("no-such-step", step=step)
    sent = {} if request.method == "POST" else {"formdata": None}
    return FORMS[step](data={"version": found.version} | _proposed(found, step), **sent).offer(step)


def _proposed(found: "Certificate", step: str) -> dict[str, object]:
    """What somebody asked for, or the clock prepared, stands in the form: a person signs or changes it."""
    wished = asked.number("proposal")
    proposal = next((each for each in found.proposals if each.id == wished and each.kind == step), None)
    return {name: getattr(proposal, name) for name in ("cause", "reason", "until")} if proposal else {}
