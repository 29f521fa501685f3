"""The pages of the certification body: the workbench of one case."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import actor_of_kind
from carbon.queries import spoken
from certification.aftercare.queries import evidence
from certification.application.queries import applications as cases
from certification.application.queries import documents, submissions
from certification.application.queries.coverage import coverage
from certification.application.views.drafts import refill
from certification.application.words.anchors import anchor_text
from certification.conversion import queries as conversion
from certification.evaluation import queries as evaluation
from certification.evaluation import queries as site
from certification.evaluation.forms import plan
from certification.evaluation.forms import reviews as forms
from certification.impartiality.queries import changes_within
from certification.impartiality.views import ask_first
from certification.laboratory.forms import orders
from certification.laboratory.queries import samples
from certification.laboratory.views.samples import again_of, sample_form, sample_forms
from certification.questions import queries as questions
from certification.questions.forms import FORMS as SETTLING
from certification.verification import forms as verifying
from certification.verification.queries import of_body
from certification.workbench.queries import criteria, turns, workbench
from certification.workbench.views import verified
from certification.workbench.views.verified import verification_page
from certification.workflow.adopted import least_days, people_of
from certification.workflow.purpose import PARTS
from certification.workflow.site import site_count
from core import asked, lifecycle
from core.errors import OutOfOrder
from core.i18n import _
from core.machine import Offer
from core.step.door import Redisplay, at, try_step
from core.step.forms import ReasonForm, StepForm
from core.words import word

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.evaluation.models import Nonconformity

reviews = Blueprint("reviews", __name__, url_prefix="/certification/reviews")
reviews.before_request(ask_first)
reviews.add_app_template_global(anchor_text)
reviews.add_app_template_global(changes_within)
reviews.add_app_template_global(workbench.days_since)
reviews.add_app_template_global(turns.holders)
reviews.add_app_template_global(turns.holders_of)
reviews.add_app_template_global(workbench.raised_at)
reviews.add_app_template_global(criteria.judgement)
reviews.add_app_template_global(criteria.grade_name)
reviews.add_app_template_global(spoken, "cautions")
for shown in verified.SHOWN:
    reviews.add_app_template_global(shown)

Typed = Mapping[str, StepForm]  # the forms that come back, by the step or what they stand at

FORMS: dict[str, type[StepForm]] = (
    forms.FORMS
    | verifying.FORMS
    | {
        "plan": plan.PlanForm,
        "replan": plan.ReplanForm,
        "order_sample": orders.OrderForm,
    }
)

# Steps that have a page of their own; every other one is taken in the pane of the workbench.
DECIDING = ("grant", "refuse", "return_to_review", "return_to_evaluation")
COUNTERSIGNING = ("countersign", "return_decision", "veto")
PAGES = {"verify_site": "inspect"} | dict.fromkeys((*DECIDING, *COUNTERSIGNING), "decide")
PAGES |= dict.fromkeys(verified.STEPS, "verification")

# Steps that hold a case back; their forms open only when they are asked for, or nothing else is open.
HOLD_BACK = frozenset({"correct", "decline", "return", "report_failure", "replan"})


@reviews.get("/<id:case_id>")
def show(case_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    return _workbench(cases.application(actor, case_id), actor)


@reviews.get("/<id:case_id>/inspect")
def inspect(case_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    case = cases.application(actor, case_id)
    return _inspect(case, actor, _form(case, "verify_site"))


@reviews.get("/<id:case_id>/verification")
def verification(case_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    return verification_page(of_body(actor, case_id), actor)


@reviews.get("/<id:case_id>/decide")
def decide(case_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    case = cases.application(actor, case_id)
    return _decide(case, actor, _form(case, "countersign" if case.awaits_countersigning else "grant"))


@reviews.post("/<id:case_id>/<step>")
def take(case_id: int, step: str) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    case = cases.application(actor, case_id)
    form = _form(case, step)
    again = try_step(case, step, actor, form)
    if again is None:
        place = "verification" if step in verified.STEPS else "show"
        return redirect(url_for(f"reviews.{place}", case_id=case_id))
    if page := PAGES.get(step):
        shown = {"inspect": _inspect, "decide": _decide, "verification": verification_page}
        return shown[page](case, actor, form, again)
    return _workbench(case, actor, {step: form}, step, again)


@reviews.post("/nonconformities/<id:finding_id>/<step>")
def judge(finding_id: int, step: str) -> ResponseReturnValue:
    """Close a nonconformity on its evidence, or send the answer back."""
    actor = actor_of_kind("certification_body")
    finding = evaluation.nonconformity(actor, finding_id)
    form = ReasonForm(data={"version": finding.version})
    again = try_step(finding, step, actor, form)
    if again is None:
        return redirect(
            url_for("reviews.show", case_id=finding.application_id, _anchor=f"finding-{finding_id}")
        )
    return _workbench(finding.application, actor, {f"finding-{finding_id}": form}, "", again)


@reviews.post("/questions/<id:question_id>/<step>")
def settle(question_id: int, step: str) -> ResponseReturnValue:
    """Accept what was answered to a question, or the ground to take away; or raise a nonconformity."""
    actor = actor_of_kind("certification_body")
    found = questions.question(actor, question_id)
    if step not in SETTLING:
        raise OutOfOrder("no-such-step", step=step)
    form = SETTLING[step](data={"version": found.version})
    again = try_step(found, step, actor, form)
    place = f"question-{question_id}"
    if again is None:
        return redirect(url_for("reviews.show", case_id=found.application_id, tab="inventory", _anchor=place))
    return _workbench(found.application, actor, {f"{place}-{step}": form}, "", again, "inventory")


@reviews.post("/samples/<id:sample_id>/<step>")
def send_sample(sample_id: int, step: str) -> ResponseReturnValue:
    """Draw, seal, send and hand over a sample; decide what becomes of one in doubt."""
    actor = actor_of_kind("certification_body")
    sample = samples.sample(actor, sample_id)
    form = sample_form(sample, step)
    again = try_step(sample, step, actor, form)
    if again is None:
        return redirect(url_for("reviews.show", case_id=sample.application_id, tab="tests"))
    return _workbench(sample.application, actor, {f"sample-{sample_id}-{step}": form}, "", again)


def _workbench(
    case: "Application",
    actor: Actor,
    typed: Typed | None = None,
    step: str = "",
    again: Redisplay | None = None,
    tab: str = "",
) -> ResponseReturnValue:
    """The three panes; `typed` holds the forms that come back, by step or by what they stand at."""
    typed = typed or {}
    history = workbench.timeline(actor, case)
    offers = [offer for offer in lifecycle.offers(case, actor) if offer.name != "recall"]
    open_step = step or _asked(offers)
    tab = tab or asked.choice("tab", workbench.TABS, "summary")
    page = render_template(
        "certification/workbench/workbench.html",
        case=case,
        ours=workbench.inbox(actor, mine=True),
        theirs=workbench.inbox(actor, mine=False),
        offers=offers,
        pages=PAGES,
        open_step=open_step,
        form=typed.get(open_step) or (_form(case, open_step) if _has_form_here(open_step) else None),
        typed=typed,
        again=again,
        may_raise=any(offer.name == "raise" and offer.ready for offer in offers),
        tabs=workbench.TABS,
        tab=tab,
        parts=workbench.parts(case),
        timeline=history,
        milestones=workbench.way(case, history),
        file_at="certification.file",
        dossier_at="reviews.show",
        returned=workbench.last_return(history),
        findings=_judged(case, actor, typed),
        samples=sample_forms(case, actor, typed),
        settling=_settling(case, actor, typed),
        twins=evidence.twins_of(actor, case),
        proofs=documents.Proofs.of(actor, case) if tab == "files" else None,
        coverage=coverage(case) if tab == "files" else None,
    )
    return page, again.status if again else 200


def _asked(offers: Sequence[Offer]) -> str:
    """The step whose form is open: the one asked for, else the first that leads on, else the first."""
    names = [offer.name for offer in offers]
    wished = asked.text("step")
    ready = [offer.name for offer in offers if offer.ready and offer.name not in PAGES]
    ready.sort(key=HOLD_BACK.__contains__)
    return wished if wished in names else next(iter(ready), "")


def _has_form_here(step: str) -> bool:
    return bool(step) and step not in PAGES


def _judged(case: "Application", actor: Actor, typed: Typed) -> "list[tuple[Nonconformity, StepForm | None]]":
    """Each nonconformity with the form to judge its answer, when that is the actor's to do."""
    return [(finding, _beside(finding, actor, typed)) for finding in case.nonconformities]


def _settling(case: "Application", actor: Actor, typed: Typed) -> dict[int, dict[str, StepForm]]:
    """The forms by which the actor settles a question, by its id."""
    found = {}
    for question in case.questions:
        offered = {offer.name for offer in lifecycle.offers(question, actor) if offer.ready}
        if ready := [step for step in SETTLING if step in offered]:
            found[question.id] = {
                step: at(
                    typed.get(f"question-{question.id}-{step}")
                    or SETTLING[step](data={"version": question.version}, formdata=None),
                    f"question-{question.id}-{step}",
                )
                for step in ready
            }
    return found


def _beside(subject: "Nonconformity", actor: Actor, typed: Typed) -> StepForm | None:
    if not lifecycle.offers(subject, actor):
        return None
    place = f"finding-{subject.id}"
    return at(typed.get(place) or ReasonForm(data={"version": subject.version}, formdata=None), place)


def _inspect(
    case: "Application", actor: Actor, form: StepForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    page = render_template(
        "certification/workbench/inspect.html",
        case=case,
        form=form,
        again=again,
        checks=form.checks if isinstance(form, forms.SiteForm) else [],
        places=site.places(case),
        offer=_offered(case, actor, "verify_site"),
    )
    return page, again.status if again else 200


def _decide(
    case: "Application", actor: Actor, form: StepForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    page = render_template(
        "certification/workbench/decide.html",
        case=case,
        form=form,
        again=again,
        parts=workbench.parts(case),
        offers=[offer for offer in lifecycle.offers(case, actor) if PAGES.get(offer.name) == "decide"],
        validity=workbench.validity(case),
    )
    return page, again.status if again else 200


def _offered(case: "Application", actor: Actor, step: str) -> Offer | None:
    return next((offer for offer in lifecycle.offers(case, actor) if offer.name == step), None)


def _form(case: "Application", step: str) -> StepForm:
    """The form of a step, with what this case lets one choose."""
    if step not in FORMS:
        raise OutOfOrder("no-such-step", step=step)
    collected = step == "correct"  # points noted while reading wait in the draft
    brought = refill("application", case.id, step, at_once=collected)
    form = FORMS[step](data=_beginning(case, step), **brought)
    match form:
        case forms.CorrectForm():
            form.offer(submissions.place_choices(case))
            if brought:
                form.version.data, form.version.raw_data = case.version, None
        case forms.AcceptForm() | forms.ListForm():
            form.look_through(case)
        case orders.OrderForm():
            form.offer(case)
        case forms.SiteForm():
            form.visit(site_count(case) if case.plan else 1, case)
        case plan.PlanForm():
            people = {role: evaluation.assignable(case, role) for role in form.FUNCTIONS.values()}
            laboratories = evaluation.laboratories_for(case)
            form.offer(people, laboratories)
            form.allot(case, laboratories)
        case forms.RaiseForm():
            form.offer([(anchor, anchor_text(case, anchor)) for anchor in workbench.anchors(case)])
    return form


def _parts(case: "Application") -> dict[str, object]:
    """A conversion is planned for what the new version asks; what it does not ask anew is left out."""
    wanted = conversion.to_review(case)
    if case.about is None or set(wanted) == set(PARTS):
        return {"parts": [*PARTS]}
    rest = _("、").join(str(word(f"plan_part.{part}")) for part in PARTS if part not in wanted)
    versions = {"former": case.about.scheme.version, "version": case.scheme.version}
    reason = _("换版（%(former)s → %(version)s）：新版没有增加要求的部分：%(parts)s", parts=rest, **versions)
    return {"parts": [*wanted], "parts_reason": reason}


def _beginning(case: "Application", step: str) -> dict[str, object]:
    """What stands in a form before anybody has typed."""
    data: dict[str, object] = {"version": case.version}
    if step == "order_sample":
        data |= again_of(case, asked.number("retest"))
    elif step == "plan":
        data |= {"person_days": least_days(case), "headcount": people_of(case)} | _parts(case)
    elif step == "replan" and case.plan:
        data |= evaluation.as_planned(case.plan)
    elif step == "raise" and (anchor := asked.text("anchor")):
        data |= {"anchor": anchor, "fact": workbench.note_of(case, anchor)}
    elif step == "verify_site" and case.plan:
        visit = case.plan
        data |= {
            "person_days": visit.person_days,
            "started_on": visit.site_from,
            "ended_on": visit.site_to,
        }
    return data
