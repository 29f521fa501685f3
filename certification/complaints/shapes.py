"""What is handed in with the steps of a complaint at the body."""

from typing import Annotated

from certification.complaints.models import BodyComplaint
from certification.workflow import BODY_COMPLAINT
from certification.workflow.complaint import MEASURES, OUTCOMES
from core.members import ColumnText, OneOf
from core.step.shapes import Facts, Nothing


class SetAside(Facts):
    reason: Annotated[str, ColumnText(BodyComplaint.answer)] = ""


class Investigated(Facts):
    findings: Annotated[str, ColumnText(BodyComplaint.findings)] = ""


class ComplaintAnswer(Facts):
    outcome: Annotated[str, OneOf(OUTCOMES)] = ""
    measure: Annotated[str, OneOf(MEASURES)] = ""
    answer: Annotated[str, ColumnText(BodyComplaint.answer)] = ""


ASKS = {
    (BODY_COMPLAINT, "acknowledge"): Nothing,
    (BODY_COMPLAINT, "set_aside"): SetAside,
    (BODY_COMPLAINT, "investigate"): Investigated,
    (BODY_COMPLAINT, "answer"): ComplaintAnswer,
}
