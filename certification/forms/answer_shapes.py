"""The members of what the API answers."""

from datetime import date

from pydantic import Field

from core.api import Answered, Said


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
    tests: list[dict]
    demo: bool


class SchemesAnswer(Answered):
    items: list[SchemeAnswer]


class BodyAnswer(Answered):
    uscc: str
    name: str


class BodiesAnswer(Answered):
    items: list[BodyAnswer]


class LinkAnswer(Answered):
    """A step that is the caller's now; one that is not ready tells what it waits for."""

    rel: str
    method: str
    href: str
    ready: bool
    unmet: list[Said]


class SubjectAnswer(Answered):
    id: int
    state: str
    state_name: str
    links: list[LinkAnswer]


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
    statement: dict
