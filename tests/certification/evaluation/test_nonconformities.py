"""Nonconformities: a day by rule, answers with evidence in as many rounds as it takes, graver when late."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from certification.clocks.models import Clock
from certification.evaluation import queries as evaluation
from certification.evaluation.models import NonconformityAnswer
from certification.evaluation.operations.nonconformities import escalate_overdue
from core import lifecycle
from core.clock import today, travel
from core.db import db
from core.errors import NotFound, OutOfOrder, Unmet
from core.lifecycle import history
from tests.certification.clocks.ticking import MONDAY, in_days
from tests.certification.world import PDF, World


def after(days: int):
    return today() + timedelta(days=days)


@pytest.fixture(autouse=True)
def no_term_here_ends_on_a_day_off():
    with travel(MONDAY):
        yield


@pytest.fixture
def case(world):
    return world.case("evaluating")


# The day by rule


@pytest.mark.parametrize(("grade", "days"), [("minor", 30), ("major", 15)])
def test_the_day_an_answer_is_due_comes_from_the_grade_and_no_hand(case, grade, days):
    finding = case.raise_finding(grade=grade, due=after(3))
    assert finding.due == after(days)


def test_a_scheme_states_its_own_days_for_each_grade(db):
    stated = {"days": 7, "unit": "calendar", "source": "演示数据"}
    case = World(clocks={"nonconformity_major": stated}).case("evaluating")
    assert case.raise_finding(grade="major").due == after(7)
    assert case.raise_finding(grade="minor").due == after(30)


# What becomes of one that is not answered


def test_a_minor_one_not_answered_in_time_becomes_a_major_one_once(case):
    finding = case.raise_finding()
    assert escalate_overdue() == 0
    with travel(after(30)):
        assert escalate_overdue() == 0
    with travel(after(31)):
        day = today()
        assert escalate_overdue() == 1
        assert escalate_overdue() == 0
        due = after(15)
    assert (finding.grade, finding.state, finding.escalated_on, finding.due) == (
        "major",
        "escalated",
        day,
        due,
    )
    assert [step.step for step in history("nonconformity", finding.id)] == ["escalate"]


def test_a_major_one_not_answered_in_time_lets_the_lead_verifier_report_failure(case):
    finding = case.raise_finding(grade="major")
    with pytest.raises(Unmet, match="nothing-failed"):
        case.take("report_failure", "lead_verifier", reason="未答复")
    with travel(after(16)):
        assert escalate_overdue() == 1
        assert escalate_overdue() == 0
        assert finding.state == "overdue"
        case.take("report_failure", "lead_verifier", reason="严重不符合逾期未答复")
    assert case.state == "in_review"


def test_a_minor_one_left_alone_long_enough_ends_as_an_overdue_major_one(case):
    finding = case.raise_finding()
    with travel(after(31)):
        escalate_overdue()
    with travel(after(47)):
        assert escalate_overdue() == 1
    assert (finding.grade, finding.state) == ("major", "overdue")


def test_an_answer_that_came_is_not_late_while_it_is_examined(case):
    finding = case.raise_finding()
    case.answer_finding(finding)
    with travel(after(60)):
        assert escalate_overdue() == 0
        case.take("reject", "lead_verifier", finding, reason="证据不清")
        assert finding.due == in_days(30)
        assert escalate_overdue() == 0


@pytest.mark.parametrize("state", ["escalated", "overdue"])
def test_a_late_answer_is_still_an_answer(case, state):
    finding = case.raise_finding(grade="minor" if state == "escalated" else "major")
    with travel(after(31)):
        escalate_overdue()
        assert finding.state == state
        case.answer_finding(finding)
        case.take("close", "lead_verifier", finding, reason="证据充分")
    assert finding.state == "closed"


def test_the_timer_leaves_a_case_that_ended_alone(case):
    case.raise_finding()
    case.take("recall", "applicant")
    with travel(after(60)):
        assert escalate_overdue() == 0


def test_escalation_starts_the_clock_of_the_graver_grade(case):
    finding = case.raise_finding()
    with travel(after(31)):
        escalate_overdue()
    clocks = db.session.scalars(select(Clock).where(Clock.kind == "nonconformity").order_by(Clock.id))
    assert [(clock.name, clock.result) for clock in clocks] == [
        ("nonconformity_minor", "void"),
        ("nonconformity_major", "running"),
    ]
    assert finding.due == after(31 + 15)


# Answers


@pytest.mark.parametrize("facts", [{"answer": "已改"}, {"answer": " ", "evidence": "x"}])
def test_an_answer_needs_words_and_evidence(case, facts):
    finding = case.raise_finding()
    with pytest.raises(Unmet):
        case.take("answer", "applicant", finding, **facts)
    assert finding.answers == []


def test_every_round_of_answer_and_verdict_is_kept(case):
    finding = case.raise_finding()
    case.answer_finding(finding)
    case.take("reject", "lead_verifier", finding, reason="照片看不清")
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="证据充分")
    rounds = db.session.scalars(select(NonconformityAnswer).order_by(NonconformityAnswer.round)).all()
    assert [(entry.round, entry.outcome, entry.verdict) for entry in rounds] == [
        (1, "reject", "照片看不清"),
        (2, "close", "证据充分"),
    ]
    assert all(entry.judged_by and entry.judged_at and entry.evidence for entry in rounds)


def test_only_who_raised_it_or_leads_the_team_judges_the_answer(world):
    case = world.case("contracted")
    team = [*case.plan()["team"], (world.people["verifier"].id, "verifier")]
    case.take("plan", "case_officer", **case.plan(team=team))
    facts = {"grade": "minor", "anchor": "evidence_reliability", "fact": "缺记录"}
    case.take("raise", "verifier", **facts)
    finding = case.application.nonconformities[0]
    case.answer_finding(finding)
    with pytest.raises(Unmet, match="not-the-raiser"):
        case.take("close", "document_reviewer", finding, reason="证据充分")
    case.take("reject", "verifier", finding, reason="再补")
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="证据充分")
    assert finding.state == "closed"


def test_a_finding_is_closed_on_an_answer_and_not_before(case):
    finding = case.raise_finding()
    with pytest.raises(OutOfOrder):
        case.take("close", "lead_verifier", finding, reason="口头说明")


# The pages


def test_client_and_body_see_every_round_with_its_evidence(world, browser, case):
    finding = case.raise_finding()
    case.answer_finding(finding)
    case.take("reject", "lead_verifier", finding, reason="照片看不清")
    db.session.commit()
    for role, address in (
        ("applicant", f"/certification/applications/{case.id}"),
        ("lead_verifier", f"/certification/reviews/{case.id}"),
    ):
        page = browser(role).get(address).text
        assert "第 1 次答复" in page
        assert "照片看不清" in page
        with browser(role).get(f"/certification/nonconformities/{finding.id}/evidence/1") as found:
            assert found.data == PDF
        assert browser(role).get(f"/certification/nonconformities/{finding.id}/evidence/2").status_code == 404


def test_the_client_answers_an_escalated_one_through_the_page(world, browser, case):
    finding = case.raise_finding()
    with travel(after(31)):
        escalate_overdue()
        db.session.commit()
    page = browser("applicant").get(f"/certification/applications/{case.id}").text
    assert "逾期升级" in page
    typed = {"version": finding.version, "answer": "已补", "evidence": (BytesIO(PDF), "证据.pdf")}
    answer = browser("applicant").post(f"/certification/nonconformities/{finding.id}/answer", data=typed)
    assert answer.status_code == 302
    db.session.expire_all()
    assert finding.state == "answered"


def test_a_stranger_learns_nothing_of_a_finding(world, case):
    from tests import factories

    finding = case.raise_finding()
    for actor in (
        factories.actor("manufacturer", "applicant"),
        factories.actor("certification_body", "verifier"),
    ):
        with pytest.raises(NotFound):
            evaluation.nonconformity(actor, finding.id)


# guard 5
@pytest.mark.parametrize("state", ["raised", "answered", "escalated", "overdue"])
def test_no_decision_while_a_nonconformity_is_open(world, state):
    case = world.case("pending_decision")
    case.application.state = "evaluating"
    finding = case.raise_finding()
    case.application.state = "pending_decision"
    finding.state = state
    db.session.flush()
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert "nonconformity-open" in refused.value.detail["unmet"]


# guard 5
def test_no_decision_without_a_test_report(world):
    case = world.case("pending_decision")
    for report in list(case.application.reports):
        report.results.clear()
    db.session.flush()
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert "test-report-missing" in refused.value.detail["unmet"]


# guard 5
def test_no_decision_while_the_checklist_of_the_visit_is_unanswered(world):
    case = world.case("pending_decision")
    case.application.site.superseded = True
    db.session.flush()
    db.session.expire(case.application, ["site"])
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert "site-not-passed" in refused.value.detail["unmet"]
    assert lifecycle.offers(case.application, world.actor("decision_maker"))[0].ready is False
