"""The members of what the API answers."""

from datetime import date, datetime

from pydantic import Field

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


class FileAnswer(Answered):
    kind: str
    name: str
    sha256: str


class PointAnswer(Answered):
    id: int
    anchor: str
    text: str
    answer: str


class VersionAnswer(Answered):
    id: int
    version: int


class TotalAnswer(Answered):
    total: str
    unit: str
    stages: dict[str, str]
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
    models: list[ModelAnswer]
    files: list[FileAnswer]
    points: list[PointAnswer]
    inventory: VersionAnswer
    footprint: TotalAnswer | None
    samples: list[SubjectAnswer]
    nonconformities: list[SubjectAnswer]
    certificate: str | None


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


class ResultAnswer(Answered):
    """What was measured, what it is held against, and how far it is from that."""

    item: str
    method: str
    value: str
    unit: str
    uncertainty: str | None
    performed_on: date
    external: str
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


# What is signed: every value is text as it is printed, empty when there is none.


class SignedParty(Answered):
    name: str
    uscc: str
    address: str


class SignedPlace(SignedParty):
    """A producer or factory as the applicant gave it; what was not typed may be absent."""

    uscc: str = ""
    address: str = ""
    region: str = ""


class SignedProduct(Answered):
    name: str
    name_en: str
    trademark: str
    series: str
    category: str
    category_name: str
    category_name_en: str
    models: list[ModelAnswer]


class SignedBasis(Answered):
    rule: str
    rule_en: str
    number: str
    version: str
    source: str
    demo: bool


class SignedMode(Answered):
    name: str
    name_en: str


class SignedEdition(Answered):
    """The gap to a certificate that this one follows late; told since format 3."""

    number: int
    purpose: str
    reissued_on: str
    replaces: str
    gap_from: str = ""
    gap_to: str = ""


class SignedBody(SignedParty):
    name_en: str
    approval_number: str


class SignedDecision(Answered):
    basis: str
    value: str
    unit: str
    limit: str
    limit_source: str
    limit_demo: bool
    comparison: str
    decided_by: str
    decided_on: str
    countersigned_by: str
    countersigned_on: str


class SignedReport(Answered):
    number: str
    laboratory: str
    cma_number: str
    issued_on: str


class SignedEvaluation(Answered):
    reports: list[SignedReport]
    site_from: str
    site_to: str


class SignedQuery(Answered):
    address: str
    short: str
    telephone: str


class SignedSource(Answered):
    stage: str
    name: str
    emission: str


class SignedInventory(Answered):
    """`digest` binds the annex, which only the parties may read."""

    total: str
    unit: str
    stages: dict[str, str]
    boundary: str
    declared_unit: str
    period_from: str
    period_to: str
    gwp: str
    sources: int
    largest: list[SignedSource]
    digest: str


class SignedStatement(Answered):
    """The public part of a certificate as its body signed it; what a member is newer than lacks it."""

    format: str
    number: str
    check: str
    code: str
    family: str
    demo: bool
    client: SignedParty
    manufacturer: SignedPlace
    factory: SignedPlace
    product: SignedProduct
    basis: SignedBasis
    mode: SignedMode
    conclusion: str
    issued_on: str
    begins_on: str = Field("", description="Since format 3; before, a certificate began when it was issued.")
    valid_to: str
    edition: SignedEdition | None = Field(None, description="Since format 2.")
    body: SignedBody
    decision: SignedDecision
    evaluation: SignedEvaluation
    query: SignedQuery
    inventory: SignedInventory


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
    digest: str
    signature: str
    statement: SignedStatement


class Nothing(Answered):
    """Where a kind of act has nothing to say."""


class ServedParty(SignedParty):
    telephone: str


class SignedCase(Answered):
    number: str
    product: str
    rule: str
    rule_number: str


class SignedCertificate(Answered):
    number: str
    valid_to: str


class SignedReason(Answered):
    on: str
    text: str


class SignedRoute(Answered):
    """Where the client may object, by when, and where after that."""

    to: str
    until: str
    days: str
    unit: str
    source: str
    then: str


class SignedAct(Answered):
    format: str
    number: str
    kind: str
    demo: bool
    body: ServedParty
    recipient: SignedParty
    case: SignedCase
    certificate: SignedCertificate | Nothing
    served_on: str
    due: str
    due_source: str
    reasons: list[SignedReason]
    consequence: str
    signed_by: str
    appeal: SignedRoute | Nothing


class ActAnswer(Answered):
    number: str
    statement: SignedAct
    digest: str
    signature: str
    appeal_until: date | None


class AppealAnswer(SubjectAnswer):
    number: str
