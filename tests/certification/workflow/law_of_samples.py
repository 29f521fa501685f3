"""What is refused of a sample in the good world, and for which reason."""

from types import SimpleNamespace as thing

from certification.workflow.sample import REPORT_FIELDS
from tests.certification.workflow.days import TOMORROW, YESTERDAY

ME = 1

REFUSED = [
    ("sample.draw sample.dispatch", {"facts.drawn_on": None}, "sample-date-missing"),
    ("sample.draw sample.dispatch", {"facts.seal_number": ""}, "seal-number-missing"),
    ("sample.draw sample.dispatch", {"application.applicant_id": 1}, "sample-drawn-by-the-body"),
    ("sample.draw", {"facts.drawn_at": ""}, "sample-place-missing"),
    ("sample.send", {"facts.carrier": ""}, "shipment-incomplete"),
    ("sample.hand_over", {"facts.taker": ""}, "hand-over-incomplete"),
    ("sample.accept_order sample.decline_order", {"accepted_on": YESTERDAY}, "order-already-accepted"),
    ("sample.accept_order", {"facts.expected_on": None}, "expected-day-missing"),
    ("sample.receive", {"facts.seal": ""}, "seal-not-checked"),
    ("sample.resume", {"received_on": None}, "sample-not-received"),
    ("sample.record", {"seal": "broken"}, "receipt-not-sound"),
    ("sample.record", {"mismatch": "型号不同"}, "receipt-not-sound"),
    ("sample.retain", {"facts.retained_at": ""}, "retention-incomplete"),
    ("sample.dispose", {"retained_until": TOMORROW}, "retention-running"),
    ("sample.dispose", {"retained_until": None}, "retention-running"),
    ("sample.dispose", {"facts.witness": ""}, "disposal-incomplete"),
    *(("sample.report", {f"facts.{name}": " "}, slug) for name, slug in REPORT_FIELDS.items()),
    ("test_report.amend", {"facts.number": ""}, "report-incomplete"),
    ("test_report.amend", {"results.0.tester_id": ME}, "signatory-tested"),
    ("test_report.amend", {"facts.methods_missing": ["GB 6566"]}, "laboratory-out-of-scope"),
    ("sample.receive", {"facts.condition": ""}, "receipt-incomplete"),
    ("sample.record", {"facts.results": []}, "result-missing"),
    ("sample.record", {"facts.methods_missing": ["GB 6566"]}, "laboratory-out-of-scope"),
    ("sample.report", {"results": []}, "result-missing"),
    ("sample.report", {"results.0.tester_id": ME}, "signatory-tested"),
    ("sample.report", {"facts.place": ""}, "report-incomplete"),
    ("sample.report", {"results.0.earlier": [thing(tester_id=ME)]}, "signatory-tested"),
]
