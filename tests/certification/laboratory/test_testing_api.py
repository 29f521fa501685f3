"""Orders, samples and reports by bearer token."""

import pytest

from accounts import operations as accounts
from core.clock import today
from core.db import db
from tests.certification.laboratory.test_testing_reports import issue, measured


def day() -> str:
    return today().isoformat()


@pytest.fixture
def call(client, world):
    """call(role, method, path, **json): ask in the name of whoever holds the role."""
    secrets = {}

    def ask(role: str, method: str, path: str, **facts):
        if role not in secrets:
            secrets[role] = accounts.create_token(world.actor(role), "test")[1]
            db.session.commit()
        headers = {"Authorization": f"Bearer {secrets[role]}"}
        body = {"json": facts} if method == "POST" else {}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **body)

    return ask


@pytest.fixture
def case(world):
    case = world.case("evaluating")
    case.review_documents()
    return case


def test_a_laboratory_takes_an_order_to_its_end_by_token(world, call, case):
    sample = f"/samples/{case.order().id}"
    steps = (
        ("sample_receiver", "accept_order", {"expected_on": day()}),
        ("lead_verifier", "draw", {"drawn_on": day(), "seal_number": "F-1", "drawn_at": "成品库"}),
        ("lead_verifier", "send", {"sent_on": day(), "carrier": "物流"}),
        ("sample_receiver", "hand_over", {"on": day(), "taker": "夜班", "place": "南京"}),
        ("sample_receiver", "receive", {"received_on": day(), "condition": "完好", "seal": "intact"}),
    )
    for role, step, facts in steps:
        answer = call(role, "POST", f"{sample}/{step}", **facts)
        assert answer.status_code == 200, answer.json
    assert answer.json["state"] == "received"


def test_a_report_answers_with_its_results_and_what_is_left_to_the_limit(world, call, case):
    report = issue(case, measured(case))
    said = call("tester", "GET", f"/reports/{report.id}").json
    absorption = next(row for row in said["results"] if row["item"] == "absorption")
    assert (absorption["value"], absorption["limit"], absorption["margin"]) == ("0.21", "0.5", "0.29")
    assert (absorption["unit"], absorption["verdict"]) == ("%", "pass")
    assert said["statement"] == "结果仅与受检样品有关"
    assert {
        link["rel"] for link in call("authorised_signatory", "GET", f"/reports/{report.id}").json["links"]
    } == {
        "amend",
        "retract",
    }


def test_a_report_is_amended_and_retracted_by_token(world, call, case):
    report = issue(case, measured(case))
    changed = [{"item": "absorption", "value": "0.3", "performed_on": day()}]
    facts = {"number": "TR-A1", "issued_on": day(), "reason": "误录", "results": changed}
    assert call("authorised_signatory", "POST", f"/reports/{report.id}/amend", **facts).status_code == 200
    amended = case.application.reports[-1]
    said = call("authorised_signatory", "GET", f"/reports/{amended.id}").json
    assert (said["amends"], said["amendment"]) == (report.number, "误录")
    answer = call("authorised_signatory", "POST", f"/reports/{amended.id}/retract", reason="设备未校准")
    assert answer.json["state"] == "retracted"


# guard 10
def test_a_unit_that_is_not_the_limits_is_an_error_by_token_too(world, call, case):
    sample = case.deliver()
    result = {"item": "absorption", "value": "0.0021", "unit": "1", "performed_on": day()}
    answer = call("tester", "POST", f"/samples/{sample.id}/record", results=[result])
    assert answer.status_code == 422
    assert answer.json["slug"] == "result-in-another-unit"


# guard 6
@pytest.mark.parametrize("step", ["record", "report", "retain", "dispose"])
def test_no_stage_of_a_sample_is_skipped_by_token(world, call, case, step):
    facts = {
        "record": {"results": [{"item": "absorption", "value": "0.2", "performed_on": day()}]},
        "report": {"number": "TR-1", "place": "南京", "issued_on": day()},
        "retain": {"retained_until": day(), "retained_at": "样品间"},
        "dispose": {"disposal": "粉碎", "witness": "某人"},
    }[step]
    role = {"record": "tester", "report": "authorised_signatory"}.get(step, "sample_receiver")
    assert call(role, "POST", f"/samples/{case.order().id}/{step}", **facts).status_code == 409
