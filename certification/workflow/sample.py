"""The way of a sample (certification-rules 6.5): ordered, drawn, sent, tested, kept, disposed of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from certification.workflow.impartiality import clear_to
from core.clock import today
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from certification.laboratory.models import Sample, TestResult

METHODS = ("submitted", "drawn", "sealed")  # 168号令 art. 15
SEALS = ("intact", "broken")  # as found on receipt

ORDERED = ("planned",)  # nothing was drawn or sent yet
AT_THE_LABORATORY = ("in_transit", "received", "testing")
UNREPORTED = (*ORDERED, "drawn", *AT_THE_LABORATORY)  # the report is still awaited
TESTING = ("testing",)
DOUBTED = ("doubted",)
REPORTED = ("reported", "retained")
# In which states a role of a laboratory has something to do.
STEPS_IN = {
    "sample_receiver": (*ORDERED, "in_transit", *REPORTED),
    "tester": ("received", *TESTING),
    "authorised_signatory": TESTING,
}
GIVEN_UP = ("declined", "replaced")  # it never counts as a retest

# What a report says of itself (ISO/IEC 17025:2017 7.8.2.1), each missing one a reason of its own.
REPORT_FIELDS = {
    "title": "report-title-missing",
    "customer": "report-customer-missing",
    "item_description": "report-item-missing",
    "condition": "report-condition-missing",
    "sampling": "report-sampling-missing",
    "deviations": "report-deviations-missing",
    "statement": "report-statement-missing",
}
REPORT_COMPLETE = [needs(slug, name) for name, slug in REPORT_FIELDS.items()]


def awaits_client(sample: Any) -> Any:  # of one sample a truth, of the table a condition in SQL
    """The client sends what nobody comes to draw."""
    return (sample.state == "planned") & (sample.method == "submitted")


def order_not_answered(sample: "Sample", _actor: Actor) -> str | None:
    return "order-already-accepted" if sample.accepted_on else None


def drawn_by_the_body(sample: "Sample", actor: Actor) -> str | None:
    """168号令 art. 15: what is drawn or sealed on site is drawn or sealed by the body."""
    clients = actor.organisation_id == sample.application.applicant_id
    return "sample-drawn-by-the-body" if clients and sample.method != "submitted" else None


def dispatch_complete(sample: "Sample", _actor: Actor, facts: Facts) -> str | None:
    """A sample drawn or sealed on site bears a seal number; one the client sends need not."""
    if not facts.get("drawn_on"):
        return "sample-date-missing"
    sealed = sample.method == "submitted" or facts.get("seal_number")
    return None if sealed else "seal-number-missing"


def seal_checked(sample: "Sample", _actor: Actor, facts: Facts) -> str | None:
    answered = facts.get("seal") in SEALS
    return "seal-not-checked" if sample.seal_number and not answered else None


def receipt_sound(sample: "Sample", _actor: Actor) -> str | None:
    """A broken seal or a sample that is not the one ordered is doubted, and the body decides."""
    wrong = sample.seal == "broken" or sample.mismatch
    return "receipt-not-sound" if wrong and not sample.cleared else None


def was_received(sample: "Sample", _actor: Actor) -> str | None:
    """Testing cannot go on with what never arrived: then a new sample is ordered."""
    return None if sample.received_on else "sample-not-received"


def results_in_scope(_sample: "Sample", _actor: Actor, facts: Facts) -> str | None:
    """168号令 art. 10: the method is in the laboratory's CMA scope on the day it was performed."""
    return "laboratory-out-of-scope" if facts.get("methods_missing") else None


def all_items_measured(sample: "Sample", _actor: Actor) -> str | None:
    measured = {result.item for result in sample.results}
    return "result-missing" if set(sample.items) - measured else None


def testers(results: Iterable["TestResult"]) -> set[int]:
    """Who measured, also what stands no longer."""
    return {each.tester_id for result in results for each in (result, *result.earlier)}


def signatory_did_not_test(sample: "Sample", actor: Actor) -> str | None:
    tested = actor.id in testers(sample.results)
    return "signatory-tested" if tested else None


def retention_over(sample: "Sample", _actor: Actor) -> str | None:
    over = sample.retained_until is not None and sample.retained_until <= today()
    return None if over else "retention-running"


LABORATORY = "sample_receiver|tester|authorised_signatory"
FIELD = "lead_verifier|verifier|applicant"
BODY = "lead_verifier|verifier|case_officer"

SAMPLE = Machine(
    "sample", "planned",
    step("accept_order", "planned", "planned", "sample_receiver|authorised_signatory", order_not_answered,
         demands=[needs("expected-day-missing", "expected_on")]),
    step("decline_order", "planned", "declined", "sample_receiver|authorised_signatory", order_not_answered,
         demands=[reason_given]),
    step("draw", "planned", "drawn", FIELD, drawn_by_the_body,
         demands=[dispatch_complete, needs("sample-place-missing", "drawn_at")]),
    step("send", "drawn", "in_transit", FIELD, demands=[needs("shipment-incomplete", "sent_on", "carrier")]),
    step("dispatch", "planned", "in_transit", FIELD, drawn_by_the_body, demands=[dispatch_complete]),
    step("hand_over", "in_transit", "in_transit", FIELD + "|sample_receiver",
         demands=[needs("hand-over-incomplete", "on", "taker", "place")]),
    step("receive", "in_transit", "received", "sample_receiver",
         demands=[needs("receipt-incomplete", "received_on", "condition"), seal_checked]),
    step("doubt", "in_transit|received|testing", "doubted", LABORATORY, demands=[reason_given]),
    step("resume", "doubted", "received", BODY, was_received, demands=[reason_given]),
    step("replace", "doubted", "replaced", BODY, demands=[reason_given]),
    step("record", "received|testing", "testing", "tester", clear_to("test"), receipt_sound,
         demands=[needs("result-missing", "results"), results_in_scope]),
    step("report", "testing", "reported", "authorised_signatory", clear_to("test"),
         all_items_measured, signatory_did_not_test,
         demands=[needs("report-incomplete", "number", "place", "issued_on"), *REPORT_COMPLETE]),
    step("retain", "reported", "retained", LABORATORY,
         demands=[needs("retention-incomplete", "retained_until", "retained_at")]),
    step("dispose", "retained", "disposed", LABORATORY, retention_over,
         demands=[needs("disposal-incomplete", "disposal", "witness")]),
)  # fmt: skip
