"""What is handed in about the competence of people, and what is answered of it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from certification.impartiality.models import Competence
from certification.workflow import COMPETENCE
from certification.workflow.competence import COMPETENCES, METHODS
from core.api import Answered
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
    methods: Text = Field("", description="Of a laboratory, one a line; * for every one")
    basis: Annotated[str, ColumnText(Competence.basis)] = ""
    valid_from: Perhaps[Day] = None
    valid_to: Perhaps[Day] = None
    evidence: File | None = None

    def facts(self) -> Facts:
        """As `propose_competence` is told them."""
        said = {name: getattr(self, name) for name in Proposal.model_fields if name != "methods"}
        named = [line.strip() for line in self.methods.splitlines() if line.strip()]
        methods = [METHODS if each == "*" else f"{METHODS}/{each}" for each in named]
        return said | {"functions": self.functions.split(), "classes": [*self.classes.split(), *methods]}


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


FACTS = tuple(CompetenceAnswer.model_fields.keys() - SubjectAnswer.model_fields.keys() - {"person"})


def facts_of(entry: Competence) -> dict[str, object]:
    return {"person": entry.user.name} | {name: getattr(entry, name) for name in FACTS}
