"""The page on which a verifier says what was found of each thing, and the lead what follows."""

from decimal import Decimal
from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from carbon.queries import quantity_name
from certification.verification import queries
from certification.verification.forms import OpinionForm, VerifyForm
from certification.workflow.verification import Declared
from core import asked, lifecycle
from core.charts.figures import num
from core.i18n import _
from core.step.door import Redisplay
from core.step.forms import StepForm
from core.words import unit_text

if TYPE_CHECKING:
    from certification.application.models import Application

STEPS = ("verify_data", "give_opinion")


def verification_page(
    case: "Application", actor: Actor, form: StepForm | None = None, again: Redisplay | None = None
) -> ResponseReturnValue:
    """What weighs most first, and beside it the form of the one that is asked for, or else of the next."""
    sheet = queries.sheet(case)
    typed = form if isinstance(form, VerifyForm) else None
    wished = (typed and typed.items[0].form.subject.data) or asked.text("at")
    line = sheet.at(wished) or next(iter(sheet.left or sheet.lines))
    offers = {offer.name: offer for offer in lifecycle.offers(case, actor) if offer.name in STEPS}
    page = render_template(
        "certification/workbench/verification.html",
        case=case,
        sheet=sheet,
        line=line,
        form=(typed or VerifyForm(data={"version": case.version}, formdata=None)).offer(case, line),
        stating=form if isinstance(form, OpinionForm) else OpinionForm(data=_opinion(case), formdata=None),
        failing=form,
        offers=offers,
        again=again,
    )
    return page, again.status if again else 200


def _opinion(case: "Application") -> dict[str, object]:
    stands = case.opinion
    said = {"opinion": stands.opinion, "text": stands.text} if stands else {}
    return {"version": case.version, **said}


def declared_text(declared: Declared) -> str:
    """An amount with its unit, or what was said; what is neither is known by its name alone."""
    if "unit" in declared:
        amount = declared.get("quantity", declared.get("amount", ""))
        return f"{num(amount)} {unit_text(declared['unit'])}".strip()
    return str(declared.get("value", ""))


def found_text(line: queries.Line) -> str:
    """The same of what was found."""
    item = line.item
    if item is None or item.outcome != "corrected":
        return declared_text(line.declared)
    rest = [
        f"{quantity_name(name)} {value['amount']} {unit_text(value['unit'])}"
        for name, value in item.found.items()
        if isinstance(value, dict) and "unit" in value
    ]
    return _("，").join([declared_text(line.declared | item.found), *rest])


def percent_text(part: Decimal) -> str:
    """A part of a whole, to a tenth of a percent."""
    return f"{num(part * 100, 1)}%"


SHOWN = (declared_text, found_text, percent_text)
