"""A report is taken back with all that rested on it: cases fall back, certificates wait."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.actor import SYSTEM
from certification.aftercare.models import StatusProposal, SuspensionBatch
from certification.aftercare.operations import batches
from certification.aftercare.queries import evidence
from certification.application.operations.documents import attach_file
from certification.certificate.models import Certificate
from certification.evaluation.models import Decision
from certification.laboratory.operations import reports
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted, Unmet
from core.files import store
from core.lifecycle import history
from tests import factories
from tests.certification.laboratory.test_testing_reports import issue, measured
from tests.certification.world import PDF


def until() -> date:
    return today() + timedelta(days=60)


@pytest.fixture
def case(world):
    return world.case("evaluating")


def certified(world):
    case = world.case("certified")
    certificate = db.session.scalar(select(Certificate).where(Certificate.application_id == case.id))
    return case, certificate


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
    case.finish()
    case.to("certified")
    kept = db.session.scalars(select(Decision).where(Decision.application_id == case.id)).all()
    assert sorted(decision.superseded for decision in kept) == [False, True]


def test_a_case_whose_tests_still_pass_stays_where_it_is(world):
    case = world.case("evaluating")
    case.review_documents()
    spare = issue(case, measured(case))
    case.test()
    case.visit()
    case.finish()
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
    report.file = store(BytesIO(PDF + b"report"), "TR.pdf").digest
    case = world.case("draft")
    attach_file(case.application, world.actor("applicant"), "other", BytesIO(PDF + b"report"), "TR.pdf")
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
    done = batches.carry_out(batch, decider, until=until(), reason="检测报告被撤回")
    assert done == certificates
    assert {each.state for each in certificates} == {"suspended"}
    assert {each.acts[-1].cause for each in certificates} == {"evidence_retracted"}
    assert batches.open_proposals(batch) == []
    assert batches.carry_out(batch, decider, until=until(), reason="检测报告被撤回") == []
    assert [len(each.acts) for each in certificates] == [1, 1]


def test_a_batch_is_carried_out_whole_or_not_at_all(world):
    batch, certificate, other = batch_of(world)
    other.valid_to = today() + timedelta(days=30)
    db.session.flush()
    with pytest.raises(Unmet) as refused, db.session.begin_nested():
        batches.carry_out(batch, world.actor("decision_maker"), until=until(), reason="撤回")
    assert refused.value.detail["certificate"] == other.number
    assert {each.state for each in (certificate, other)} == {"valid"}


@pytest.mark.parametrize("role", ["case_officer", "head_of_body"])
def test_only_who_decides_carries_a_batch_out(world, role):
    batch, *_ = batch_of(world)
    with pytest.raises(NotPermitted):
        batches.carry_out(batch, world.actor(role), until=until(), reason="撤回")


def test_another_body_carries_out_nothing_of_it(world):
    batch, certificate, _ = batch_of(world)
    stranger = factories.actor("certification_body", "decision_maker")
    with pytest.raises(NotPermitted):
        batches.carry_out(batch, stranger, until=until(), reason="撤回")
    with pytest.raises(NotFound, match="batch-not-found"):
        evidence.batch(stranger, batch.id)
    assert certificate.state == "valid"


def test_one_certificate_of_a_batch_may_be_spared_for_a_reason(world):
    batch, certificate, other = batch_of(world)
    proposal = next(each for each in batches.open_proposals(batch) if each.certificate is other)
    lifecycle.take(proposal, "decline", world.actor("decision_maker"), reason="该证书另有有效报告")
    assert batches.carry_out(batch, world.actor("decision_maker"), until=until(), reason="撤回") == [
        certificate
    ]
    assert (other.state, proposal.state) == ("valid", "declined")


def test_what_is_withdrawn_already_is_named_and_not_proposed(world):
    case, certificate = certified(world)
    lifecycle.take(certificate, "withdraw", world.actor("decision_maker"), cause="fraud", reason="造假")
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
