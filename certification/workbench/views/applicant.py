"""Where an applicant begins."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor, home
from certification.application.queries import applications as cases
from certification.application.views.applications import applications, own_case
from certification.certificate.queries import certificates as issued
from certification.clocks import queries as clocks
from certification.evaluation.forms.answers import AnswerForm
from certification.workbench.queries import applicant, workbench
from core import asked, lifecycle
from core.step.door import Redisplay
from core.step.forms import SavedForm

if TYPE_CHECKING:
    from certification.application.models import Application


@applications.get("/")
def mine() -> ResponseReturnValue:
    actor = current_actor()
    if actor.kind != "manufacturer":
        return redirect(home(actor) if actor.kind else url_for("accounts.roles"))
    open_cases = applicant.open_cases(actor, asked.page("cases"))
    return render_template(
        "certification/workbench/mine.html",
        tasks=applicant.tasks(actor, asked.page("tasks")),
        open_cases=open_cases,
        pressing=clocks.nearest(open_cases.items),
        others=applicant.set_aside(actor, asked.page("others")),
        certificates=issued.held_by(actor, asked.page("certificates")),
    )


@applications.get("/applications/<id:case_id>")
def show(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    if actor.kind == "certification_body":
        return redirect(url_for("reviews.show", case_id=case_id))
    return case_page(own_case(case_id, actor), actor)


def case_page(
    case: "Application",
    actor: Actor,
    typed: Mapping[str, SavedForm] | None = None,
    again: Redisplay | None = None,
) -> ResponseReturnValue:
    """The case as it stands; `typed` holds the forms that were sent and refused, by their place."""
    page = render_template(
        "certification/application/show.html",
        case=case,
        again=again,
        offers={offer.name: offer for offer in lifecycle.offers(case, actor)},
        sections=applicant.sections(case),
        tasks=applicant.tasks_of(case),
        missing_files=cases.missing_files(case),
        timeline=workbench.timeline(actor, case),
        ended=applicant.ended(actor, case),
        certificate=issued.number_of(case.id),
        typed=typed or {},
        unanswered=AnswerForm(formdata=None),
        evaluated=workbench.told(case),
    )
    return page, again.status if again else 200
