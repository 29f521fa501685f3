"""What is handed in with the steps of a draft and of a comment on it, and about retirements by programs."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from core.api import Answered, PageNumber
from core.lifecycle import Key
from core.members import Body, ColumnText, Count, Day, OneOf, Perhaps
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from core.words import sentence
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


class Begun(Body):
    """What a draft begins with: nothing, a copy of a version, or the next version of its rule."""

    code: Annotated[str, ColumnText(RuleDraft.code)] = ""
    of_version: Annotated[str, ColumnText(RuleDraft.code)] = Field("", description="The version of that rule")
    next_version: bool = False


class Written(Body):
    version: Count
    document: dict[str, Any] = Field(description="Whole, as /schemes/schema has it")  # JSON


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


class FaultAnswer(Answered):
    at: str = Field(description="JSON pointer")
    slug: str
    message: str


class DraftDocument(Answered):
    """As it stands, right or wrong; what is right fits /schemes/schema."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": {"type": ["object", "array", "string", "number", "boolean", "null"]}
        },
    )


class DraftListed(Answered):
    id: int
    state: str
    code: str
    version: int


class DraftAnswer(DraftListed):
    """A draft with its document, and what is wrong in it; its steps are taken on its page."""

    document: DraftDocument
    digest: str = Field(description="SHA-256 of the document; an approval holds for this text alone")
    faults: list[FaultAnswer]


class DraftsAnswer(Answered):
    total: int
    items: list[DraftListed]


def listed(found: RuleDraft) -> dict[str, object]:
    return {"id": found.id, "state": found.state, "code": found.code, "version": found.version}


def draft(found: RuleDraft) -> dict[str, object]:
    return listed(found) | {
        "document": found.document,
        "digest": found.text_digest,
        "faults": [
            {"at": at, "slug": slug, "message": sentence(slug, detail)}
            for at, (slug, detail) in sorted(found.faults.items())
        ],
    }


def retirement(found: Retirement) -> dict[str, object]:
    return {"code": found.code, "day": found.day, "reason": found.reason, "author": found.author}
