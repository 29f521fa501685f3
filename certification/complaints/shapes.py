"""What is handed in with the steps of a complaint at the body."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from certification.complaints.models import BodyComplaint, Complainant
from certification.workflow import BODY_COMPLAINT
from certification.workflow.complaint import MEASURES, OUTCOMES, SUBJECTS
from core import lifecycle
from core.api import Answered, PageNumber
from core.members import Body, ColumnText, File, OneOf
from core.step.shapes import Facts, Nothing, SubjectAnswer


class SetAside(Facts):
    reason: Annotated[str, ColumnText(BodyComplaint.answer)] = ""


class Investigated(Facts):
    findings: Annotated[str, ColumnText(BodyComplaint.findings)] = ""


class ComplaintAnswer(Facts):
    outcome: Annotated[str, OneOf(OUTCOMES)] = ""
    measure: Annotated[str, OneOf(MEASURES)] = ""
    answer: Annotated[str, ColumnText(BodyComplaint.answer)] = ""


class Brought(Body):
    """Name and contact stay apart from the complaint: the handler alone reads them."""

    subject: Annotated[str, OneOf(SUBJECTS)] = ""
    text: Annotated[str, ColumnText(BodyComplaint.text)] = ""
    name: Annotated[str, ColumnText(Complainant.name)] = ""
    contact: Annotated[str, ColumnText(Complainant.contact)] = ""
    file: File | None = None

    def facts(self) -> dict[str, Any]:  # as `operations.bring` names them
        said = {name: getattr(self, name) for name in ("subject", "text", "name", "contact")}
        return said | {"upload": self.file}


class ReceiptAnswer(Answered):
    number: str
    code: str = Field(
        description="Opens how it stands, with the number; it is told here once and kept nowhere"
    )
    due_on: date | None = Field(description="By when its receipt is acknowledged")


class ComplaintsQuery(BaseModel):
    page: PageNumber = 1


class ComplaintSaid(SubjectAnswer):
    """Who complained, and the file that may say so, are read on the page by the handler alone."""

    version: int = Field(description="As each step asks which version was read")
    number: str
    certificate: str
    subject: str
    channel: str
    text: str
    real_name: bool
    received_on: date
    due_on: date | None
    late: bool
    handler: str
    findings: str
    outcome: str
    measure: str
    answer: str
    answered_on: date | None


class ComplaintsAnswer(Answered):
    total: int
    page: int
    items: list[ComplaintSaid]


def receipt(found: BodyComplaint, code: str) -> dict[str, object]:
    return {"number": found.number, "code": code, "due_on": found.due_on}


PLAIN = ("version", "number", "subject", "channel", "text", "real_name", "received_on", "due_on", "handler",
         "findings", "outcome", "measure", "answer", "answered_on")  # fmt: skip


def complaint(found: BodyComplaint) -> dict[str, object]:
    said = {name: getattr(found, name) for name in PLAIN}
    return said | {"certificate": found.certificate.number, "late": found.is_late}


ASKS: dict[lifecycle.Key, type[Facts]] = {
    (BODY_COMPLAINT, "acknowledge"): Nothing,
    (BODY_COMPLAINT, "set_aside"): SetAside,
    (BODY_COMPLAINT, "investigate"): Investigated,
    (BODY_COMPLAINT, "answer"): ComplaintAnswer,
}
