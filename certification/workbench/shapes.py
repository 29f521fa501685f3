"""What the API asks of the list of cases, by the filters of its page, and what it tells of a whole case."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from certification.shapes import PageQuery
from certification.workbench.queries.lists import Wanted
from certification.workbench.queries.queue import DUE, SORTS, VIEWS
from certification.workbench.queries.workbench import Part
from certification.workflow import APPLICATION
from core.api import Answered
from core.members import Id, OneOf, Perhaps, Text


class EntryAnswer(Answered):
    """A file of a case, at its path in the archive of the whole."""

    path: str
    sha256: str
    size: int
    superseded: bool


class TypedLateAnswer(Answered):
    """Days that were typed long after them with one step, by the members they were typed in."""

    of: str = Field(examples=["application/12"])
    step: str
    days: dict[str, date]
    reason: str
    by: str
    at: datetime


class DossierAnswer(Answered):
    case: str
    files: list[EntryAnswer]
    typed_late: list[TypedLateAnswer]


class PartAnswer(Answered):
    """A part of the evaluation; `open` names what is left undone in it."""

    part: str = Field(examples=["documents", "tests", "site", "findings", "verification"])
    conclusion: str = Field(examples=["result.pass", "conclusion.fail", "part.all_closed"])
    by: str
    on: date | None
    text: str
    open: list[str]


class EvaluationAnswer(Answered):
    items: list[PartAnswer]


def part(found: Part) -> dict[str, object]:
    said = {"part": found.name, "conclusion": found.verdict, "by": found.who, "on": found.on}
    return said | {"text": found.text, "open": list(found.open)}


class CasesQuery(PageQuery):
    """`view` left empty is every case, open and closed; the last changed stands first."""

    view: Annotated[str, OneOf(VIEWS)] = ""
    due: Annotated[str, OneOf(DUE)] = ""
    scheme: Text = Field("", max_length=200)
    client: Perhaps[Id] = None
    person: Perhaps[Id] = None
    laboratory: Perhaps[Id] = None
    region: Text = Field("", max_length=6, description="GB/T 2260, of a city: 320200")
    state: Annotated[str, OneOf(tuple(APPLICATION.states))] = ""
    sort: Annotated[str, OneOf(SORTS)] = "updated"
    falling: bool = True

    def wanted(self) -> Wanted:
        asked = self.model_dump(exclude={"q", "page", "per_page"})
        return Wanted(text=self.q, **asked | {"sort": self.sort or "updated"})
