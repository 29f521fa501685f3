"""What is handed in about adoptions, with their steps, and what programs are answered."""

from datetime import date
from typing import Annotated

from pydantic import Field

from core.api import Answered
from core.lifecycle import Key
from core.members import Amount, Body, ColumnText, Count, Listed, Perhaps, Text
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from registers.adoption import queries
from registers.adoption.models import Adoption
from registers.adoption.workflow import ADOPTION

ASKS: dict[Key, type[Facts]] = {
    (ADOPTION, "propose"): Nothing,
    (ADOPTION, "send_back"): Reason,
    (ADOPTION, "approve"): Nothing,
    (ADOPTION, "end"): Reason,
    (ADOPTION, "withdraw"): Reason,
}


class Begun(Body):
    scheme: Text


class Checklists(Body):
    """Items that the body adds to the lists of the rule, or of the house."""

    acceptance: Listed[Text] = []
    documents: Listed[Text] = []
    site: Listed[Text] = []
    review: Listed[Text] = []


class Terms(Body):
    """What the body adds, whole; what is left out is as the rule or the house has it."""

    version: Count
    person_days: Perhaps[Amount] = None
    pattern: Annotated[str, ColumnText(Adoption.pattern)] = ""
    checklists: Checklists = Checklists()


class Wording(Body):
    version: Count
    text: Text = Field("", description="Empty: as the house words it")


class AdoptionAnswer(SubjectAnswer):
    """One version of how a body carries out a rule, with the steps open to the caller."""

    scheme: str
    number: int
    version: int
    person_days: str | None
    pattern: str
    example_number: str = Field(description="The first certificate of the year by the pattern")
    checklists: dict[str, list[str]]
    papers: dict[str, str]
    approved_by: str
    in_force_from: date | None
    ended_on: date | None


class AdoptionsAnswer(Answered):
    items: list[AdoptionAnswer]


def as_json(found: Adoption) -> dict[str, object]:
    return {
        "scheme": found.scheme_code,
        "number": found.number,
        "version": found.version,
        "person_days": None if found.person_days is None else f"{found.person_days:f}",
        "pattern": found.pattern,
        "example_number": queries.example_number(found),
        "checklists": found.checklists,
        "papers": found.papers,
        "approved_by": found.approved_by,
        "in_force_from": found.in_force_from,
        "ended_on": found.ended_on,
    }
