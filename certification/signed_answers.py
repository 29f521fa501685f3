"""The members of what a body signed, as the API answers them: text as it is printed, or empty."""

from pydantic import Field

from core.api import Answered


class SignedModel(Answered):
    code: str
    specification: str


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
    models: list[SignedModel]


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
    exact: str = ""
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


INTERVAL = "Since format 6: covered, low, high, stated, unstated, uncovered; empty where no row says one."


class SignedInventory(Answered):
    """`digest` binds the annex, which only the parties may read."""

    total: str
    unit: str
    interval: dict[str, str | int] | None = Field(None, description=INTERVAL)
    stages: dict[str, str]
    apart: dict[str, str] | None = Field(None, description="Since format 5; in the total.")
    thereof: dict[str, str] | None = Field(None, description="Since format 5; in the total.")
    boundary: str
    declared_unit: str
    period_from: str
    period_to: str
    gwp: str
    sources: int
    largest: list[SignedSource]
    digest: str


class Nothing(Answered):
    """Where there is nothing to say."""


class SignedFact(Answered):
    """A parameter of the product, or of a model; `value` is as it is kept, `text` as people read it."""

    slug: str
    name: str
    name_en: str
    value: str
    text: str
    text_en: str
    unit: str
    shown: list[str]


class SignedGrade(Answered):
    slug: str
    name: str
    name_en: str


class SignedModelFacts(Answered):
    code: str
    facts: list[SignedFact]


class SignedStated(Answered):
    """`grade` is empty where the rule has none."""

    grade: SignedGrade | Nothing
    product: list[SignedFact]
    models: list[SignedModelFacts]


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
    stated: SignedStated | None = Field(None, description="Since format 7.")


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
