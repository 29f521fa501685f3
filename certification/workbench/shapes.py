"""What the API asks of the list of cases, by the filters of its page, and what it tells of a whole case."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from certification.shapes import PageQuery
from certification.workbench.queries.certificates import CERTIFICATES
from certification.workbench.queries.checks import CHECKS
from certification.workbench.queries.lists import Wanted
from certification.workbench.queries.orders import ORDERS
from certification.workbench.queries.queue import CASES
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


class ListQuery(PageQuery):
    """What every list is asked by; `client` is the other side, by the id of its organisation."""

    scheme: Text = Field("", max_length=200)
    client: Perhaps[Id] = None
    person: Perhaps[Id] = None
    laboratory: Perhaps[Id] = None
    region: Text = Field("", max_length=6, description="GB/T 2260, of a city: 320200")
    falling: bool = False

    def wanted(self) -> Wanted:
        """What is left empty is asked as where it is left out."""
        asked = self.model_dump(exclude={"q", "page", "per_page"})
        usual = type(self).model_fields["sort"].default
        return Wanted(text=self.q, **asked | {"sort": asked["sort"] or usual})


class CasesQuery(ListQuery):
    """`view` left empty is every case, open and closed; the last changed stands first."""

    view: Annotated[str, OneOf(CASES.views)] = ""
    due: Annotated[str, OneOf(CASES.due)] = ""
    state: Annotated[str, OneOf(tuple(APPLICATION.states))] = ""
    sort: Annotated[str, OneOf(CASES.sorts)] = "updated"
    falling: bool = True


class CertificatesQuery(ListQuery):
    """`view` left empty is every certificate; what is due next stands first."""

    view: Annotated[str, OneOf(CERTIFICATES.views)] = ""
    due: Annotated[str, OneOf(CERTIFICATES.due)] = ""
    state: Annotated[str, OneOf(CERTIFICATES.states)] = ""
    sort: Annotated[str, OneOf(CERTIFICATES.sorts)] = "due"


class ChecksQuery(ListQuery):
    per_page: int = Field(50, ge=1, le=100)
    view: Annotated[str, OneOf(CHECKS.views)] = "open"
    due: Annotated[str, OneOf(CHECKS.due)] = ""
    state: Annotated[str, OneOf(CHECKS.states)] = ""
    sort: Annotated[str, OneOf(CHECKS.sorts)] = "due"


class SamplesQuery(ListQuery):
    """`view` left empty is every sample; the report promised first stands first."""

    view: Annotated[str, OneOf(ORDERS.views)] = ""
    due: Annotated[str, OneOf(ORDERS.due)] = ""
    state: Annotated[str, OneOf(ORDERS.states)] = ""
    sort: Annotated[str, OneOf(ORDERS.sorts)] = "due"


class CertificateLinkAnswer(Answered):
    """A certificate in a list; `due`: the nearest of next check, end of a suspension and last day."""

    number: str
    product_name: str
    holder: str
    body: str
    state: str
    issued_on: date
    valid_to: date
    due: date | None
    differs: list[str] = Field(description="What the register holds otherwise than it was signed.")
    href: str


class CertificatesAnswer(Answered):
    total: int
    page: int
    items: list[CertificateLinkAnswer]


class SampleLinkAnswer(Answered):
    """An order of tests in a list; `client` is the body for its laboratory, the applicant for the body."""

    id: int
    number: str
    product_name: str
    model: str
    client: str
    laboratory: str
    state: str
    ordered_on: date
    expected_on: date | None
    due: date | None = Field(description="the promised day while the report is awaited")
    href: str


class SamplesAnswer(Answered):
    total: int
    page: int
    items: list[SampleLinkAnswer]
