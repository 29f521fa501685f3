"""The members of what the API answers."""

from datetime import date

from pydantic import Field

from core.api import Answered


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
