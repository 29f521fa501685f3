"""What is handed in while a case is evaluated, reviewed and decided."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from certification.evaluation.models import (
    Decision,
    DocumentReview,
    EvaluationPlan,
    Nonconformity,
    NonconformityAnswer,
    PlannedSite,
    Review,
    SiteVerification,
)
from certification.workflow import APPLICATION, NONCONFORMITY
from certification.workflow.checks import Check
from certification.workflow.evaluation import RECOMMENDATIONS, RESULTS
from certification.workflow.nonconformity import GRADES
from certification.workflow.purpose import PARTS
from certification.workflow.site import CONCLUSIONS, MEETINGS
from certification.workflow.surveillance import FINDINGS
from core.api import Answered
from core.lifecycle import StepTaken
from core.members import Amount, Body, ColumnText, Count, Day, File, Id, Listed, OneOf, Perhaps, Text, Whole
from core.step.shapes import Facts, Late, Nothing, Reason, Signed


class Member(Body):
    user_id: Id
    function: Text


class Team(Facts):
    """Who goes; verbs are told pairs of person and function."""

    team: Listed[Member] = Field(default_factory=list)

    def facts(self) -> dict[str, Any]:  # each member has the type its shape gives it
        return super().facts() | {"team": [(member.user_id, member.function) for member in self.team]}


class Place(Body):
    name: Annotated[str, ColumnText(PlannedSite.name)] = ""
    address: Annotated[str, ColumnText(PlannedSite.address)] = ""
    person_days: Perhaps[Amount] = None
    people: Listed[Id] = Field(default_factory=list)


class Plan(Team):
    parts: Listed[Annotated[str, OneOf(PARTS)]] = Field(
        default_factory=list, description="documents, tests, site; all unless given"
    )
    parts_reason: Annotated[str, ColumnText(EvaluationPlan.parts_reason)] = ""
    laboratory_id: Perhaps[Id] = None
    headcount: Perhaps[Annotated[int, Whole(1, 1_000_000)]] = Field(
        None, description="people at the plant, where the rule counts the days of a visit by them"
    )
    person_days: Perhaps[Amount] = None
    site_from: Perhaps[Day] = None
    site_to: Perhaps[Day] = None
    allotments: dict[Text, Perhaps[Id]] = Field(default_factory=dict)
    sites: Listed[Place] = Field(default_factory=list, description="the factory unless given")
    overlap_reason: Annotated[str, ColumnText(EvaluationPlan.overlap_reason)] = Field(
        "", description="where one of the team visits another factory on one of these days"
    )


class ChangedPlan(Plan):
    reason: Annotated[str, ColumnText(StepTaken.reason)] = ""


class CheckItem(Body):
    slug: Text
    finding: Annotated[str, OneOf(FINDINGS)] = ""
    note: Annotated[str, ColumnText(SiteVerification.items)] = ""


class DocumentsReviewed(Facts):
    items: Listed[CheckItem] = Field(default_factory=list, description="every item of the case's checklist")
    result: Annotated[str, OneOf(RESULTS)] = ""
    findings: Annotated[str, ColumnText(DocumentReview.findings)] = ""


class Finding(Facts):
    grade: Annotated[str, OneOf(GRADES)] = ""
    anchor: Annotated[str, ColumnText(Nonconformity.anchor)] = ""
    fact: Annotated[str, ColumnText(Nonconformity.fact)] = ""
    clause: Annotated[str, ColumnText(Nonconformity.clause)] = ""


class Answer(Facts):
    """The evidence is kept before the law is asked; verbs are told the file as `upload`."""

    answer: Annotated[str, ColumnText(NonconformityAnswer.text)] = ""
    evidence: File | None = None

    def facts(self) -> dict[str, Any]:  # each member has the type its shape gives it
        return {"answer": self.answer, "upload": self.evidence}


class SiteItem(CheckItem):
    site: Count = 0


class Meeting(Body):
    kind: Annotated[str, OneOf(MEETINGS)]
    on: Perhaps[Day] = None
    participants: Annotated[str, ColumnText(SiteVerification.meetings)] = ""
    confirmed_by: Annotated[str, ColumnText(SiteVerification.meetings)] = ""


class SiteVisit(Late):
    items: Listed[SiteItem] = Field(default_factory=list)
    meetings: Listed[Meeting] = Field(default_factory=list)
    person_days: Perhaps[Amount] = None
    started_on: Perhaps[Day] = None
    ended_on: Perhaps[Day] = None
    conclusion: Annotated[str, OneOf(CONCLUSIONS)] = ""
    summary: Annotated[str, ColumnText(SiteVerification.summary)] = ""


class Recommendation(Facts):
    items: Listed[CheckItem] = Field(default_factory=list, description="every item of the case's checklist")
    recommendation: Annotated[str, OneOf(RECOMMENDATIONS)] = ""
    text: Annotated[str, ColumnText(Review.text)] = ""


class Decided(Signed):
    reason: Annotated[str, ColumnText(Decision.reasons)] = ""


class Countersigned(Signed, Reason):
    pass


ASKS = {
    (APPLICATION, "plan"): Plan,
    (APPLICATION, "replan"): ChangedPlan,
    (APPLICATION, "review_documents"): DocumentsReviewed,
    (APPLICATION, "raise"): Finding,
    (APPLICATION, "verify_site"): SiteVisit,
    (APPLICATION, "finish"): Nothing,
    (APPLICATION, "report_failure"): Reason,
    (APPLICATION, "return"): Reason,
    (APPLICATION, "recommend"): Recommendation,
    (APPLICATION, "grant"): Decided,
    (APPLICATION, "refuse"): Decided,
    (APPLICATION, "return_to_review"): Reason,
    (APPLICATION, "return_to_evaluation"): Reason,
    (APPLICATION, "countersign"): Countersigned,
    (APPLICATION, "return_decision"): Reason,
    (APPLICATION, "veto"): Decided,
    (NONCONFORMITY, "answer"): Answer,
    (NONCONFORMITY, "reject"): Reason,
    (NONCONFORMITY, "close"): Reason,
    (NONCONFORMITY, "withdraw_finding"): Reason,
}


class CheckAnswer(Answered):
    """A line of a checklist, in words of both languages."""

    slug: str
    name: str
    name_en: str
    guidance: str = Field(description="How it is looked at; may be empty")
    guidance_en: str
    major: str = Field(description="What counts as major; may be empty")
    major_en: str
    body: str = Field(description="The body that adds it to those of the rule; empty where the rule asks it")


class ChecklistsAnswer(Answered):
    """What is looked at in a case: the lists of its rule, and after them what its body adds."""

    acceptance: list[CheckAnswer]
    documents: list[CheckAnswer]
    site: list[CheckAnswer]
    review: list[CheckAnswer]


class ConditionFileAnswer(Answered):
    id: int
    name: str
    digest: str


class ConditionAnswer(Answered):
    """A condition in the words of its day; cases accepted before notes were asked have none."""

    slug: str
    name: str
    name_en: str
    body: str = Field(description="The body that added it to those of the rule; empty where the rule asks it")
    note: str
    evidence: str
    file: ConditionFileAnswer | None


class AcceptanceAnswer(Answered):
    """`on` is null and nothing is confirmed until the case is accepted."""

    on: date | None
    by: str
    conditions: list[ConditionAnswer]


def acceptance(kept: dict[str, Any]) -> dict[str, Any]:  # JSON, as Application.acceptance has it
    empty = {"body": "", "note": "", "evidence": "", "file": None}
    said = [empty | condition for condition in kept.get("said", ())]
    return {"on": kept.get("on"), "by": kept.get("by", ""), "conditions": said}


def check(found: Check) -> dict[str, str]:
    said = {"slug": found.slug, "body": found.body}
    for member, words in (("name", found.names), ("guidance", found.guidance), ("major", found.major)):
        said |= {member: words.zh if words else "", f"{member}_en": words.en if words else ""}
    return said
