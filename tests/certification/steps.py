"""What a careful person has in hand for each step, by the table it stands in."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from core import lifecycle
from core.clock import today
from core.files import store
from tests.certification.aftercare.later import looked_at
from tests.certification.lists import SITE_CHECKS, confirmed
from tests.certification.world import PDF, meetings

SIGNED = {"signed": True}
REASON = {"reason": "依据见案卷。"}
NOTHING: dict = {}


def in_hand(case, subject, step: str) -> dict:
    """The facts with which `step` may be taken on `subject`, if all else is well."""
    facts = FACTS.get((lifecycle.machine_of(subject).kind, step), REASON)
    return facts(case, subject) if callable(facts) else dict(facts)


def _sample(case, _subject) -> dict:
    return {"method": "sealed", "model": "YT-6015", "quantity": 3}


def _finding(_case, _subject) -> dict:
    return {"grade": "minor", "anchor": "evidence_reliability", "fact": "缺里程记录。"}


def _visit(_case, _subject) -> dict:
    items = [{"slug": slug, "finding": "conform", "note": ""} for slug in SITE_CHECKS]
    days = {"started_on": today(), "ended_on": today(), "person_days": Decimal(2)}
    days["meetings"] = meetings(today())
    return {"items": items, "conclusion": "pass", "summary": "", **days}


def _drawing(_case, sample) -> dict:
    return {"drawn_on": today(), "seal_number": f"F-{sample.id}", "drawn_at": "成品库"}


def _results(case, _subject) -> dict:
    measured = {"uncertainty": Decimal("0.01"), "performed_on": today()}
    return {
        "results": [{"item": item, "value": Decimal(value), **measured} for item, value in case.tests.items()]
    }


def _report(_case, sample) -> dict:
    return {"number": f"TR-{sample.id}", "place": "南京某路 3 号", "issued_on": today()}


def _answer(_case, _subject) -> dict:
    evidence = store(BytesIO(PDF), "证据.pdf").digest
    return {"answer": "已补充。", "evidence": evidence, "evidence_name": "证据.pdf"}


def _act(cause: str) -> dict:
    return REASON | {"cause": cause}


FACTS: dict[tuple[str, str], dict | Callable] = {
    ("application", "submit"): {"declared": True},
    ("application", "correct"): {"points": [{"anchor": "product", "text": "商标写法不一。"}]},
    ("application", "resubmit"): NOTHING,
    ("application", "terminate"): NOTHING,
    ("application", "decline"): REASON,
    ("application", "accept"): {"conditions": confirmed()},
    ("application", "offer"): NOTHING,
    ("application", "sign"): {"agreed": True},
    ("application", "plan"): lambda case, _subject: case.plan(),
    ("application", "replan"): lambda case, _subject: REASON | case.plan(),
    ("application", "review_documents"): {"result": "pass", "findings": "证据与申报一致。"},
    ("application", "order_sample"): _sample,
    ("application", "raise"): _finding,
    ("application", "verify_site"): _visit,
    ("application", "verify_data"): lambda case, _subject: {"items": case.agreed()},
    ("application", "give_opinion"): {"opinion": "unmodified", "text": "逐项核对，没有错报。"},
    ("application", "finish"): NOTHING,
    ("application", "report_failure"): REASON,
    ("application", "return"): REASON,
    ("application", "recommend"): {"recommendation": "grant", "text": "评审完整，结论有据。"},
    ("application", "grant"): SIGNED | REASON,
    ("application", "refuse"): SIGNED | REASON,
    ("application", "return_to_review"): REASON,
    ("application", "return_to_evaluation"): REASON,
    ("application", "countersign"): SIGNED,
    ("application", "return_decision"): REASON,
    ("application", "veto"): SIGNED | REASON,
    ("application", "issue"): NOTHING,
    ("application", "recall"): NOTHING,
    ("sample", "dispatch"): lambda _case, sample: {"drawn_on": today(), "seal_number": f"F-{sample.id}"},
    ("sample", "receive"): lambda *_: {"received_on": today(), "condition": "封条完好", "seal": "intact"},
    ("sample", "doubt"): REASON,
    ("sample", "accept_order"): lambda *_: {"expected_on": today() + timedelta(days=15)},
    ("sample", "decline_order"): REASON,
    ("sample", "draw"): _drawing,
    ("sample", "send"): lambda *_: {"sent_on": today(), "carrier": "宁运物流"},
    ("sample", "hand_over"): lambda *_: {"on": today(), "taker": "夜班收发", "place": "南京中转站"},
    ("sample", "resume"): REASON,
    ("sample", "replace"): REASON,
    ("sample", "retain"): lambda *_: {"retained_until": today(), "retained_at": "三号样品间"},
    ("sample", "dispose"): {"disposal": "粉碎后按一般固废处置", "witness": "程远"},
    ("test_report", "amend"): lambda _case, report: (
        REASON | {"number": f"{report.number}-A1", "issued_on": today()}
    ),
    ("test_report", "retract"): REASON,
    ("test_report", "annul"): REASON,
    ("application", "fall_back"): REASON,
    ("sample", "record"): _results,
    ("sample", "report"): _report,
    ("nonconformity", "answer"): _answer,
    ("nonconformity", "reject"): REASON,
    ("nonconformity", "close"): REASON,
    ("question", "explain"): {"answer": "核对过，单位无误。"},
    ("question", "accept_answer"): REASON,
    ("question", "accept_ground"): REASON,
    ("question", "withdraw_ground"): REASON,
    ("question", "raise_finding"): {"grade": "minor", "fact": "与台账不符。"},
    ("status_proposal", "verify"): lambda *_: looked_at(),
    ("certificate", "suspend"): lambda *_: _act("misuse") | {"until": today() + timedelta(days=60)},
    ("certificate", "restore"): _act("corrected"),
    ("certificate", "withdraw"): _act("fraud"),
    ("certificate", "cancel"): _act("production_ended"),
    ("label", "license"): NOTHING,
    ("label", "refuse"): REASON,
}
