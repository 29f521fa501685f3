"""The shapes of the API: what each step is handed, and what is answered.  No rules live here."""

from typing import Annotated

from pydantic import BaseModel, Field

from carbon.operations.reading import MOST_ROWS
from certification.application.models import Application
from certification.application.operations.applications import MOST_MODELS
from core.api import Amount, Body, Count, Day, File, Id, Listed, PageNumber, Text, at_most
from core.step.shapes import Facts, Nothing, Reason, Signed
from schemes.models import SchemeVersion


class Upload(Body):
    file: File


class Answer(Body):
    answer: Text = ""
    evidence: File | None = None


class Declared(Facts):
    declared: bool = False


class Point(BaseModel):
    anchor: Text
    text: Text


class Points(Reason):
    points: Listed[Point] = Field(default_factory=list)
    due: Day | None = None

    def facts(self) -> dict:
        return super().facts() | {"points": [point.model_dump() for point in self.points]}


class Decline(Reason):
    not_for_consulting: bool = False


class Accept(Facts):
    conditions: Listed[Text] = Field(default_factory=list)


class Member(BaseModel):
    user_id: Id
    function: Text


class PlannedSite(BaseModel):
    name: Text
    address: Text
    person_days: Amount
    people: Listed[Id]


class Plan(Facts):
    team: Listed[Member]
    parts: Listed[Text] = Field(default_factory=list, description="documents, tests, site; all unless given")
    parts_reason: Text = ""
    laboratory_id: Id | None = None
    person_days: Amount | None = None
    site_from: Day | None = None
    site_to: Day | None = None
    allotments: dict[Text, Count] = Field(default_factory=dict)
    sites: Listed[PlannedSite] = Field(default_factory=list, description="the factory unless given")

    def facts(self) -> dict:
        team = [(member.user_id, member.function) for member in self.team]
        return super().facts() | {"team": team, "sites": [site.model_dump() for site in self.sites]}


class DocumentsReviewed(Facts):
    result: str = Field(pattern="^(pass|fail)$")
    findings: Text


class SampleOrder(Reason):
    method: str = Field(pattern="^(submitted|drawn|sealed)$")
    model: Text
    quantity: Count = Field(gt=0)
    laboratory_id: Id | None = None
    items: Listed[Text] | None = None
    retest_of: Id | None = None


class Finding(Facts):
    grade: str = Field(pattern="^(minor|major)$")
    anchor: Text
    fact: Text
    clause: Text = ""


class SiteItem(BaseModel):
    slug: Text
    finding: str = Field(pattern="^(conform|minor|major)$")
    note: Text = ""
    site: Count = 0


class Meeting(BaseModel):
    kind: str = Field(pattern="^(opening|closing)$")
    on: Day
    participants: Text
    confirmed_by: Text


class SiteVisit(Facts):
    items: Listed[SiteItem]
    meetings: Listed[Meeting] = Field(default_factory=list)
    person_days: Amount
    started_on: Day
    ended_on: Day
    conclusion: Text
    summary: Text = ""

    def facts(self) -> dict:
        held = {"meetings": [meeting.model_dump() for meeting in self.meetings]}
        return super().facts() | held | {"items": [item.model_dump() for item in self.items]}


class Recommendation(Facts):
    recommendation: str = Field(pattern="^(grant|refuse)$")
    text: Text


class StatusChange(Reason):
    cause: Text = ""
    until: Day | None = None


class Investigation(Facts):
    findings: Text = ""


class AppealDecision(Signed):
    outcome: Text = ""


class Grounds(Body):
    grounds: Text


class CheckNotice(Facts):
    team: Listed[Member] = Field(default_factory=list)
    on: Day | None = None
    person_days: Amount | None = None

    def facts(self) -> dict:
        return super().facts() | {"team": [(member.user_id, member.function) for member in self.team]}


class CheckRecord(Facts):
    items: Listed[SiteItem] = Field(default_factory=list)
    conducted_on: Day | None = None
    person_days: Amount | None = None
    summary: Text = ""

    def facts(self) -> dict:
        return super().facts() | {"items": [item.model_dump() for item in self.items]}


class CheckDemand(Reason):
    due: Day | None = None


STEPS: dict[tuple[str, str], type[Facts]] = {
    ("application", "submit"): Declared,
    ("application", "correct"): Points,
    ("application", "resubmit"): Nothing,
    ("application", "decline"): Decline,
    ("application", "accept"): Accept,
    ("application", "offer"): Nothing,
    ("application", "sign"): Nothing,
    ("application", "plan"): Plan,
    ("application", "review_documents"): DocumentsReviewed,
    ("application", "order_sample"): SampleOrder,
    ("application", "raise"): Finding,
    ("application", "verify_site"): SiteVisit,
    ("application", "finish"): Nothing,
    ("application", "report_failure"): Reason,
    ("application", "return"): Reason,
    ("application", "recommend"): Recommendation,
    ("application", "grant"): Signed,
    ("application", "refuse"): Signed,
    ("application", "countersign"): Signed,
    ("application", "recall"): Reason,
    ("nonconformity", "reject"): Reason,
    ("nonconformity", "close"): Reason,
    ("certificate", "suspend"): StatusChange,
    ("certificate", "restore"): StatusChange,
    ("certificate", "withdraw"): StatusChange,
    ("certificate", "cancel"): StatusChange,
    ("label", "license"): Nothing,
    ("label", "refuse"): Reason,
    ("appeal", "accept"): Nothing,
    ("appeal", "reject"): Reason,
    ("appeal", "investigate"): Investigation,
    ("appeal", "decide"): AppealDecision,
    ("appeal", "escalate"): Reason,
    ("status_proposal", "decline"): Reason,
    ("surveillance", "notify"): CheckNotice,
    ("surveillance", "conduct"): CheckRecord,
    ("surveillance", "require"): CheckDemand,
    ("surveillance", "pass"): Reason,
    ("surveillance", "fail"): Reason,
}


class BodiesQuery(BaseModel):
    scheme: Text


class DayQuery(BaseModel):
    on: Day | None = None


class PageQuery(BaseModel):
    q: Text = Field("", max_length=200)
    page: PageNumber = 1
    per_page: int = Field(20, ge=1, le=100)


class NewApplication(Body):
    scheme: Text
    body: Text = Field(description="统一社会信用代码 of the certification body")
    product_name: Text = ""


class Party(Body):
    name: Text = ""
    uscc: Text = ""
    address: Text = ""
    region: Text = ""


class Model(Body):
    code: Text
    specification: Text = ""


class ApplicationFacts(Body):
    version: Count
    product_name: Text | None = None
    product_name_en: Text | None = None
    trademark: Text | None = None
    series: Text | None = None
    producer: Party | None = None
    factory: Party | None = None
    models: Annotated[list[Model], at_most(MOST_MODELS)] | None = None


class InventoryRow(Body):
    stage: Text
    name: Text
    quantity: Amount | None = None
    unit: Text
    factor_code: Text | None = None
    own_value: Amount | None = None
    own_unit: Text | None = None
    own_source: Text | None = None
    evidence: Text = ""
    quality: Text = "C"


class InventoryFacts(Body):
    version: Count
    output_amount: Amount | None = None
    output_unit: Text | None = None
    period_from: Day | None = None
    period_to: Day | None = None
    gwp: Text | None = None
    rows: Annotated[list[InventoryRow], at_most(MOST_ROWS)] = Field(default_factory=list)
    system: dict | None = None


class CaseDeclared(Body):
    free: bool
    reason: Text = ""


class PointAnswer(Body):
    answer: Text


class LabelRequest(Body):
    uses: Text


def scheme(version: SchemeVersion) -> dict:
    return {
        "code": version.code,
        "version": version.version,
        "family": version.family,
        "category": version.category,
        "name": version.name,
        "name_en": version.name_en,
        "rule_number": version.rule_number,
        "rule_source": version.rule_source,
        "declared_amount": version.declared_amount,
        "declared_unit": version.declared_unit,
        "boundary": version.boundary,
        "validity_years": version.validity_years,
        "limit": version.limit_value,
        "limit_source": version.limit_source,
        "limit_demo": version.limit_demo,
        "required_files": version.required_files,
        "tests": version.tests,
        "demo": version.demo,
    }


def application(case: Application) -> dict:
    return {
        "id": case.id,
        "number": case.number,
        "version": case.version,
        "state": case.state,
        "demo": case.demo,
        "scheme": case.scheme.code,
        "body": case.body.uscc,
        "applicant": case.applicant.uscc,
        "producer": case.producer,
        "factory": case.factory,
        "product_name": case.product_name,
        "product_name_en": case.product_name_en,
        "trademark": case.trademark,
        "series": case.series,
        "models": [{"code": m.code, "specification": m.specification} for m in case.models],
        "files": [{"kind": f.kind, "name": f.name, "sha256": f.digest} for f in case.current_files],
        "points": [
            {"id": p.id, "anchor": p.anchor, "text": p.text, "answer": p.answer} for p in case.open_points
        ],
        "inventory": {"id": case.inventory_id, "version": case.inventory.version},
        "footprint": _footprint(case),
    }


def _footprint(case: Application) -> dict | None:
    if case.footprint is None:
        return None
    return {
        "total": case.footprint.total,
        "unit": case.footprint.unit,
        "stages": case.footprint.stages,
        "digest": case.footprint.digest,
    }
