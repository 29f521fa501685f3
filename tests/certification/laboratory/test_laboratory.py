"""The laboratory's pages: its own samples, and nothing of the case beyond them."""

import re
from datetime import timedelta

import pytest

from certification.laboratory.queries import laboratory
from core.clock import today
from core.words import explain
from tests import factories
from tests.certification.world import LABORATORY_ROLES, reload

LABORATORY = "/certification/laboratory"


def day() -> str:
    return today().isoformat()


SAID = {  # the texts of a report, as the form offers them
    "title": "检测报告",
    "customer": "示例认证中心",
    "item_description": "抛釉砖",
    "condition": "封条完好",
    "sampling": "现场封样",
    "deviations": "无偏离",
    "statement": "结果仅与受检样品有关",
}


@pytest.fixture
def case(world):
    case = world.case("evaluating")
    case.review_documents()
    return case


def post(browser, sample, step: str, **fields):
    return browser.post(
        f"{LABORATORY}/samples/{sample.id}/{step}", data={"version": sample.version, **fields}
    )


def results(absorption: str = "0.21", density: str = "22.46", on: str | int = 0, **more) -> dict:
    """The lines of the form: value, uncertainty and day for each of the scheme's two items; the day as it is
    typed, or how far it is from today."""
    lines, on = {}, on if isinstance(on, str) else (today() + timedelta(days=on)).isoformat()
    for place, value in enumerate((absorption, density)):
        lines |= {f"results-{place}-value": value, f"results-{place}-uncertainty": ""}
        lines[f"results-{place}-performed_on"] = on if value else ""
    return lines | more


# The way of a sample


def test_a_sample_is_received_tested_and_reported_through_the_pages(world, browser, case):
    sample = case.order()
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number="F-1")
    received = post(
        browser("sample_receiver"), sample, "receive", received_on=day(), condition="封条完好", seal="intact"
    )
    assert received.status_code == 302
    sample = reload(case).samples[0]
    typed = results() | {"results-0-uncertainty": "0.01"}
    assert post(browser("tester"), sample, "record", **typed).status_code == 302
    sample = reload(case).samples[0]
    fields = SAID | {"number": "TR-9", "place": "南京", "issued_on": day()}
    assert post(browser("authorised_signatory"), sample, "report", **fields).status_code == 302
    report = reload(case).reports[0]
    assert (report.number, report.conclusion, report.cma_number) == ("TR-9", "pass", "231002110001")
    assert {row.item: row.verdict for row in report.results} == {"absorption": "pass", "density": "reported"}


def test_a_verdict_cannot_be_typed(world, browser, case):
    sample = case.deliver()
    page = browser("tester").get(f"{LABORATORY}/samples/{sample.id}").text
    assert not re.search(r'name="[^"]*(verdict|conclusion)', page)
    fields = results("0.9") | {"results-0-verdict": "pass"}
    post(browser("tester"), sample, "record", **fields)
    assert reload(case).samples[0].results[0].verdict == "fail"


def test_only_the_test_items_of_the_scheme_are_asked(world, browser, case):
    sample = case.deliver()
    page = browser("tester").get(f"{LABORATORY}/samples/{sample.id}").text
    assert re.findall(r'name="(results-\d+-value)"', page) == ["results-0-value", "results-1-value"]
    assert "GB/T 3810.3" in page
    assert re.search(r"≤ 0\.5\s*%", page)
    assert "报告值" in page


def test_results_may_be_entered_one_by_one_and_stand_in_the_form_again(world, browser, case):
    sample = case.deliver()
    post(browser("tester"), sample, "record", **results(density=""))
    page = browser("tester").get(f"{LABORATORY}/samples/{sample.id}").text
    assert re.search(r'name="results-0-value"[^>]*value="0.21"', page)
    assert "还没有结果" in page
    assert "合格" in page


# Refusals


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"absorption": "", "density": ""}, "还有检测项目没有结果"),
        ({"absorption": "很低"}, "应填写数字"),
        ({"absorption": "1e40"}, "数量大得或小得不合常理"),
        ({"on": ""}, "performed-on-missing"),
        ({"on": "昨天"}, "日期应写成"),
        ({"results-0-uncertainty": "-0.1"}, "结果要写成数，不确定度不能是负数"),
        ({"on": 1}, "日期不能晚于今天"),
        ({"on": -9}, "不能早于收样的"),
    ],
)
def test_a_result_that_cannot_be_right_is_said_and_what_was_typed_stays(world, browser, case, typed, said):
    sample, fields = case.deliver(), results(**typed)
    answer = post(browser("tester"), sample, "record", **fields)
    assert answer.status_code == 422
    assert explain(said) in answer.text
    assert f'value="{fields["results-0-value"]}"' in answer.text
    assert reload(case).samples[0].results == []


def test_who_tested_does_not_sign(world, browser, case):
    sample = case.deliver()
    world.grant("tester", "authorised_signatory")
    tester = browser("tester")
    post(tester, sample, "record", **results())
    sample = reload(case).samples[0]
    assert "您检测过这个样品" in tester.get(f"{LABORATORY}/samples/{sample.id}").text
    fields = {"number": "TR-1", "place": "南京", "issued_on": day()}
    answer = post(tester, sample, "report", **fields)
    assert answer.status_code == 422
    assert reload(case).reports == []


def test_a_report_number_used_before_is_refused_at_its_field(world, browser, case):
    case.test()
    used = case.application.reports[0].number
    sample = case.deliver()
    post(browser("tester"), sample, "record", **results())
    sample = reload(case).samples[1]
    fields = SAID | {"number": used, "place": "南京", "issued_on": day()}
    answer = post(browser("authorised_signatory"), sample, "report", **fields)
    assert answer.status_code == 422
    assert re.search(rf'id="report-number-e".*?报告编号 {used} 已经用过', answer.text, re.S)


def test_a_report_before_every_item_is_measured_is_hindered_with_the_reason(world, browser, case):
    sample = case.deliver()
    post(browser("tester"), sample, "record", **results(density=""))
    page = browser("authorised_signatory").get(f"{LABORATORY}/samples/{sample.id}").text
    assert "还有检测项目没有结果" in page[page.index('id="gate-report"') :]


def test_a_doubt_needs_its_reason_and_is_told_to_the_body(world, browser, case):
    sample = case.deliver()
    assert post(browser("tester"), sample, "doubt", reason="").status_code == 422
    assert post(browser("tester"), sample, "doubt", reason="样品与封条不符").status_code == 302
    page = browser("lead_verifier").get(f"/certification/reviews/{case.id}?tab=tests").text
    assert "真实性存疑" in page


@pytest.mark.parametrize(("role", "step", "status"), [
    ("sample_receiver", "record", 403),
    ("tester", "receive", 403),
    ("authorised_signatory", "report", 409),
    ("tester", "fly", 409),
])  # fmt: skip
def test_a_step_that_is_not_ones_own_or_not_now_is_refused(world, browser, case, role, step, status):
    sample = case.deliver()
    assert post(browser(role), sample, step, **results()).status_code == status


def test_a_stale_sheet_is_refused_with_what_was_typed(world, browser, case):
    sample = case.deliver()
    fields = {"version": sample.version - 1, **results("0.17")}
    answer = browser("tester").post(f"{LABORATORY}/samples/{sample.id}/record", data=fields)
    assert answer.status_code == 409
    assert 'value="0.17"' in answer.text
    assert reload(case).samples[0].results == []


# What a laboratory sees


def test_another_laboratory_sees_neither_the_order_nor_the_sample(app, world, sign_in, case):
    sample = case.deliver()
    stranger = sign_in(
        app.test_client(), factories.user(factories.organisation("testing_body"), *LABORATORY_ROLES)
    )
    assert sample.number not in stranger.get(f"{LABORATORY}/").text
    assert stranger.get(f"{LABORATORY}/samples/{sample.id}").status_code == 404
    assert post(stranger, sample, "record", **results()).status_code == 404


@pytest.mark.parametrize("role", ["applicant", "lead_verifier"])
def test_the_laboratorys_pages_are_the_laboratorys(world, browser, case, role):
    sample = case.deliver()
    assert browser(role).get(f"{LABORATORY}/samples/{sample.id}").status_code == 403


def test_a_laboratory_sees_nothing_of_the_case_beyond_what_the_tests_need(world, browser, case):
    sample = case.deliver()
    tester = browser("tester")
    page = tester.get(f"{LABORATORY}/samples/{sample.id}").text
    assert case.application.product_name in page
    for secret in ("烧成用天然气", "企业实测", "business_licence", "8.45"):
        assert secret not in page
    file = case.application.files[0]
    for address in (
        f"/certification/applications/{case.id}",
        f"/certification/reviews/{case.id}",
        f"/certification/files/{file.id}",
        f"/api/v1/applications/{case.id}",
    ):
        assert tester.get(address).status_code in (403, 404)


def test_what_is_to_be_tested_comes_before_what_is_to_be_kept(world):
    """A shelf of a hundred old samples does not hide the one that came in today."""
    case = world.case("in_review")
    coming = world.case("evaluating").order()
    found = laboratory.waiting(world.actor("sample_receiver"), size=1)
    assert case.application.samples[0].state == "reported"
    assert (found.items, found.total) == ([coming], 2)


def test_orders_are_found_by_number_model_and_state(world, browser, case):
    first, second = case.deliver(), case.order()
    tester = browser("tester")
    assert first.number in tester.get(f"{LABORATORY}/?q=YT-6015").text
    page = tester.get(f"{LABORATORY}/?state=planned").text
    table = page[page.index("<tbody>") :]
    assert second.number in table
    assert first.number not in table
    assert "1 个样品轮到您办" in tester.get(f"{LABORATORY}/").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_of_a_sample_has_its_page(world, browser, language):
    case = world.case("evaluating")
    case.review_documents()
    case.test()
    doubted = case.deliver()
    case.take("doubt", "tester", doubted, reason="不符")
    case.deliver()
    case.order()
    for sample in case.application.samples:
        answer = browser("tester").get(f"{LABORATORY}/samples/{sample.id}?lang={language}")
        assert answer.status_code == 200
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids))
