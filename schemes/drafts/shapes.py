"""What is handed in with the steps of a draft and of a comment on it, and about retirements by programs."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from core.api import Answered, PageNumber
from core.lifecycle import Key
from core.members import Body, ColumnText, Day, OneOf, Perhaps
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from schemes.drafts.models import DraftComment, Retirement, RuleDraft
from schemes.drafts.workflow import ADOPTED, COMMENT, DRAFT, RETIREMENT


class Submission(Facts):
    summary: Annotated[str, ColumnText(RuleDraft.summary)] = ""


class CommentPeriod(Facts):
    comment_from: Perhaps[Day] = None
    comment_to: Perhaps[Day] = None


class Publication(Facts):
    convert_by: Perhaps[Day] = None


class Answer(Facts):
    adopted: Annotated[str, OneOf(ADOPTED)] = ""
    answer: Annotated[str, ColumnText(DraftComment.answer)] = ""


ASKS: dict[Key, type[Facts]] = {
    (DRAFT, "submit"): Submission,
    (DRAFT, "send_back"): Reason,
    (DRAFT, "open_comment"): CommentPeriod,
    (DRAFT, "close_comment"): Nothing,
    (DRAFT, "ask_approval"): Nothing,
    (DRAFT, "return"): Reason,
    (DRAFT, "approve"): Nothing,
    (DRAFT, "publish"): Publication,
    (DRAFT, "withdraw"): Reason,
    (COMMENT, "show"): Nothing,
    (COMMENT, "hide"): Reason,
    (COMMENT, "answer"): Answer,
    (RETIREMENT, "confirm"): Nothing,
    (RETIREMENT, "drop"): Reason,
}


class Retired(Body):
    """A rule that is to take no new case from a day on, and why."""

    code: Annotated[str, ColumnText(Retirement.code)]
    day: Day
    reason: Annotated[str, ColumnText(Retirement.reason)]


class RetirementsQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(20, ge=1, le=200)


class RetirementAnswer(SubjectAnswer):
    code: str
    day: date
    reason: str
    author: str


class RetirementsAnswer(Answered):
    total: int
    items: list[RetirementAnswer]


def retirement(found: Retirement) -> dict[str, object]:
    return {"code": found.code, "day": found.day, "reason": found.reason, "author": found.author}
