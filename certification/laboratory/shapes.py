"""The shapes of the API for orders, samples and reports: what each step is handed."""

from pydantic import BaseModel, Field

from certification.laboratory.models import TestReport
from certification.laboratory.queries.laboratory import margin_of
from core.api import Amount, Day, Listed
from core.step.shapes import Facts, Reason

SAID = (
    "number", "title", "cma_number", "place", "customer", "item_description", "condition", "sampling",
    "sampled_on", "received_on", "started_on", "ended_on", "issued_on", "decision_rule", "deviations",
    "statement", "conclusion", "tester", "signatory", "amendment", "retracted_on", "retraction",
)  # fmt: skip


class Dispatch(Facts):
    drawn_on: Day | None = None
    seal_number: str = ""


class Drawing(Dispatch):
    drawn_at: str = ""


class Sending(Facts):
    sent_on: Day | None = None
    carrier: str = ""


class HandOver(Facts):
    on: Day | None = None
    taker: str = ""
    place: str = ""
    note: str = ""


class OrderAccepted(Facts):
    expected_on: Day | None = None


class Receipt(Facts):
    received_on: Day | None = None
    condition: str = ""
    seal: str = ""
    mismatch: str = ""


class Retention(Facts):
    retained_until: Day | None = None
    retained_at: str = ""


class Disposal(Facts):
    disposal: str = ""
    witness: str = ""


class Result(BaseModel):
    item: str
    value: Amount
    uncertainty: Amount | None = None
    unit: str | None = None
    external: str = ""
    performed_on: Day


class Results(Facts):
    results: Listed[Result]

    def facts(self) -> dict:
        return {"results": [result.model_dump() for result in self.results]}


class Report(Facts):
    number: str = ""
    place: str = ""
    issued_on: Day | None = None
    decision_rule: str = Field("simple", pattern="^(simple|guard_band)$")
    title: str | None = None
    customer: str | None = None
    item_description: str | None = None
    condition: str | None = None
    sampling: str | None = None
    deviations: str | None = None
    statement: str | None = None


class Amendment(Report, Reason):
    results: Listed[Result] = Field(default_factory=list)

    def facts(self) -> dict:
        return super().facts() | {"results": [result.model_dump() for result in self.results]}


def report(found: TestReport) -> dict:
    """A report as it is answered; its results stand beside what is asked of them and what is left."""
    items = {item["slug"]: item for item in found.application.scheme.tests}
    results = [
        {
            "item": row.item,
            "method": row.method,
            "value": row.value,
            "unit": row.unit,
            "uncertainty": row.uncertainty,
            "performed_on": row.performed_on,
            "external": row.external,
            "limit": items[row.item].get("limit"),
            "comparator": items[row.item].get("comparator"),
            "margin": margin_of(items[row.item], row),
            "verdict": row.verdict,
        }
        for row in found.results
    ]
    said = {name: getattr(found, name) for name in SAID}
    amends = found.amends.number if found.amends else None
    return said | {"laboratory": found.laboratory.uscc, "amends": amends, "results": results}


STEPS: dict[tuple[str, str], type[Facts]] = {
    ("sample", "accept_order"): OrderAccepted,
    ("sample", "decline_order"): Reason,
    ("sample", "draw"): Drawing,
    ("sample", "send"): Sending,
    ("sample", "hand_over"): HandOver,
    ("sample", "resume"): Reason,
    ("sample", "replace"): Reason,
    ("sample", "retain"): Retention,
    ("sample", "dispose"): Disposal,
    ("test_report", "amend"): Amendment,
    ("test_report", "retract"): Reason,
    ("sample", "dispatch"): Dispatch,
    ("sample", "receive"): Receipt,
    ("sample", "doubt"): Reason,
    ("sample", "record"): Results,
    ("sample", "report"): Report,
}
