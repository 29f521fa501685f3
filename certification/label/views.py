"""Labels: the holder asks, the body's label officer answers, the artwork is fetched while it may be."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import LANGUAGES, current_actor
from certification.certificate.queries import certificates as questions
from certification.label import artwork as label
from certification.label import queries as requests
from certification.label.forms import FORMS, RequestForm
from certification.label.operations.labels import artwork, request_label
from certification.workflow.label import why_not_asked
from core import asked, lifecycle
from core.errors import OutOfOrder
from core.step.door import Redisplay, at, try_save, try_step
from core.step.forms import StepForm

if TYPE_CHECKING:
    from certification.certificate.models import Certificate
    from certification.label.models import LabelLicence

labels = Blueprint("labels", __name__, url_prefix="/certification/labels")

Typed = dict[tuple[int, str], StepForm]  # by the licence and the step


@labels.get("/")
def index() -> ResponseReturnValue:
    return _index()


@labels.get("/<number>")
def show(number: str) -> ResponseReturnValue:
    """One certificate's label: ask for it, wait for the answer, or fetch it."""
    return _page(questions.certificate_of_party(current_actor(), number))


@labels.post("/<number>/request")
def ask(number: str) -> ResponseReturnValue:
    actor = current_actor()
    found = questions.certificate_of_party(actor, number)
    form = RequestForm(data={"version": found.version})
    again = try_save(found, form, lambda uses: request_label(found, actor, uses))
    if again is None:
        return redirect(url_for("labels.show", number=found.number), 303)
    return _page(found, form, again)


@labels.post("/<id:licence_id>/<step>")
def take(licence_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    licence = requests.licence(actor, licence_id)
    form = _form(licence, step)
    again = try_step(licence, step, actor, form)
    if again is None:
        return redirect(url_for("labels.index"), 303)
    return _index({(licence.id, step): at(form, f"{step}-{licence.id}")}, again)


@labels.get("/<number>/<variant>.svg")
def art(number: str, variant: str) -> ResponseReturnValue:
    found = questions.certificate_of_party(current_actor(), number)
    mono, language = asked.flag("mono"), asked.choice("lang", LANGUAGES, "zh")
    response = Response(artwork(found, variant, language, mono), mimetype="image/svg+xml")
    if asked.flag("download"):
        name = "-".join([found.number, variant, language, *(["mono"] if mono else [])])
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response


def _index(typed: Typed | None = None, again: Redisplay | None = None) -> ResponseReturnValue:
    """What waits for an answer on the body's side, what one holds on the holder's."""
    actor, typed = current_actor(), typed or {}
    waiting = [
        (licence, lifecycle.offers(licence, actor), _forms(licence, typed))
        for licence in requests.label_requests(actor)
    ]
    page = render_template(
        "certification/label/index.html",
        waiting=waiting,
        page=questions.certificates(actor, page=asked.page()),
        again=again,
        again_form=next(iter(typed.values()), None),
    )
    return page, again.status if again else 200


def _forms(licence: "LabelLicence", typed: Typed) -> dict[str, StepForm]:
    blank = {step: at(_form(licence, step, sent=False), f"{step}-{licence.id}") for step in FORMS}
    return blank | {step: form for (licence_id, step), form in typed.items() if licence_id == licence.id}


def _form(licence: "LabelLicence", step: str, sent: bool = True) -> StepForm:
    if step not in FORMS:
        raise OutOfOrder("no-such-step", step=step)
    return FORMS[step](data={"version": licence.version}, **({} if sent else {"formdata": None}))


def _page(
    found: "Certificate", form: RequestForm | None = None, again: Redisplay | None = None
) -> ResponseReturnValue:
    licence = found.licence
    page = render_template(
        "certification/label/show.html",
        certificate=found,
        licence=licence,
        holder=found.holder_id == current_actor().organisation_id,
        usable=found.label_usable,
        may_ask=why_not_asked(found) is None,
        form=form or RequestForm(data={"version": found.version}, formdata=None),
        again=again,
        variants=label.VARIANTS,
    )
    return page, again.status if again else 200
