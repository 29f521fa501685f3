"""Questions as their parties may read them."""

from dataclasses import dataclass

from accounts.actor import Actor
from carbon.checks import check_of
from carbon.queries import spoken
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.questions.models import Question
from core.db import db
from core.errors import NotFound


@dataclass(frozen=True)
class Said:
    """A question with its sentence and its wording, in the language of the page."""

    question: Question
    message: str
    text: str


def question(actor: Actor, question_id: int) -> Question:
    found = db.session.get(Question, question_id)
    if found is None or actor.kind == "regulator":  # who reads cases at /oversight/
        raise NotFound("application-not-found")
    if not _may_read(found, application(actor, found.application_id), actor):
        raise NotFound("application-not-found")
    return found


def _may_read(question: Question, case: Application, reader: Actor | None) -> bool:
    applicant = reader is not None and case.applicant_id == reader.organisation_id
    return check_of(question.slug).for_applicant or not applicant


def said(case: Application, reader: Actor | None = None) -> list[Said]:
    """Those that stand, what must be settled first, as the rows stand; to an applicant without what is for
    the reviewer alone."""
    standing = [each for each in case.questions if not each.is_gone and _may_read(each, case, reader)]
    standing.sort(key=lambda each: (not each.is_red, each.row is None, each.row or 0, each.id))
    words = spoken({"slug": each.slug, "row": each.row, "detail": each.detail} for each in standing)
    return [Said(each, text["message"], text["question"]) for each, text in zip(standing, words, strict=True)]


def question_at(case: Application, slug: str, row: int | None) -> Question | None:
    """The one that was asked at a row when the activity data were saved."""
    standing = (each for each in case.questions if not each.is_gone)
    return next((each for each in standing if (each.slug, each.row) == (slug, row)), None)


def said_of(question: Question) -> Said:
    [text] = spoken([{"slug": question.slug, "row": question.row, "detail": question.detail}])
    return Said(question, text["message"], text["question"])
