"""Questions are asked by what the activity data say, answered by the applicant, settled by who evaluates."""

from collections.abc import Collection

from sqlalchemy import select

from accounts.actor import SYSTEM
from carbon import operations as carbon
from carbon.checks import CHECKS, asked, check_of
from carbon.footprint import Caution
from certification.application.models import Application
from certification.application.operations.applications import touch
from certification.application.queries.around import around
from certification.events import ActivityDataTouched
from certification.laboratory.models import Sample, TestReport
from certification.questions.models import Question
from certification.verification.operations import lay_opinion_aside
from certification.workflow import APPLICATION, QUESTION, parts
from core import lifecycle, machine
from core.clock import now
from core.db import db
from core.errors import Invalid
from core.machine import Actor

OF_RESULTS = ("clinker-share-differs",)
FALLING_BACK = APPLICATION.sources("fall_back")
Facts = tuple[str, tuple[tuple[str, str], ...]]


def follow_data(event: ActivityDataTouched) -> None:
    ask(db.session.get_one(Application, event.application_id))


def follow_results(tested: Sample | TestReport, *_taken: object) -> None:
    """What a laboratory found is held against the activity data; a case that was reviewed already is
    evaluated again where the two differ."""
    case = tested.application
    if case.is_evaluating or case.state in FALLING_BACK:
        ask(case, OF_RESULTS)
        if case.state in FALLING_BACK and not parts.questions(case).met:
            lifecycle.take(case, "fall_back", SYSTEM, reason=tested.number)


def ask(application: Application, about: Collection[str] = CHECKS) -> None:
    """Ask what the activity data leave in doubt as they stand.  What was asked about the same facts stays,
    with its answer; of what is no longer so, an answer is kept and a mere question is not."""
    found = _found(application)
    if found is None:
        return
    found = {facts: caution for facts, caution in found.items() if caution.slug in about}
    standing = {
        question.facts: question
        for question in application.questions
        if not question.is_gone and question.slug in about
    }
    for facts, caution in found.items():
        if facts in standing:
            standing[facts].row = caution.row
        else:
            application.questions.append(_question(caution))
    for facts, question in standing.items():
        if facts not in found:
            _lay_aside(question)
    db.session.flush()


def ask_about_drafts() -> int:
    """Ask anew about every draft: a day has passed, the library or what is certified has changed, or the
    checks have.  Return of how many."""
    drafts = list(db.session.scalars(select(Application).where(Application.is_draft)))
    for draft in drafts:
        ask(draft)
    return len(drafts)


def explain(
    question: Question, actor: Actor, *, answer: str, file: int | None = None, **_facts: object
) -> None:
    question.answer, question.file_id = answer.strip(), file
    question.answered_by, question.answered_at = actor.label, now()


def accept_answer(question: Question, actor: Actor, *, reason: str, **_facts: object) -> None:
    _settle(question, actor, reason)


def accept_ground(question: Question, actor: Actor, *, reason: str, **_facts: object) -> None:
    """What was raised before anybody answered was answered by its correction.  A case that came to its review
    before grounds were accepted is reviewed with the number that follows."""
    _review_anew(question, reason)
    latest = question.finding.latest if question.finding else None
    if latest is not None and question.answer == "":
        question.answer, question.answered_by, question.answered_at = (
            *(latest.text, latest.answered_by),
            latest.answered_at,
        )
    _settle(question, actor, reason)


def withdraw_ground(question: Question, _actor: Actor, **_facts: object) -> None:
    """It is open again; who had accepted it, and why it was taken back, stands in the history."""
    question.reason, question.settled_by, question.settled_at = "", "", None


def reckon_anew(question: Question, _step: str, _actor: Actor, facts: machine.Facts) -> None:
    """What is decided upon is what counts now; a review of another number is made anew."""
    case = question.application
    lay_opinion_aside(case)
    case.footprint = carbon.freeze(case.inventory, SYSTEM, around(case))
    touch(case)
    _review_anew(question, facts["reason"])


def _review_anew(question: Question, reason: str) -> None:
    if question.application.is_reviewed:
        lifecycle.take(question.application, "fall_back", SYSTEM, reason=reason)


def raise_finding(
    question: Question, actor: Actor, *, grade: str, fact: str, clause: str = "", **_facts: object
) -> None:
    """It goes on as a nonconformity, which has an answer, a day and an end of its own."""
    case = question.application
    lifecycle.take(
        case, "raise", actor, grade=grade, anchor=question.finding_anchor, fact=fact, clause=clause
    )
    finding = case.nonconformities[-1]
    question.nonconformity_id = finding.id
    _settle(question, actor, finding.number)


def _found(application: Application) -> dict[Facts, Caution] | None:
    """What there is to ask, by its facts; None while nothing can be computed."""
    if not application.inventory.rows and not application.inventory.system:
        return {}
    try:
        result = carbon.compute(application.inventory, around(application))
    except Invalid:
        return None
    return {(each.slug, tuple(sorted(each.detail.items()))): each for each in asked(result.cautions)}


def _question(caution: Caution) -> Question:
    severity = check_of(caution.slug).severity
    return Question(slug=caution.slug, severity=severity, row=caution.row, detail=dict(caution.detail))


def _lay_aside(question: Question) -> None:
    if question.is_unanswered:
        question.application.questions.remove(question)
    elif question.is_open:
        lifecycle.take(question, "lay_aside", SYSTEM)


def _settle(question: Question, actor: Actor, reason: str) -> None:
    question.reason, question.settled_by, question.settled_at = reason.strip(), actor.label, now()


LAW = {Question: QUESTION}

EFFECTS = {
    (QUESTION, "explain"): explain,
    (QUESTION, "accept_answer"): accept_answer,
    (QUESTION, "accept_ground"): accept_ground,
    (QUESTION, "withdraw_ground"): withdraw_ground,
    (QUESTION, "raise_finding"): raise_finding,
}
