"""The members of what the API answers."""

from datetime import date, datetime

from pydantic import ConfigDict, Field

from carbon import records
from carbon.shapes import PactAnswer, RestatedAnswer, UncertaintyAnswer
from carbon.systems import SystemAsSent
from certification.signed_answers import SignedAct, SignedStatement
from core.api import Answered
from core.step.shapes import SubjectAnswer


class TestAnswer(Answered):
    """A test the scheme demands, and what its result is compared with, if with anything."""

    __test__ = False  # not a test case, whatever its name
    slug: str
    name: str
    name_en: str
    method: str
    unit: str
    comparator: str | None
    limit: str | None
    demo: bool


class SchemeAnswer(Answered):
    code: str
    version: str
    family: str
    category: str
    name: str
    name_en: str
    rule_number: str
    rule_source: str
    declared_amount: str
    declared_unit: str
    boundary: str
    validity_years: int
    limit: str | None
    limit_source: str
    limit_demo: bool
    gwp: str
    rounding_digits: int
    comparison: str
    materiality: str | None
    certificates: str = Field(
        description="Green certificates of electricity: counted, or outside the footprint"
    )
    required_files: list[str]
    tests: list[TestAnswer]
    demo: bool


class SchemesAnswer(Answered):
    items: list[SchemeAnswer]


class BodyAnswer(Answered):
    uscc: str
    name: str


class BodiesAnswer(Answered):
    items: list[BodyAnswer]


class ModelAnswer(Answered):
    code: str
    specification: str
    parameters: dict[str, str] = Field(description="What is stated of the model, by slug")


class FileAnswer(Answered):
    id: int
    kind: str
    kind_name: str = Field(description="as the rule of the case calls it, in the language of the request")
    name: str
    sha256: str


class PointAnswer(Answered):
    id: int
    anchor: str
    text: str
    answer: str
    not_applicable: bool
    splits: bool = Field(description="Asks that its row be split: rows may be added")


class VersionAnswer(Answered):
    id: int
    version: int


class TotalAnswer(Answered):
    """`total` is rounded as the scheme says, `exact` is what it was before; `at_grid` is what it would be if
    all electricity were the grid's, where that is another; without a spread that somebody stated there is no
    `uncertainty`."""

    total: str
    exact: str
    at_grid: str | None
    uncertainty: UncertaintyAnswer | None
    unit: str
    stages: dict[str, str]
    apart: dict[str, str]
    thereof: dict[str, str]
    pact: PactAnswer | None
    restated: list[RestatedAnswer]
    digest: str


class CaseAnswer(SubjectAnswer):
    number: str
    version: int
    demo: bool
    scheme: str
    body: str
    applicant: str
    producer: dict[str, str]
    factory: dict[str, str]
    product_name: str
    product_name_en: str
    trademark: str
    series: str
    parameters: dict[str, str] = Field(description="What is stated of the product, by slug")
    models: list[ModelAnswer]
    files: list[FileAnswer]
    points: list[PointAnswer]
    inventory: VersionAnswer
    footprint: TotalAnswer | None
    grade: str = Field(description="Granted, where the rule has grades; empty until the decision is told")
    samples: list[SubjectAnswer]
    nonconformities: list[SubjectAnswer]
    certificate: str | None


class InventoryRowAnswer(Answered):
    """With the quantities of its kind, each as it is sent."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"anyOf": records.schemas()})

    stage: str
    key: str
    name: str
    quantity: str | None
    unit: str
    factor_code: str
    own_value: str | None
    own_unit: str
    own_source: str
    kind: str
    evidence: list[str]
    note: str
    quality: str


class InventoryAnswer(Answered):
    """The activity data as they stand, member by member as they are sent."""

    version: int
    output_amount: str | None
    output_unit: str
    period_from: date | None
    period_to: date | None
    gwp: str
    rows: list[InventoryRowAnswer]
    unproved: list[int] = Field(description="Places of the rows that still need a file")
    bare_months: dict[str, list[str]] = Field(
        description="By place, of the rows that no file proves as a whole: their months without one"
    )
    system: SystemAsSent | None


class CaseLinkAnswer(Answered):
    id: int
    number: str
    product_name: str
    state: str
    href: str


class CasesAnswer(Answered):
    total: int
    page: int
    items: list[CaseLinkAnswer]


class EarlierAnswer(Answered):
    """A value that was entered, and stays readable when another takes its place."""

    value: str
    readings: list[str]
    uncertainty: str | None
    performed_on: date
    edition: str
    equipment: str
    environment: str
    entered_at: datetime | None
    tester: str
    reason: str = Field(description="why it took the place of the one before it")


class ResultAnswer(Answered):
    """What was measured, what it is held against, and how far it is from that."""

    item: str
    method: str
    value: str
    unit: str
    readings: list[str] = Field(description="one for each specimen, where the rule wants several")
    uncertainty: str | None
    performed_on: date
    late_reason: str = Field(description="why that day was typed long after it; empty: in time")
    external: str
    edition: str
    equipment: str
    environment: str
    entered_at: datetime | None
    rule: str
    reason: str = Field(description="why it took the place of the one before it")
    earlier: list[EarlierAnswer] = Field(description="what stood in its place before, the first first")
    limit: str | None
    comparator: str | None
    margin: str | None
    verdict: str | None


class ReportAnswer(SubjectAnswer):
    number: str
    title: str
    cma_number: str
    place: str
    customer: str
    item_description: str
    condition: str
    sampling: str
    sampled_on: date | None
    received_on: date
    started_on: date
    ended_on: date
    issued_on: date
    late_reason: str = Field(description="why the day of issue was typed long after it; empty: in time")
    decision_rule: str
    deviations: str
    statement: str
    conclusion: str
    tester: str
    signatory: str
    amendment: str
    retracted_on: date | None
    retraction: str
    laboratory: str
    amends: str | None
    results: list[ResultAnswer]


class StoredFileAnswer(FileAnswer):
    size: int


class DeclaredAnswer(Answered):
    application: int
    free: bool
    declared_at: datetime


class FollowedAnswer(Answered):
    """The follow-up checks of a certificate, as they stood on the day asked about."""

    made: date | None = Field(description="The day of the newest check.")
    result: str | None = Field(description="How it ended: passed, failed, or open while nobody concluded it.")
    due: date | None = Field(description="The last day for the next one.")
    late: bool = Field(description="That day was over, and it was not made.")


class CertificateAnswer(Answered):
    """`statement` is what the body signed, by its own format."""

    number: str
    status: str
    on: date
    begins_on: date
    valid_to: date
    demo: bool
    intact: bool
    differs: list[str] = Field(description="What the register holds otherwise than it was signed.")
    followed: FollowedAnswer
    digest: str
    signature: str
    statement: SignedStatement


class ActAnswer(Answered):
    number: str
    statement: SignedAct
    digest: str
    signature: str
    appeal_until: date | None


class AppealAnswer(SubjectAnswer):
    number: str
