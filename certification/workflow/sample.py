"""The way of a sample (certification-rules 6.5): drawn, sent, received, tested, reported."""

from certification.workflow.demands import needs, one_of, reason_given
from core.machine import Machine, step


def dispatch_complete(sample, _actor, facts) -> str | None:
    """A sample drawn or sealed on site bears a seal number; one the client sends need not."""
    if not facts.get("drawn_on"):
        return "sample-date-missing"
    sealed = sample.method == "submitted" or facts.get("seal_number")
    return None if sealed else "seal-number-missing"


def received_after_drawing(sample, _actor, facts) -> str | None:
    received, drawn = facts.get("received_on"), sample.drawn_on
    return "dates-out-of-order" if received and drawn and received < drawn else None


def results_in_scope(_sample, _actor, facts) -> str | None:
    """168号令 art. 10: the method is in the laboratory's CMA scope on the day it was performed."""
    return "laboratory-out-of-scope" if facts.get("methods_missing") else None


def performed_after_receipt(sample, _actor, facts) -> str | None:
    days = [result["performed_on"] for result in facts.get("results") or ()]
    return "dates-out-of-order" if any(day < sample.received_on for day in days) else None


def all_items_measured(sample, _actor) -> str | None:
    wanted = {item["slug"] for item in sample.application.scheme.tests}
    measured = {result.item for result in sample.results}
    return "result-missing" if wanted - measured else None


def signatory_did_not_test(sample, actor) -> str | None:
    tested = actor.id in {result.tester_id for result in sample.results}
    return "signatory-tested" if tested else None


def report_dates_in_order(sample, _actor, facts) -> str | None:
    """ISO/IEC 17025 7.8: received, performed, issued, in that order."""
    days = [result.performed_on for result in sample.results]
    late = bool(days) and facts.get("issued_on") is not None and facts["issued_on"] < max(days)
    return "dates-out-of-order" if late else None


LABORATORY = "sample_receiver|tester|authorised_signatory"

SAMPLE = Machine(
    "sample", "planned",
    step("dispatch", "planned", "in_transit", "lead_verifier|verifier|applicant",
         demands=[dispatch_complete]),
    step("receive", "in_transit", "received", "sample_receiver",
         demands=[needs("receipt-incomplete", "received_on", "condition"), received_after_drawing]),
    step("doubt", "in_transit|received|testing", "doubted", LABORATORY, demands=[reason_given]),
    step("record", "received|testing", "testing", "tester",
         demands=[needs("result-missing", "results"), results_in_scope, performed_after_receipt]),
    step("report", "testing", "reported", "authorised_signatory", all_items_measured, signatory_did_not_test,
         demands=[needs("report-incomplete", "number", "place", "issued_on"),
                  one_of("report-incomplete", "decision_rule", "simple", "guard_band"),
                  report_dates_in_order]),
)  # fmt: skip
