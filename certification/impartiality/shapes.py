"""What is handed in about the competence of people, and what is answered of it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from certification.impartiality.models import Competence
from certification.impartiality.queries.rested import KINDS, RIGHTS, Ended
from certification.workflow import COMPETENCE
from certification.workflow.competence import COMPETENCES
from core.api import Answered, PageNumber
from core.lifecycle import Key
from core.machine import Facts
from core.members import Body, ColumnText, Day, File, Id, Perhaps, Text
from core.step import shapes as step
from core.step.shapes import Nothing, Reason, SubjectAnswer

ASKS: dict[Key, type[step.Facts]] = {
    (COMPETENCE, "approve"): Nothing,
    (COMPETENCE, "decline"): Reason,
    (COMPETENCE, "suspend"): Reason,
    (COMPETENCE, "resume"): Reason,
    (COMPETENCE, "terminate"): Reason,
}


class Proposal(Body):
    """A form: findings about one person, with the file they rest on."""

    user_id: Perhaps[Id] = None
    functions: Text = Field("", description=f"Parted by blanks, of: {' '.join(COMPETENCES)}")
    classes: Text = Field("", description="Parted by blanks: families of rules, or family/category")
    basis: Annotated[str, ColumnText(Competence.basis)] = ""
    valid_from: Perhaps[Day] = None
    valid_to: Perhaps[Day] = None
    evidence: File | None = None

    def facts(self) -> Facts:
        """As `propose_competence` is told them."""
        said = {name: getattr(self, name) for name in Proposal.model_fields}
        return said | {"functions": self.functions.split(), "classes": self.classes.split()}


class CompetenceAnswer(SubjectAnswer):
    person: str
    user_id: int
    function: str
    product_class: str
    basis: str
    evidence: str | None = Field(description="SHA-256 of the file it rests on")
    valid_from: date
    valid_to: date
    proposed_by: str
    proposed_at: datetime | None
    approved_by: str = Field(description="Empty where it was entered before two people were asked.")
    approved_on: date | None
    ended_on: date | None


class CompetencesAnswer(Answered):
    items: list[CompetenceAnswer]


class RestedAnswer(Answered):
    """What was done on a day without the right."""

    kind: str = Field(examples=list(KINDS))
    day: date
    case_id: int
    case: str
    product: str
    what: str = Field(description="The number of the certificate, the method of the test, who led the visit")


class EndedAnswer(Answered):
    """A right that ended on `last`, which became known at `known`."""

    register_name: str = Field(examples=list(RIGHTS))
    holder: str
    person: str
    number: str
    right: str
    last: date
    known: datetime
    reason: str
    recorded_by: str
    rested: list[RestedAnswer]


class EndedPage(Answered):
    total: int
    page: int
    items: list[EndedAnswer]


class EndedQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(20, ge=1, le=100)


def ended(found: Ended) -> dict[str, object]:
    told = ("last", "known", "reason", "recorded_by")
    rested = [
        {"kind": each.kind, "day": each.day, "what": each.what}
        | {"case_id": each.case.id, "case": each.case.number, "product": each.case.product_name}
        for each in found.rested
    ]
    of = {name: getattr(found.entry, name) for name in ("holder", "person", "number")}
    right = {"register_name": found.register, "right": found.entry.what, "rested": rested}
    return of | right | {name: getattr(found, name) for name in told}


FACTS = tuple(CompetenceAnswer.model_fields.keys() - SubjectAnswer.model_fields.keys() - {"person"})


def facts_of(entry: Competence) -> dict[str, object]:
    return {"person": entry.user.name} | {name: getattr(entry, name) for name in FACTS}
