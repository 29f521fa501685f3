"""What is handed in with the steps of a draft and of a comment on it, and about retirements by programs."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from core.api import Answered, PageNumber
from core.lifecycle import Key
from core.members import Body, ColumnText, Count, Day, File, OneOf, Perhaps
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from schemes.drafts import telling
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


class Blank(Body):
    version: Count = Field(description="Of the draft, as it was read")
    upload: File


class Commented(Body):
    """What anybody says about a draft; `place` is the part of it that is meant."""

    text: Annotated[str, ColumnText(DraftComment.text)] = ""
    place: Annotated[str, ColumnText(DraftComment.place)] = ""
    name: Annotated[str, ColumnText(DraftComment.name)] = ""
    anonymous: bool = Field(False, description="The name is not shown")


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


class DraftAnswer(SubjectAnswer):
    """A draft with its document, what is wrong in it, and the steps open to the caller."""

    code: str
    version: int = Field(description="Asked for with each step, so that nobody decides on a text unseen")
    summary: str
    comment_from: date | None
    comment_to: date | None
    unanswered: int = Field(description="Comments that still want their answer")
    approvals: int = Field(description="Of this text, by people who did not write in it")
    convert_by: date | None
    published: str = Field(description="The version of the rule that it became; empty until then")
    document: DraftDocument
    digest: str = Field(description="SHA-256 of the document; an approval holds for this text alone")
    faults: list[FaultAnswer]


class DraftsAnswer(Answered):
    total: int
    items: list[DraftListed]


class CommentAnswer(SubjectAnswer):
    """For those who answer, with the steps open to them."""

    version: int
    number: str
    draft_id: int
    created_at: datetime
    place: str
    text: str
    name: str
    anonymous: bool
    adopted: str
    answer: str
    ground: str = Field(description="For which it is not shown")


class PublicComment(Answered):
    """What everybody may read: one that is not shown is named with the ground, and not quoted."""

    number: str
    state: str
    created_at: datetime
    place: str
    text: str
    name: str
    adopted: str
    answer: str
    ground: str


class CommentsAnswer(Answered):
    total: int
    items: list[CommentAnswer]


class PublicCommentsAnswer(Answered):
    total: int
    items: list[PublicComment]


def listed(found: RuleDraft) -> dict[str, object]:
    return {"id": found.id, "state": found.state, "code": found.code, "version": found.version}


def draft(found: RuleDraft) -> dict[str, object]:
    """What is said beside its state and its links."""
    return {
        "code": found.code,
        "version": found.version,
        "summary": found.summary,
        "comment_from": found.comment_from,
        "comment_to": found.comment_to,
        "unanswered": len(found.unanswered),
        "approvals": len(found.approved_by - found.authors),
        "convert_by": found.convert_by,
        "published": found.published.version if found.published else "",
        "document": found.document,
        "digest": found.text_digest,
        "faults": [
            {"at": at, "slug": slug, "message": telling.fault((slug, detail), found.document)}
            for at, (slug, detail) in sorted(found.faults.items())
        ],
    }


def comment(found: DraftComment) -> dict[str, object]:
    """What is said beside its state and its links."""
    own = ("version", "draft_id", "text", "name", "anonymous")
    return _of_any(found) | {member: getattr(found, member) for member in own}


def public_comment(found: DraftComment) -> dict[str, object]:
    text = found.text if found.is_quoted else ""
    return _of_any(found) | {"state": found.state, "text": text, "name": found.by}


def _of_any(found: DraftComment) -> dict[str, object]:
    members = ("number", "created_at", "place", "adopted", "answer", "ground")
    return {member: getattr(found, member) for member in members}


def retirement(found: Retirement) -> dict[str, object]:
    return {"code": found.code, "day": found.day, "reason": found.reason, "author": found.author}
