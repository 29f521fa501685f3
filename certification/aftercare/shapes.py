"""What is handed in with a follow-up check, and with a proposal about a certificate."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from certification.aftercare.models import CheckFinding, StatusProposal, Surveillance
from certification.aftercare.queries.rested import KINDS, RIGHTS, Ended
from certification.evaluation.shapes import Answer, CheckItem, Team
from certification.workflow import CHECK_FINDING, STATUS_PROPOSAL, SURVEILLANCE
from certification.workflow.proposal import ORDERED, VERDICTS
from core import lifecycle
from core.api import Answered, PageNumber
from core.members import Amount, ColumnText, Day, File, Id, Listed, OneOf, Perhaps
from core.step.shapes import Facts, Late, Reason, SubjectAnswer
from core.words import word


class Shared(Facts):
    also: Listed[Id] = Field(
        default_factory=list, description="checks of other certificates that the same visit serves, by id"
    )


class CheckNotice(Team, Shared):
    on: Perhaps[Day] = None
    person_days: Perhaps[Amount] = None


class CheckedItem(CheckItem):
    clause: Annotated[str, ColumnText(CheckFinding.clause)] = Field(
        "", description="of the rule, where it is found wanting"
    )


class CheckRecord(Shared, Late):
    items: Listed[CheckedItem] = Field(default_factory=list)
    conducted_on: Perhaps[Day] = None
    person_days: Perhaps[Amount] = None
    summary: Annotated[str, ColumnText(Surveillance.summary)] = ""
    footprint_from: Perhaps[Day] = Field(None, description="the first day the yearly footprint is about")
    footprint_to: Perhaps[Day] = None
    footprint_declared: Perhaps[Amount] = Field(None, description="in the unit of the certificate")
    footprint_verified: Perhaps[Amount] = None


class CheckDemand(Reason):
    due: Perhaps[Day] = None


class Verification(Late):
    """What whoever verified a restoration found; the evidence is kept before the law is asked."""

    verdict: Annotated[str, OneOf(VERDICTS)] = ""
    verified_on: Perhaps[Day] = None
    verification: Annotated[str, ColumnText(StatusProposal.verification)] = ""
    evidence: File | None = None

    def facts(self) -> dict[str, Any]:  # each member has the type its shape gives it
        names = ("verdict", "verified_on", "verification", "late_reason")
        return {name: getattr(self, name) for name in names} | {"upload": self.evidence}


class FoundAnswer(Answered):
    slug: str
    finding: str = Field(description="conform, minor or major")
    note: str


class RoundAnswer(Answered):
    round: int
    text: str
    evidence: str = Field(description="SHA-256 of the file")
    evidence_name: str
    answered_by: str
    answered_at: datetime
    outcome: str = Field(description="close, reject, or empty while nobody judged it")
    verdict: str
    judged_by: str


class CheckFindingAnswer(SubjectAnswer):
    """A nonconformity of a follow-up check, with every answer to it."""

    check: int = Field(description="The follow-up check, under /surveillance")
    number: str
    grade: str = Field(description="minor or major")
    anchor: str = Field(description="The question of the check")
    fact: str
    clause: str
    raised_by: str
    raised_at: datetime
    answers: list[RoundAnswer]


class CheckAnswer(SubjectAnswer):
    number: str
    certificate: str
    window_from: date
    due: date
    on: date | None = Field(description="The day the holder was told of")
    person_days: str | None
    team: list[str]
    visit: list[int] = Field(description="The checks that the same visit serves, this one among them")
    conducted_on: date | None
    late_reason: str = Field(description="Why that day was typed long after it; empty: in time")
    items: list[FoundAnswer]
    footprint_from: date | None
    footprint_to: date | None
    footprint_declared: str | None
    footprint_verified: str | None
    summary: str
    requirement: str
    correction_due: date | None
    findings: list[CheckFindingAnswer]
    conclusion: str
    concluded_on: date | None


class ChecksAnswer(Answered):
    total: int
    page: int
    items: list[CheckAnswer]


class Order(Facts):
    kind: Annotated[str, OneOf(ORDERED)] = ""
    reason: Annotated[str, ColumnText(Surveillance.order_reason)] = ""
    due: Perhaps[Day] = Field(None, description="by when it is done or answered; by the clock when left out")


class OrderAnswer(Answered):
    kind: str = Field(description="check, suspend or withdraw")
    id: int = Field(description="Of the check or of the proposal, under /surveillance or /status_proposals")
    state: str
    state_name: str
    reason: str
    ordered_by: str
    ordered_on: date
    due: date
    late: bool
    answer: str
    answered_by: str


class OrdersAnswer(Answered):
    items: list[OrderAnswer]


def order(found: StatusProposal | Surveillance) -> dict[str, object]:
    told = _check(found) if isinstance(found, Surveillance) else _act(found)
    return told | {"id": found.id, "state": found.state}


def _check(found: Surveillance) -> dict[str, object]:
    return {
        "kind": "check",
        "state_name": str(word(f"surveillance.state.{found.state}")),
        "reason": found.order_reason,
        "ordered_by": found.ordered_by,
        "ordered_on": found.ordered_on,
        "due": found.due,
        "late": found.is_missed,
        "answer": found.conclusion,
        "answered_by": found.concluded_by,
    }


def _act(found: StatusProposal) -> dict[str, object]:
    return {
        "kind": found.kind,
        "state_name": str(word(f"status_proposal.state.{found.state}")),
        "reason": found.reason,
        "ordered_by": found.proposed_by,
        "ordered_on": found.proposed_on,
        "due": found.due_on,
        "late": found.is_late,
        "answer": found.answer,
        "answered_by": found.answered_by,
    }


PLAIN = ("number", "window_from", "due", "on", "conducted_on", "summary", "footprint_from", "footprint_to",
         "requirement", "correction_due", "conclusion", "concluded_on")  # fmt: skip
EXACT = ("person_days", "footprint_declared", "footprint_verified")


def check(found: Surveillance) -> dict[str, object]:
    exact = {name: getattr(found, name) for name in EXACT}
    plain = {name: getattr(found, name) for name in PLAIN}
    return (
        plain
        | {name: None if value is None else str(value) for name, value in exact.items()}
        | {
            "certificate": found.certificate.number,
            "late_reason": lifecycle.why_late(found.steps, found.conducted_on, "conducted_on"),
            "team": [member.user.name for member in found.team],
            "visit": [each.id for each in found.visit.checks] if found.visit else [],
            "items": [
                {name: item.get(name, "") for name in ("slug", "finding", "note")} for item in found.items
            ],
        }
    )


OF_FINDING = ("number", "grade", "anchor", "fact", "clause", "raised_by", "raised_at")
OF_ANSWER = ("round", "text", "evidence", "evidence_name", "answered_by", "answered_at", "outcome", "verdict",
             "judged_by")  # fmt: skip


def finding(found: CheckFinding) -> dict[str, object]:
    answers = [{name: getattr(answer, name) for name in OF_ANSWER} for answer in found.answers]
    said = {name: getattr(found, name) for name in OF_FINDING}
    return said | {"check": found.surveillance_id, "answers": answers}


ASKS: dict[lifecycle.Key, type[Facts]] = {
    (STATUS_PROPOSAL, "verify"): Verification,
    (STATUS_PROPOSAL, "decline"): Reason,
    (SURVEILLANCE, "notify"): CheckNotice,
    (SURVEILLANCE, "conduct"): CheckRecord,
    (SURVEILLANCE, "require"): CheckDemand,
    (SURVEILLANCE, "pass"): Reason,
    (SURVEILLANCE, "fail"): Reason,
    (SURVEILLANCE, "decline_order"): Reason,
    (CHECK_FINDING, "answer"): Answer,
    (CHECK_FINDING, "reject"): Reason,
    (CHECK_FINDING, "close"): Reason,
}


class RestedAnswer(Answered):
    """What was done on a day without the right."""

    kind: str = Field(examples=list(KINDS))
    day: date
    case_id: int
    case: str
    product: str
    what: str = Field(
        description="The number of the certificate, the method of the test, who led or verified"
    )


class EndedAnswer(Answered):
    """A right that ended on `last`, which became known at `known`."""

    register_name: str = Field(examples=list(RIGHTS))
    holder: str
    person: str
    number: str
    right: str
    last: date
    known: datetime
    reason: str
    recorded_by: str
    rested: list[RestedAnswer]


class EndedPage(Answered):
    total: int
    page: int
    items: list[EndedAnswer]


class EndedQuery(BaseModel):
    page: PageNumber = 1
    per_page: int = Field(20, ge=1, le=100)


def ended(found: Ended) -> dict[str, object]:
    told = ("last", "known", "reason", "recorded_by")
    rested = [
        {"kind": each.kind, "day": each.day, "what": each.what}
        | {"case_id": each.case.id, "case": each.case.number, "product": each.case.product_name}
        for each in found.rested
    ]
    of = {name: getattr(found.entry, name) for name in ("holder", "person", "number")}
    right = {"register_name": found.register, "right": found.entry.what, "rested": rested}
    return of | right | {name: getattr(found, name) for name in told}
