"""What a report says, how it is amended, tested again, and taken back with all that rested on it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace as thing

import pytest
from sqlalchemy import select

from certification.workflow.judgement import margin
from core.clock import today, travel
from core.db import db
from core.errors import Invalid, OutOfOrder, Unmet
from registers.models import LaboratoryScope
from tests.certification.world import PDF, World


@pytest.fixture
def case(world):
    return world.case("evaluating")


def result(value: str = "0.21", item: str = "absorption", **more) -> dict:
    measured = {"uncertainty": Decimal("0.01"), "performed_on": today()}
    return {"item": item, "value": Decimal(value), **measured} | more


def measured(case, absorption: str = "0.21", **order):
    """A sample that was tested and waits for its report."""
    facts = {"method": "sealed", "model": "YT-6015", "quantity": 3} | order
    case.take("order_sample", "lead_verifier", **facts)
    sample = case.application.samples[-1]
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number=f"F-{sample.id}")
    receipt = {"received_on": today(), "condition": "封条完好", "seal": "intact"}
    case.take("receive", "sample_receiver", sample, **receipt)
    values = {"absorption": absorption, "density": "22.46"}
    case.take("record", "tester", sample, results=[result(values[item], item) for item in sample.items])
    return sample


def issue(case, sample, **more):
    facts = {"number": f"TR-{sample.id}", "place": "南京某路 3 号", "issued_on": today()} | more
    case.take("report", "authorised_signatory", sample, **facts)
    return sample.report


def amend(case, report, **more):
    facts = {"number": f"{report.number}-A1", "issued_on": today(), "reason": "录入笔误"} | more
    case.take("amend", "authorised_signatory", report, **facts)
    return report.amended_by


def retest(case, sample, value: str = "0.3", reason: str = "首次样品有裂纹，双方同意复检"):
    return issue(case, measured(case, value, retest_of=sample.id, reason=reason))


# What a report says


def test_a_report_says_everything_a_test_report_must_say(world, case):
    report = issue(case, measured(case))
    assert report.title == "检测报告"
    assert report.statement == "结果仅与受检样品有关"
    assert (report.laboratory_name, report.laboratory_address) == ("示例检测公司", "南京某路 3 号")
    assert (report.customer, report.condition) == ("示例认证中心", "封条完好")
    assert "YT-6015" in report.item_description
    assert report.sample.number in report.item_description
    assert "现场封样" in report.sampling
    days = (report.sampled_on, report.received_on, report.started_on, report.ended_on, report.issued_on)
    assert set(days) == {today()}
    assert report.deviations == "无偏离"
    assert {row.unit for row in report.results} == {"%", "kg/m2"}
    assert report.signatory != report.tester


def ordered_yesterday(case):
    with travel(today() - timedelta(days=1)):
        case.take("order_sample", "lead_verifier", method="sealed", model="YT-6015", quantity=3)
    return case.application.samples[-1]


def ended_yesterday(case, sample):
    """Absorption was measured on the last day of its approval, density today."""
    before = today() - timedelta(days=1)
    case.take("dispatch", "lead_verifier", sample, drawn_on=before, seal_number="F-9")
    case.take("receive", "sample_receiver", sample, received_on=before, condition="封条完好", seal="intact")
    [approval] = db.session.scalars(
        select(LaboratoryScope).where(
            LaboratoryScope.laboratory_id == sample.laboratory_id,
            LaboratoryScope.method == sample.tests[0]["method"],
        )
    )
    results = [result(performed_on=before), result("22.46", "density")]
    case.take("record", "tester", sample, results=results)
    approval.valid_to, approval.cma_number = before, "231002110009"
    return approval


def test_the_approval_on_a_report_is_that_of_the_day_of_the_measurement(world, case):
    sample = ordered_yesterday(case)
    ended_yesterday(case, sample)
    assert issue(case, sample).cma_number == "231002110009"


def test_without_an_approval_on_the_day_of_the_measurement_no_report_is_issued(world, case):
    sample = ordered_yesterday(case)
    ended_yesterday(case, sample).valid_to = today() - timedelta(days=2)
    with pytest.raises(Unmet, match="laboratory-out-of-scope"):
        issue(case, sample)


@pytest.mark.parametrize(
    ("field", "slug"),
    [
        ("title", "report-title-missing"),
        ("customer", "report-customer-missing"),
        ("item_description", "report-item-missing"),
        ("condition", "report-condition-missing"),
        ("sampling", "report-sampling-missing"),
        ("deviations", "report-deviations-missing"),
        ("statement", "report-statement-missing"),
    ],
)
def test_a_report_without_one_of_its_parts_is_refused_by_the_name_of_the_part(world, case, field, slug):
    sample = measured(case)
    with pytest.raises(Unmet) as refused:
        issue(case, sample, **{field: " "})
    assert refused.value.detail["unmet"] == [slug]
    assert case.application.reports == []


def test_the_laboratorys_own_paper_is_kept_with_its_digest(world, case):
    report = issue(case, measured(case), upload=thing(stream=BytesIO(PDF), filename="TR-1.pdf"))
    assert (len(report.file), report.file_name) == (64, "TR-1.pdf")


def test_a_paper_that_is_no_paper_is_refused_at_its_field(world, case):
    sample = measured(case)
    with pytest.raises(Invalid) as refused:
        issue(case, sample, upload=thing(stream=BytesIO(b""), filename="TR-1.pdf"))
    assert refused.value.fields == {"upload": "file-empty"}


def test_what_another_provider_measured_is_marked(world, case):
    sample = measured(case)
    elsewhere = result(item="density", value="22", external="北方示例检测", reason="设备送修，委托检测")
    case.take("record", "tester", sample, results=[elsewhere])
    report = issue(case, sample)
    assert {row.item: row.external for row in report.results} == {"absorption": "", "density": "北方示例检测"}


# guard 10
def test_a_value_in_another_unit_than_its_limit_is_an_error_and_is_not_converted(world, case):
    sample = measured(case)
    with pytest.raises(Invalid) as refused:
        case.take("record", "tester", sample, results=[result("0.0021", unit="1")])
    assert refused.value.slug == "result-in-another-unit"
    assert sample.results[0].value == Decimal("0.21")
    case.take("record", "tester", sample, results=[result("0.22", unit="%", reason="重新读数")])
    assert {row.item: row.value for row in sample.results}["absorption"] == Decimal("0.22")


@pytest.mark.parametrize(
    ("comparator", "limit", "value", "left"),
    [
        ("le", "0.5", "0.21", "0.29"),
        ("le", "0.5", "0.6", "-0.1"),
        ("ge", "35", "41", "6"),
        (None, None, "22", None),
    ],
)
def test_the_margin_is_what_is_left_to_the_limit(comparator, limit, value, left):
    found = margin(comparator, None if limit is None else Decimal(limit), Decimal(value))
    assert found == (None if left is None else Decimal(left))


# Amended


def test_an_amended_report_is_a_new_one_that_names_the_original_and_the_reason(world, case):
    first = issue(case, measured(case))
    second = amend(case, first, results=[result("0.31")], reason="小数点误录")
    assert (second.amends, second.amendment, second.number) == (first, "小数点误录", f"{first.number}-A1")
    assert (first.state, second.state) == ("superseded", "issued")
    assert first.sample.report is second


def test_the_original_stays_readable_as_it_was(world, case):
    first = issue(case, measured(case))
    second = amend(case, first, results=[result("0.31")])
    assert {row.item: row.value for row in first.results}["absorption"] == Decimal("0.21")
    assert {row.item: row.value for row in second.results}["absorption"] == Decimal("0.31")


def test_the_verdict_follows_the_version_that_stands(world, case):
    first = issue(case, measured(case))
    assert case.application.test_verdicts["absorption"] == "pass"
    second = amend(case, first, results=[result("0.62")])
    assert case.application.test_verdicts["absorption"] == "fail"
    amend(case, second, results=[result("0.26")], reason="核对原始记录")
    assert case.application.test_verdicts["absorption"] == "pass"


def test_a_report_is_amended_once_and_its_amendment_after_that(world, case):
    first = issue(case, measured(case))
    amend(case, first)
    with pytest.raises(OutOfOrder):
        amend(case, first, number="TR-9")


def test_an_amendment_needs_a_number_of_its_own_and_a_reason(world, case):
    first = issue(case, measured(case))
    with pytest.raises(Invalid, match="report-number-twice"):
        amend(case, first, number=first.number)
    with pytest.raises(Unmet, match="reason-missing"):
        amend(case, first, reason="")
    assert first.state == "issued"


@pytest.mark.parametrize("days", [-1, 1])
def test_an_amendment_keeps_receipt_test_and_issue_in_their_order(world, case, days):
    first = issue(case, measured(case))
    day = today() + timedelta(days=days)
    with pytest.raises(Invalid) as refused:
        amend(case, first, results=[result(performed_on=day)])
    late = days > 0
    assert refused.value.fields == {
        "results.0.performed_on": "after-the-report" if late else "before-the-receipt"
    }
    assert first.state == "issued"


def test_an_amendment_that_makes_a_test_fail_sends_the_case_back(world):
    case = world.case("pending_decision")
    amend(case, case.application.reports[0], results=[result("0.62")])
    assert case.state == "evaluating"
    assert case.application.review is None


# Tested again


# ask 42
def test_a_retest_is_a_new_result_and_the_first_is_kept(world, case):
    sample = measured(case, "0.9")
    first = issue(case, sample)
    second = retest(case, sample)
    assert [row.value for row in first.results if row.item == "absorption"] == [Decimal("0.9")]
    assert [(row.item, row.value) for row in second.results] == [("absorption", Decimal("0.3"))]
    assert second.sample.retest_of is sample
    assert [report.state for report in case.application.reports] == ["issued", "issued"]


# ask 42
def test_what_the_case_is_worth_is_derived_from_the_latest_results_that_stand(world, case):
    sample = measured(case, "0.9")
    issue(case, sample)
    assert case.application.test_verdicts == {"absorption": "fail", "density": "reported"}
    second = retest(case, sample)
    assert case.application.test_verdicts == {"absorption": "pass", "density": "reported"}
    case.take("retract", "authorised_signatory", second, reason="设备未校准")
    assert case.application.test_verdicts == {"absorption": "fail", "density": "reported"}


def test_a_failed_item_stays_failed_however_many_other_samples_pass(world, case):
    issue(case, measured(case, "0.9"))
    issue(case, measured(case, "0.2"))
    assert case.application.test_verdicts["absorption"] == "fail"


def test_only_what_failed_is_tested_again(world, case):
    sample = measured(case)
    issue(case, sample)
    with pytest.raises(Unmet, match="nothing-to-retest"):
        retest(case, sample)


def test_a_retest_is_ordered_for_a_recorded_reason(world, case):
    sample = measured(case, "0.9")
    issue(case, sample)
    with pytest.raises(Unmet, match="retest-reason-missing"):
        retest(case, sample, reason=" ")
    again = retest(case, sample).sample
    assert again.order_reason == "首次样品有裂纹，双方同意复检"


@pytest.mark.parametrize("allowed", [1, 2])
def test_no_more_is_tested_again_than_the_scheme_allows(db, allowed):
    case = World(retests=allowed).case("evaluating")
    sample = measured(case, "0.9")
    issue(case, sample)
    for _ in range(allowed):
        sample = retest(case, sample, "0.8").sample
    with pytest.raises(Unmet, match="retests-used-up"):
        retest(case, sample)


def test_the_sample_of_another_case_is_not_retested_here(world, case):
    other = measured(world.case("evaluating"), "0.9")
    with pytest.raises(Invalid, match="sample-not-found"):
        measured(case, retest_of=other.id, reason="复检")


def test_a_case_that_failed_and_passed_again_is_certified(world):
    case = world.case("evaluating")
    case.review_documents()
    sample = measured(case, "0.9")
    issue(case, sample)
    case.visit()
    with pytest.raises(Unmet, match="tests-not-passed"):
        case.take("finish", "lead_verifier")
    retest(case, sample)
    case.finish()
    assert case.to("certified").state == "certified"


def test_the_applicant_opens_the_report_from_the_case(world, case, browser):
    report = issue(case, measured(case))
    db.session.commit()
    applicant = browser("applicant")
    place = f"/certification/reports/{report.id}"
    assert f'href="{place}"' in applicant.get(f"/certification/applications/{case.id}").text
    assert report.number in applicant.get(place).text
