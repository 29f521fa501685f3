"""The body's pages: the road of a case by hand, and every way in which a step is refused."""

import re
from datetime import timedelta

import pytest

from certification.workflow.verification import subjects
from core.clock import today
from tests import factories
from tests.certification.lists import SITE_CHECKS, confirming
from tests.certification.world import BODY_ROLES, reload

REVIEWS = "/certification/reviews"


def post(browser, subject, address: str, **fields):
    """Send a form as the page would have, made for the version that stands now."""
    return browser.post(f"{REVIEWS}/{address}", data={"version": subject.version, **fields})


def take(browser, case, step: str, **fields):
    return post(browser, case.application, f"{case.id}/{step}", **fields)


def site_fields(**more) -> dict:
    day = today().isoformat()
    checks = {f"items-{index}-finding": "conform" for index in range(len(SITE_CHECKS))}
    for kind in ("opening", "closing"):
        checks |= {f"{kind}-on": day, f"{kind}-participants": "厂长", f"{kind}-confirmed_by": "厂长"}
    return checks | {"started_on": day, "ended_on": day, "person_days": "2", "conclusion": "pass"} | more


def plan_fields(world, **more) -> dict:
    return {
        "document_reviewers": [world.people["document_reviewer"].id],
        "lead_verifiers": [world.people["lead_verifier"].id],
        "laboratory_id": world.laboratory.id,
        "person_days": "2",
        "site_from": today().isoformat(),
        "site_to": (today() + timedelta(days=1)).isoformat(),
    } | more


# The road by hand


def test_a_case_is_taken_from_acceptance_to_certificate_through_the_pages(world, browser):
    case = world.case("submitted")

    def go(role, step, **fields):
        answer = take(browser(role), case, step, **fields)
        assert answer.status_code == 302, answer.text
        return reload(case)

    go("application_reviewer", "accept", **confirming())
    go("case_officer", "offer")
    case.take("sign", "applicant", agreed=True)
    go("case_officer", "plan", **plan_fields(world))
    go("document_reviewer", "review_documents", result="pass", findings="可信")
    go("lead_verifier", "order_sample", method="sealed", model="YT-6015", quantity="3")
    sample = case.application.samples[0]
    day = today().isoformat()
    fields = {"drawn_on": day, "seal_number": "F-1"}
    sent = post(browser("lead_verifier"), sample, f"samples/{sample.id}/dispatch", **fields)
    assert sent.status_code == 302
    laboratory(browser, case, day)
    go("lead_verifier", "verify_site", **site_fields())
    for name in subjects(case.application):
        agreed = {"subject": name, "outcome": "agreed", "samples": "1", "reason": "一致"}
        go("lead_verifier", "verify_data", **{f"items-0-{key}": said for key, said in agreed.items()})
    planned = {"version": reload(case).version, "traces-0-samples": "1", "traces-1-samples": "1"}
    assert browser("lead_verifier").post(f"/certification/tracing/{case.id}", data=planned).status_code == 303
    go("lead_verifier", "give_opinion", opinion="unmodified", text="没有错报")
    go("lead_verifier", "finish")
    go("technical_reviewer", "recommend", recommendation="grant", text="同意")
    go("decision_maker", "grant", signed="y", reason="符合规则")
    assert go("head_of_body", "countersign", signed="y").state == "certified"


def laboratory(browser, case, day: str) -> None:
    sample = reload(case).samples[0]
    steps = (
        ("sample_receiver", "receive", {"received_on": day, "condition": "完好", "seal": "intact"}),
        ("tester", "record", {"results-0-value": "0.2", "results-0-performed_on": day,
                              "results-1-value": "22.46", "results-1-performed_on": day}),
        ("authorised_signatory", "report", {"number": "TR-1", "place": "南京", "issued_on": day}),
    )  # fmt: skip
    for role, step, fields in steps:
        address = f"/certification/laboratory/samples/{sample.id}/{step}"
        answer = browser(role).post(address, data={"version": sample.version, **fields})
        assert answer.status_code == 302, answer.text
        sample = reload(case).samples[0]


def test_a_finding_is_raised_judged_and_closed_through_the_pages(world, browser):
    case = world.case("evaluating")
    lead = browser("lead_verifier")
    fields = {"grade": "major", "anchor": "row:坯料", "fact": "缺磅单"}
    assert take(lead, case, "raise", **fields).status_code == 302
    finding = reload(case).nonconformities[0]
    case.answer_finding(finding)
    address = f"nonconformities/{finding.id}"
    assert "row:坯料" not in lead.get(f"{REVIEWS}/{case.id}").text
    refused = post(lead, finding, f"{address}/close", reason=" ")
    assert refused.status_code == 422
    assert "写明理由" in refused.text
    assert post(lead, finding, f"{address}/reject", reason="磅单不清").status_code == 302
    finding = reload(case).nonconformities[0]
    assert (finding.state, finding.latest.verdict) == ("raised", "磅单不清")
    case.answer_finding(finding)
    row, proof = case.application.inventory.rows[0], case.application.current_files[0].digest
    found = {"subject": f"row:{row.key}", "outcome": "corrected", "values": {"quantity": "1.01"}}
    told = {"evidence": [proof], "samples": 3, "reason": "按磅单更正"}
    case.take("verify_data", "lead_verifier", items=[found | told])
    assert post(lead, finding, f"{address}/close", reason="证据充分").status_code == 302
    assert reload(case).nonconformities[0].state == "closed"


# Refusals

POINT = {"points-0-anchor": "models", "points-0-text": "补"}


def test_a_role_that_is_not_held_is_answered_with_403(world, browser):
    case = world.case("submitted")
    assert take(browser("case_officer"), case, "accept", **confirming()).status_code == 403
    assert reload(case).state == "submitted"


def test_a_step_out_of_order_is_answered_with_409(world, browser):
    case = world.case("accepted")
    answer = take(browser("head_of_body"), case, "countersign", signed="y")
    assert answer.status_code == 409
    assert "现在还不能办这一步" in answer.text


def test_a_step_that_does_not_exist_is_answered_with_409(world, browser):
    case = world.case("submitted")
    assert take(browser("application_reviewer"), case, "fly").status_code == 409


@pytest.mark.parametrize("step", ["", "/inspect", "/decide"])
def test_the_case_of_another_body_is_answered_with_404(app, world, sign_in, step):
    case = world.case("submitted")
    stranger = factories.user(factories.organisation("certification_body"), *BODY_ROLES)
    answer = sign_in(app.test_client(), stranger).get(f"{REVIEWS}/{case.id}{step}")
    assert answer.status_code == 404


def test_a_draft_is_the_applicants_alone(world, browser):
    case = world.case("draft")
    assert browser("application_reviewer").get(f"{REVIEWS}/{case.id}").status_code == 404


@pytest.mark.parametrize("role", ["applicant", "tester"])
def test_the_workbench_is_for_the_body(world, browser, role):
    case = world.case("evaluating")
    for address in (f"{REVIEWS}/", f"{REVIEWS}/{case.id}", f"{REVIEWS}/{case.id}/decide"):
        assert browser(role).get(address).status_code == 403


def test_who_evaluated_cannot_decide_though_the_role_is_held(world, browser):
    case = world.case("pending_decision")
    world.grant("lead_verifier", "decision_maker")
    lead = browser("lead_verifier")
    page = lead.get(f"{REVIEWS}/{case.id}/decide").text
    assert "独立性检查没有通过" in page
    answer = take(lead, case, "grant", signed="y", reason="符合")
    assert answer.status_code == 422
    assert "参加过本案的评审" in answer.text
    assert reload(case).state == "pending_decision"


def test_a_refusal_without_reason_is_not_taken_and_says_so_at_its_field(world, browser):
    case = world.case("pending_decision")
    answer = take(browser("decision_maker"), case, "refuse", signed="y", reason="  ")
    assert answer.status_code == 422
    assert re.search(r'id="reason-e".*?写明理由', answer.text, re.S)
    assert reload(case).state == "pending_decision"


def test_a_decision_that_is_not_signed_is_not_taken_and_keeps_what_was_typed(world, browser):
    case = world.case("pending_decision")
    answer = take(browser("decision_maker"), case, "grant", reason="符合第 6.3 条")
    assert answer.status_code == 422
    assert "请勾选签署声明" in answer.text
    assert "符合第 6.3 条" in answer.text
    assert answer.text.count("<title>错误：") == 1


def test_a_stale_page_is_refused_with_what_was_typed_and_changes_nothing(world, browser):
    case = world.case("submitted")
    reviewer = browser("application_reviewer")
    stale = case.application.version - 1
    fields = {"version": stale, "reason": "不在目录内，附理由"}
    answer = reviewer.post(f"{REVIEWS}/{case.id}/decline", data=fields)
    assert answer.status_code == 409
    assert "已被改动" in answer.text
    assert "不在目录内，附理由" in answer.text
    assert reload(case).state == "submitted"
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)
    assert int(version[1]) == case.application.version


def test_of_two_who_decide_at_once_the_second_sees_that_the_page_is_stale(world, browser):
    case = world.case("submitted")
    version = case.application.version
    reviewer = browser("application_reviewer")
    fields = {"version": version, **confirming()}
    assert reviewer.post(f"{REVIEWS}/{case.id}/accept", data=fields).status_code == 302
    second = reviewer.post(f"{REVIEWS}/{case.id}/decline", data={"version": version, "reason": "我的理由"})
    assert second.status_code == 409
    assert "我的理由" in second.text
    assert reload(case).state == "accepted"


@pytest.mark.parametrize(
    ("state", "role", "step", "fields", "said"),
    [
        ("submitted", "application_reviewer", "correct", {}, "列出要补正的内容"),
        ("submitted", "application_reviewer", "correct", {**POINT, "due": "2020-01-01"},
         "不能早于今天"),
        ("submitted", "application_reviewer", "correct", {**POINT, "due": "明天"}, "日期应写成"),
        ("submitted", "application_reviewer", "accept", {"conditions-0-confirmed": "y"},
         "写明核对了什么"),
        ("submitted", "application_reviewer", "decline", {"reason": "未接受咨询"}, "不得以未接受咨询"),
        ("contracted", "case_officer", "plan", {"person_days": "2"}, "方案要写明"),
        ("contracted", "case_officer", "plan", {"person_days": "两天"}, "应填写数字"),
        ("contracted", "case_officer", "plan", {"person_days": "1e99"}, "数量大得或小得不合常理"),
        ("contracted", "case_officer", "plan", {"person_days": "NaN"}, "应填写数字"),
        ("evaluating", "document_reviewer", "review_documents", {"result": "pass"}, "写明结论和意见"),
        ("evaluating", "document_reviewer", "review_documents", {"result": "maybe", "findings": "x"},
         "没有这个选项，请重新选择"),
        ("evaluating", "lead_verifier", "order_sample",
         {"method": "sealed", "model": "YT-6015", "quantity": "-3"}, "这个数超出了允许的范围"),
        ("evaluating", "lead_verifier", "order_sample", {"method": "sealed"}, "写明抽样方式、型号和数量"),
        ("evaluating", "lead_verifier", "raise", {"fact": "缺"}, "写明不符合的位置"),
        ("evaluating", "lead_verifier", "report_failure", {"reason": "没有"}, "各环节都没有不通过的结论"),
        ("evaluating", "lead_verifier", "finish", {}, "检测报告还没有出齐"),
        ("in_review", "technical_reviewer", "return", {"reason": ""}, "写明理由"),
        ("in_review", "technical_reviewer", "recommend", {"text": "好"}, "写明结论和意见"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_and_nothing_changes(
    world, browser, state, role, step, fields, said
):
    case = world.case(state)
    answer = take(browser(role), case, step, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert reload(case).state == state


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"items-3-finding": ""}, "每项核查内容都要有结论"),
        ({"items-3-finding": "minor"}, "不符合的核查项要写明看到的事实"),
        ({"items-3-finding": "minor", "items-3-note": "品号不符"}, "结论不能是“通过”"),
        ({"person_days": "1"}, "人日数少于"),
        ({"ended_on": "2020-01-01"}, "不能早于开始的"),
    ],
)
def test_a_site_record_that_does_not_hold_is_refused_and_kept(world, browser, fields, said):
    case = world.case("evaluating")
    case.review_documents()
    answer = take(browser("lead_verifier"), case, "verify_site", **site_fields(summary="现场综述") | fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert "现场综述" in answer.text
    assert reload(case).site is None


def test_a_form_without_its_token_is_not_obeyed(csrf_app, world, sign_in):
    case = world.case("submitted")
    reviewer = sign_in(csrf_app.test_client(), world.people["application_reviewer"])
    answer = take(reviewer, case, "accept", **confirming())
    assert f"{REVIEWS}/{case.id}" not in answer.headers["Location"]
    assert reload(case).state == "submitted"


def test_each_open_form_carries_its_token(csrf_app, world, sign_in):
    case = world.case("submitted")
    reviewer = sign_in(csrf_app.test_client(), world.people["application_reviewer"])
    page = reviewer.get(f"{REVIEWS}/{case.id}?step=accept").text
    assert len(re.findall(r'<form\s+class="stack-s"\s+method="post"', page)) == 1
    assert page.count('method="post"') == page.count('name="csrf_token"') > 1  # sign-out is a form as well
