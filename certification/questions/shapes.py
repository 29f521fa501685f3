"""What is handed in with the steps of a question, and what is told of one."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from certification.evaluation.models import Nonconformity
from certification.questions.models import Question
from certification.questions.queries import Said
from certification.workflow import QUESTION
from certification.workflow.nonconformity import GRADES
from core.api import Answered
from core.members import ColumnText, Id, OneOf, Perhaps
from core.step.shapes import Facts, Reason, SubjectAnswer


class Answer(Facts):
    answer: Annotated[str, ColumnText(Question.answer)] = ""
    file: Perhaps[Id] = Field(None, description="a file of the case")


class Raised(Facts):
    """It is raised where the question stands."""

    grade: Annotated[str, OneOf(GRADES)] = ""
    fact: Annotated[str, ColumnText(Nonconformity.fact)] = ""
    clause: Annotated[str, ColumnText(Nonconformity.clause)] = ""


class QuestionAnswer(SubjectAnswer):
    """`row` is the place of the row it is about, from 0; of the activity data as a whole there is none.
    `nonconformity` is the finding it went on as."""

    slug: str
    row: int | None
    severity: str = Field(examples=["red", "amber"])
    message: str
    question: str
    answer: str
    file: int | None
    answered_by: str
    answered_at: datetime | None
    reason: str
    settled_by: str
    settled_at: datetime | None
    nonconformity: int | None


class QuestionsAnswer(Answered):
    items: list[QuestionAnswer]


def as_json(said: Said) -> dict[str, Any]:  # JSON
    asked = said.question
    return {
        "slug": asked.slug,
        "row": asked.row,
        "severity": asked.severity,
        "message": said.message,
        "question": said.text,
        "answer": asked.answer,
        "file": asked.file_id,
        "answered_by": asked.answered_by,
        "answered_at": asked.answered_at,
        "reason": asked.reason,
        "settled_by": asked.settled_by,
        "settled_at": asked.settled_at,
        "nonconformity": asked.nonconformity_id,
    }


ASKS = {
    (QUESTION, "explain"): Answer,
    (QUESTION, "accept_answer"): Reason,
    (QUESTION, "accept_ground"): Reason,
    (QUESTION, "withdraw_ground"): Reason,
    (QUESTION, "raise_finding"): Raised,
}
