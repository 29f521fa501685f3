"""What is handed in with the steps of a draft and of a comment on it."""

from typing import Annotated

from core.lifecycle import Key
from core.members import ColumnText, Day, OneOf, Perhaps
from core.step.shapes import Facts, Nothing, Reason
from schemes.drafts.models import DraftComment, RuleDraft
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
