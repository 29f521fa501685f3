"""What the applicant answers: points of a correction, nonconformities, samples to be sent."""

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.application.views import sections
from certification.application.views.applications import applications, own_case
from certification.evaluation import queries as evaluation
from certification.evaluation.forms.answers import AnswerForm
from certification.laboratory.forms.orders import DispatchForm
from certification.laboratory.queries import samples
from certification.questions import queries as questions
from certification.questions.forms import AnswerForm as AnswerQuestion
from certification.questions.forms import answer_form
from certification.workbench.queries.applicant import SECTIONS
from certification.workbench.views.applicant import case_page
from core.errors import NotFound, OutOfOrder
from core.i18n import _
from core.step.door import at, send, try_save, try_step
from core.step.forms import SavedForm, StepForm

if TYPE_CHECKING:
    from certification.evaluation.models import Nonconformity
    from certification.laboratory.models import Sample
    from certification.questions.models import Question

applications.add_app_template_global(questions.said, "questions_of")
applications.add_app_template_global(questions.question_at)
applications.add_app_template_global(answer_form)


@applications.post("/applications/<id:case_id>/points")
def answer_points(case_id: int) -> ResponseReturnValue:
    """Keep what was answered so far; a point left empty stays open."""
    actor = current_actor()
    case = own_case(case_id, actor)
    form = SavedForm(data={"version": case.version})

    def answer(**_facts: object) -> None:
        if not case.is_correcting:
            raise OutOfOrder("application-not-editable", state=case.state)
        sections.answer_points(case)

    again = try_save(case, form, answer)
    if again:
        return case_page(case, actor, {"points": form}, again)
    flash(_("答复已保存"), "ok")
    return _back(case_id, "points")


@applications.post("/nonconformities/<id:finding_id>/answer")
def answer_nonconformity(finding_id: int) -> ResponseReturnValue:
    actor = current_actor()
    finding = evaluation.nonconformity(actor, finding_id)
    own_case(finding.application_id, actor)
    form = AnswerForm(data={"version": finding.version})
    return _after(finding, "answer", actor, form, f"finding-{finding_id}")


@applications.post("/questions/<id:question_id>/explain")
def answer_question(question_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = questions.question(actor, question_id)
    own_case(found.application_id, actor)
    place = f"question-{question_id}"
    form = at(AnswerQuestion(data={"version": found.version}).offer(found.application), place)
    return _after(found, "explain", actor, form, place)


@applications.get("/nonconformities/<id:finding_id>/evidence/<id:round_>")
def evidence(finding_id: int, round_: int) -> ResponseReturnValue:
    """What one answer brought; the answers that were sent back keep theirs."""
    actor = current_actor()
    finding = evaluation.nonconformity(actor, finding_id)
    answer = next((answer for answer in finding.answers if answer.round == round_), None)
    if answer is None or actor.kind == "regulator":
        raise NotFound("file-not-found")
    return send(answer.evidence, answer.evidence_name or answer.evidence[:12])


@applications.post("/samples/<id:sample_id>/dispatch")
def dispatch(sample_id: int) -> ResponseReturnValue:
    actor = current_actor()
    sample = samples.sample(actor, sample_id)
    own_case(sample.application_id, actor)
    form = DispatchForm(data={"version": sample.version})
    return _after(sample, "dispatch", actor, form, f"sample-{sample_id}")


def _after(
    subject: "Nonconformity | Question | Sample", step: str, actor: Actor, form: StepForm, place: str
) -> ResponseReturnValue:
    again = try_step(subject, step, actor, form)
    if again:
        return case_page(subject.application, actor, {place: form}, again)
    return _back(subject.application_id, place)


def _back(case_id: int, place: str) -> ResponseReturnValue:
    """To the page on which it was answered."""
    came_from = request.form.get("section", "")
    here = came_from if came_from in SECTIONS else "show"
    return redirect(url_for(f"certification.{here}", case_id=case_id, _anchor=place))
