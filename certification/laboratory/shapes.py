"""What is handed in with orders, samples and reports, and what the API answers of a report."""

from typing import Annotated

from pydantic import Field

from certification.laboratory.models import CustodyEntry, Sample, TestReport, TestResult
from certification.laboratory.queries.laboratory import margin_of
from certification.workflow import APPLICATION, REPORT, SAMPLE
from certification.workflow.judgement import RULES
from certification.workflow.sample import METHODS, SEALS
from core.lifecycle import why_late
from core.members import Amount, Body, ColumnText, Day, Id, Listed, OneOf, Perhaps, Text, Whole
from core.step.shapes import Facts, Late, Reason

SAID = (
    "number", "title", "cma_number", "place", "customer", "item_description", "condition", "sampling",
    "sampled_on", "received_on", "started_on", "ended_on", "issued_on", "decision_rule", "deviations",
    "statement", "conclusion", "tester", "signatory", "amendment", "retracted_on", "retraction",
)  # fmt: skip


class SampleOrder(Facts):
    method: Annotated[str, OneOf(METHODS)] = ""
    model: Annotated[str, ColumnText(Sample.model)] = ""
    quantity: Perhaps[Annotated[int, Whole(1, 10_000)]] = None
    laboratory_id: Perhaps[Id] = None
    items: Listed[Text] = Field(default_factory=list, description="those of the plan unless given")
    retest_of: Perhaps[Id] = None
    reason: Annotated[str, ColumnText(Sample.order_reason)] = ""


class Dispatch(Late):
    drawn_on: Perhaps[Day] = None
    seal_number: Annotated[str, ColumnText(Sample.seal_number)] = ""


class Drawing(Dispatch):
    drawn_at: Annotated[str, ColumnText(Sample.drawn_at)] = ""


class Sending(Late):
    sent_on: Perhaps[Day] = None
    carrier: Annotated[str, ColumnText(CustodyEntry.taker)] = ""


class HandOver(Late):
    on: Perhaps[Day] = None
    taker: Annotated[str, ColumnText(CustodyEntry.taker)] = ""
    place: Annotated[str, ColumnText(CustodyEntry.place)] = ""
    note: Annotated[str, ColumnText(CustodyEntry.note)] = ""


class OrderAccepted(Facts):
    expected_on: Perhaps[Day] = None


class Receipt(Late):
    received_on: Perhaps[Day] = None
    condition: Annotated[str, ColumnText(Sample.condition)] = ""
    seal: Annotated[str, OneOf(SEALS)] = ""
    mismatch: Annotated[str, ColumnText(Sample.mismatch)] = ""


class Retention(Facts):
    retained_until: Perhaps[Day] = None
    retained_at: Annotated[str, ColumnText(Sample.retained_at)] = ""


class Disposal(Facts):
    disposal: Annotated[str, ColumnText(Sample.disposal)] = ""
    witness: Annotated[str, ColumnText(Sample.witness)] = ""


class Result(Body):
    item: Text
    value: Perhaps[Amount] = Field(
        None, description="of one specimen; of several it follows from the readings"
    )
    readings: Listed[Amount] = Field(default_factory=list, description="one for each specimen of the rule")
    uncertainty: Perhaps[Amount] = None
    unit: Perhaps[Text] = None
    external: Annotated[str, ColumnText(TestResult.external)] = ""
    performed_on: Perhaps[Day] = None
    edition: Annotated[str, ColumnText(TestResult.edition)] = Field("", description="of the method")
    equipment: Annotated[str, ColumnText(TestResult.equipment)] = ""
    environment: Annotated[str, ColumnText(TestResult.environment)] = ""
    reason: Annotated[str, ColumnText(TestResult.reason)] = Field(
        "", description="why another value than the one entered before; that one stays readable"
    )


class Results(Late):
    results: Listed[Result] = Field(default_factory=list)


class Report(Late):
    """A text that is not given says what is customary; the law misses one that is left empty."""

    number: Annotated[str, ColumnText(TestReport.number)] = ""
    place: Annotated[str, ColumnText(TestReport.place)] = ""
    issued_on: Perhaps[Day] = None
    decision_rule: Annotated[str, OneOf(RULES)] = Field(
        "", description="follows from the rule of the scheme; another is refused"
    )
    title: Annotated[str, ColumnText(TestReport.title)] | None = None
    customer: Annotated[str, ColumnText(TestReport.customer)] | None = None
    item_description: Annotated[str, ColumnText(TestReport.item_description)] | None = None
    condition: Annotated[str, ColumnText(TestReport.condition)] | None = None
    sampling: Annotated[str, ColumnText(TestReport.sampling)] | None = None
    deviations: Annotated[str, ColumnText(TestReport.deviations)] | None = None
    statement: Annotated[str, ColumnText(TestReport.statement)] | None = None


class Amendment(Report):
    reason: Annotated[str, ColumnText(TestReport.amendment)] = ""
    results: Listed[Result] = Field(default_factory=list)


ASKS = {
    (APPLICATION, "order_sample"): SampleOrder,
    (SAMPLE, "accept_order"): OrderAccepted,
    (SAMPLE, "decline_order"): Reason,
    (SAMPLE, "draw"): Drawing,
    (SAMPLE, "dispatch"): Dispatch,
    (SAMPLE, "send"): Sending,
    (SAMPLE, "hand_over"): HandOver,
    (SAMPLE, "receive"): Receipt,
    (SAMPLE, "doubt"): Reason,
    (SAMPLE, "resume"): Reason,
    (SAMPLE, "replace"): Reason,
    (SAMPLE, "record"): Results,
    (SAMPLE, "report"): Report,
    (SAMPLE, "retain"): Retention,
    (SAMPLE, "dispose"): Disposal,
    (REPORT, "amend"): Amendment,
    (REPORT, "retract"): Reason,
}


def recorded(row: TestResult) -> dict[str, object]:
    """By what and how it was measured, and when it was entered."""
    return {
        "edition": row.edition,
        "equipment": row.equipment,
        "environment": row.environment,
        "entered_at": row.entered_at,
    }


def earlier(row: TestResult) -> dict[str, object]:
    """A value that stood in the place of another."""
    measured = {name: getattr(row, name) for name in ("value", "readings", "uncertainty", "performed_on")}
    return measured | recorded(row) | {"tester": row.tester.name, "reason": row.reason}


def report(found: TestReport) -> dict[str, object]:
    """A report as it is answered; its results stand beside what is asked of them and what is left."""
    items = {item["slug"]: item for item in found.sample.tests}
    results = [
        {
            "item": row.item,
            "method": row.method,
            "value": row.value,
            "readings": row.readings,
            "unit": row.unit,
            "uncertainty": row.uncertainty,
            "performed_on": row.performed_on,
            "late_reason": why_late(found.dating, row.performed_on, f"results.{row.item}.performed_on"),
            "external": row.external,
            **recorded(row),
            "rule": row.rule or found.decision_rule,
            "reason": row.reason,
            "earlier": [earlier(each) for each in row.earlier],
            "limit": items[row.item].get("limit"),
            "comparator": items[row.item].get("comparator"),
            "margin": margin_of(items[row.item], row),
            "verdict": row.verdict,
        }
        for row in found.results
    ]
    said = {name: getattr(found, name) for name in SAID}
    amends = found.amends.number if found.amends else None
    said["late_reason"] = why_late(found.dating, found.issued_on, "issued_on")
    return said | {"laboratory": found.laboratory.uscc, "amends": amends, "results": results}
