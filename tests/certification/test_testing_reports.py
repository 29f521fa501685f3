"""What a report says, how it is amended, tested again, and taken back with all that rested on it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace as thing

import pytest
from sqlalchemy import select

from accounts.actor import SYSTEM
from certification import operations
from certification.models import Certificate, Decision, StatusProposal, SuspensionBatch
from certification.operations import batches, reports
from certification.workflow.judgement import margin
from certification.workflow.sample import REPORT_FIELDS
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.lifecycle import history
from tests import factories
from tests.certification.world import PDF, World

UNTIL = today() + timedelta(days=60)


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


def certified(world):
    case = world.case("certified")
    certificate = db.session.scalar(select(Certificate).where(Certificate.application_id == case.id))
    return case, certificate


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


@pytest.mark.parametrize(("field", "slug"), REPORT_FIELDS.items())
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
    case.take("record", "tester", sample, results=[result(item="density", value="22", external="北方示例检测")])
    report = issue(case, sample)
    assert {row.item: row.external for row in report.results} == {"absorption": "", "density": "北方示例检测"}


# guard 10
def test_a_value_in_another_unit_than_its_limit_is_an_error_and_is_not_converted(world, case):
    sample = measured(case)
    with pytest.raises(Invalid) as refused:
        case.take("record", "tester", sample, results=[result("0.0021", unit="1")])
    assert refused.value.slug == "result-in-another-unit"
    assert sample.results[0].value == Decimal("0.21")
    case.take("record", "tester", sample, results=[result("0.22", unit="%")])
    assert sample.results[0].value == Decimal("0.22")


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
    assert (second.amends, second.amendment, second.number) == (first, "小数点误录", "TR-1-A1")
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
    case.take("finish", "lead_verifier")
    assert case.to("certified").state == "certified"


# Taken back


def test_a_report_is_taken_back_for_a_reason_and_counts_no_more(world, case):
    report = issue(case, measured(case))
    with pytest.raises(Unmet, match="reason-missing"):
        case.take("retract", "authorised_signatory", report, reason="")
    case.take("retract", "authorised_signatory", report, reason="设备未校准")
    assert (report.state, report.retracted_on, report.retraction) == ("retracted", today(), "设备未校准")
    assert case.application.test_verdicts == {}


def test_the_regulator_has_a_report_taken_back_and_nobody_else_may(world, case):
    report = issue(case, measured(case))
    with pytest.raises(NotPermitted):
        reports.order_retraction(report, world.actor("decision_maker"), "数据不实")
    regulator = factories.actor("regulator", "regulator")
    reports.order_retraction(report, regulator, "数据不实")
    assert (report.state, report.retracted_by) == ("retracted", regulator.label)


@pytest.mark.parametrize("state", ["in_review", "pending_decision", "granted"])
def test_an_open_case_that_rested_on_it_falls_back(world, state):
    case = world.case(state)
    report = case.application.reports[0]
    case.take("retract", "authorised_signatory", report, reason="设备未校准")
    assert case.state == "evaluating"
    assert (case.application.review, case.application.decision) == (None, None)
    last = history("application", case.id)[-1]
    assert (last.step, last.reason) == ("fall_back", f"{report.number}：设备未校准")


def test_a_decision_that_fell_with_its_report_is_kept_and_made_anew(world):
    case = world.case("granted")
    case.take("retract", "authorised_signatory", case.application.reports[0], reason="设备未校准")
    issue(case, measured(case))
    case.take("finish", "lead_verifier")
    case.to("certified")
    kept = db.session.scalars(select(Decision).where(Decision.application_id == case.id)).all()
    assert sorted(decision.superseded for decision in kept) == [False, True]


def test_a_case_whose_tests_still_pass_stays_where_it_is(world):
    case = world.case("evaluating")
    case.review_documents()
    spare = issue(case, measured(case))
    case.test()
    case.visit()
    case.take("finish", "lead_verifier")
    case.take("retract", "authorised_signatory", spare, reason="设备未校准")
    assert case.state == "in_review"


# ask 42
def test_a_retraction_opens_one_batch_with_every_certificate_that_rests_on_it(world):
    first, certificate = certified(world)
    report = first.application.reports[0]
    again, other = holding(world, report)
    first.take("retract", "authorised_signatory", report, reason="设备未校准")
    batch = db.session.scalars(select(SuspensionBatch)).one()
    assert [found["certificate_id"] for found in batch.found] == [certificate.id, other.id]
    proposed = batches.open_proposals(batch)
    assert [each.certificate for each in proposed] == [certificate, other]
    assert {(each.kind, each.cause) for each in proposed} == {("suspend", "evidence_retracted")}
    assert {each.state for each in (certificate, other)} == {"valid"}  # a person decides


def holding(world, report):
    """Another certified case, among whose files is the very paper of the report."""
    report.file = operations.applications.files.store(BytesIO(PDF + b"report"), "TR.pdf").digest
    case = world.case("draft")
    operations.attach_file(case.application, world.actor("applicant"), "other", BytesIO(PDF + b"report"), "TR.pdf")
    case.to("certified")
    return case, db.session.scalar(select(Certificate).where(Certificate.application_id == case.id))


def batch_of(world):
    case, certificate = certified(world)
    report = case.application.reports[0]
    _, other = holding(world, report)
    case.take("retract", "authorised_signatory", report, reason="设备未校准")
    return report.batch, certificate, other


def test_a_person_carries_the_batch_out_as_one_and_a_second_time_finds_nothing(world):
    batch, *certificates = batch_of(world)
    decider = world.actor("decision_maker")
    done = batches.carry_out(batch, decider, until=UNTIL, reason="检测报告被撤回")
    assert done == certificates
    assert {each.state for each in certificates} == {"suspended"}
    assert {each.acts[-1].cause for each in certificates} == {"evidence_retracted"}
    assert batches.open_proposals(batch) == []
    assert batches.carry_out(batch, decider, until=UNTIL, reason="检测报告被撤回") == []
    assert [len(each.acts) for each in certificates] == [1, 1]


def test_a_batch_is_carried_out_whole_or_not_at_all(world):
    batch, certificate, other = batch_of(world)
    other.valid_to = today() + timedelta(days=30)
    db.session.flush()
    with pytest.raises(Unmet) as refused, db.session.begin_nested():
        batches.carry_out(batch, world.actor("decision_maker"), until=UNTIL, reason="撤回")
    assert refused.value.detail["certificate"] == other.number
    assert {each.state for each in (certificate, other)} == {"valid"}


@pytest.mark.parametrize("role", ["case_officer", "head_of_body"])
def test_only_who_decides_carries_a_batch_out(world, role):
    batch, *_ = batch_of(world)
    with pytest.raises(NotPermitted):
        batches.carry_out(batch, world.actor(role), until=UNTIL, reason="撤回")


def test_another_body_carries_out_nothing_of_it(world):
    batch, certificate, _ = batch_of(world)
    stranger = factories.actor("certification_body", "decision_maker")
    with pytest.raises(NotPermitted):
        batches.carry_out(batch, stranger, until=UNTIL, reason="撤回")
    assert certificate.state == "valid"


def test_one_certificate_of_a_batch_may_be_spared_for_a_reason(world):
    batch, certificate, other = batch_of(world)
    proposal = next(each for each in batches.open_proposals(batch) if each.certificate is other)
    operations.take(proposal, "decline", world.actor("decision_maker"), reason="该证书另有有效报告")
    assert batches.carry_out(batch, world.actor("decision_maker"), until=UNTIL, reason="撤回") == [certificate]
    assert (other.state, proposal.state) == ("valid", "declined")


def test_what_is_withdrawn_already_is_named_and_not_proposed(world):
    case, certificate = certified(world)
    operations.take(certificate, "withdraw", world.actor("decision_maker"), cause="fraud", reason="造假")
    case.take("retract", "authorised_signatory", case.application.reports[0], reason="数据不实")
    batch = case.application.reports[0].batch
    assert batch.found == [{"certificate_id": certificate.id, "state": "withdrawn"}]
    assert db.session.scalars(select(StatusProposal)).all() == []


def test_a_batch_is_opened_once(world):
    case, _ = certified(world)
    report = case.application.reports[0]
    case.take("retract", "authorised_signatory", report, reason="设备未校准")
    assert batches.open_batch(report, SYSTEM) is report.batch
    assert len(batches.open_proposals(report.batch)) == 1
