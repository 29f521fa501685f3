"""The road as it is driven: what each step leaves behind, and who may never take it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from certification.application.operations.applications import terminate_overdue
from certification.certificate.models import Certificate
from certification.evaluation.models import DocumentReview
from certification.steps import LAW
from core import lifecycle
from core.audit import Entry
from core.clock import today, travel
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.lifecycle import StepTaken
from tests import factories
from tests.certification.world import LONG, World, reload
from tests.support.rules import amend

pytestmark = pytest.mark.engines("roads")

SMOOTH = [
    "application.submit",
    "application.accept",
    "application.offer",
    "application.sign",
    "application.plan",
    "application.review_documents",
    "application.order_sample",
    "sample.dispatch",
    "sample.receive",
    "sample.record",
    "sample.report",
    "application.verify_site",
    "application.verify_data",
    "application.give_opinion",
    "application.finish",
    "application.recommend",
    "application.grant",
    "application.countersign",
    "application.issue",
]


def history(db) -> list[str]:
    return [
        f"{step.kind}.{step.step}" for step in db.session.scalars(select(StepTaken).order_by(StepTaken.id))
    ]


def recorded(db) -> list[str]:
    """The verbs of the audit record that are steps of a table."""
    steps = {f"{machine.kind}.{name}" for machine in set(LAW.values()) for name in machine.steps}
    return [verb for verb in db.session.scalars(select(Entry.verb).order_by(Entry.id)) if verb in steps]


# What a step leaves behind


def test_a_case_without_obstacles_takes_the_steps_of_the_rules_and_ends_with_a_certificate(db, world):
    case = world.case("certified")
    assert history(db) == SMOOTH
    certificate = db.session.scalar(select(Certificate))
    assert certificate.application_id == case.id
    assert certificate.carbon == Decimal("8.45")


def test_every_step_leaves_one_line_of_history_and_one_entry_in_the_record(db, world):
    case = world.case("evaluating")
    finding = case.raise_finding()
    case.answer_finding(finding)
    case.take("reject", "lead_verifier", finding, reason="证据不清")
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="证据充分")
    assert history(db) == recorded(db)
    assert history(db)[-5:] == ["application.raise"] + [
        f"nonconformity.{step}" for step in ("answer", "reject", "answer", "close")
    ]


def test_the_history_says_who_took_the_step_and_why(db, world):
    case = world.case("in_review")
    case.take("return", "technical_reviewer", reason="里程证据不足")
    last = db.session.scalars(select(StepTaken).order_by(StepTaken.id.desc())).first()
    reviewer = world.actor("technical_reviewer")
    assert (last.actor_id, last.actor, last.reason) == (reviewer.id, reviewer.label, "里程证据不足")
    assert (last.source, last.target) == ("in_review", "evaluating")


@pytest.mark.parametrize(
    ("state", "step", "role", "facts", "kind"),
    [
        ("draft", "submit", "applicant", {"declared": False}, Unmet),
        ("submitted", "accept", "case_officer", {}, NotPermitted),
        ("submitted", "accept", "application_reviewer", {"conditions": []}, Unmet),
        ("submitted", "correct", "application_reviewer", {"points": []}, Unmet),
        ("submitted", "correct", "application_reviewer",
         {"points": [{"anchor": "models", "text": "补"}], "due": date(2020, 1, 1)}, Invalid),
        ("accepted", "plan", "case_officer", {}, OutOfOrder),
        ("contracted", "plan", "case_officer", {}, Unmet),
        ("evaluating", "order_sample", "lead_verifier",
         {"method": "drawn", "model": "X", "quantity": 1}, Unmet),
        ("evaluating", "raise", "lead_verifier",
         {"grade": "tiny", "anchor": "models", "fact": "缺"}, Unmet),
        ("evaluating", "finish", "lead_verifier", {}, Unmet),
        ("pending_decision", "refuse", "decision_maker", {"signed": True}, Unmet),
        ("pending_decision", "grant", "decision_maker", {"signed": False}, Unmet),
        ("granted", "countersign", "decision_maker", {"signed": True}, NotPermitted),
    ],
)  # fmt: skip
def test_a_refused_step_changes_nothing(db, world, state, step, role, facts, kind):
    case = world.case(state)
    before = history(db), recorded(db)
    with pytest.raises(kind):
        case.take(step, role, **facts)
    assert not db.session.new
    assert not db.session.dirty
    assert (history(db), recorded(db)) == before
    assert case.state == state


# By other hands


@pytest.mark.parametrize("step", ["return", "recommend", "grant", "refuse", "countersign"])
@pytest.mark.parametrize("evaluator", ["document_reviewer", "lead_verifier"])
def test_who_evaluated_neither_reviews_nor_decides_nor_countersigns(world, evaluator, step):
    state, role = {
        "return": ("in_review", "technical_reviewer"),
        "recommend": ("in_review", "technical_reviewer"),
        "grant": ("pending_decision", "decision_maker"),
        "refuse": ("pending_decision", "decision_maker"),
        "countersign": ("granted", "head_of_body"),
    }[step]
    case = world.case(state)
    world.grant(evaluator, role)
    facts = {"reason": "因", "signed": True, "recommendation": "grant", "text": "同意"}
    with pytest.raises(Unmet) as refused:
        case.take(step, evaluator, **facts)
    assert "took-part-in-evaluation" in refused.value.detail["unmet"]


def test_everyone_with_a_hand_in_the_evaluation_counts_as_an_evaluator(db, world):
    """The team of the plan, who raised a finding though not planned, and who tested."""
    case = world.case("evaluating")
    case.test()
    finding = case.raise_finding()
    finding.raised_by_id = world.people["verifier"].id
    db.session.flush()
    expected = {"document_reviewer", "lead_verifier", "verifier", "tester"}
    assert case.application.evaluators == {world.people[role].id for role in expected}


def test_a_declared_conflict_keeps_its_owner_out_of_the_case(world):
    case = world.case("submitted")
    world.conflict(world.people["application_reviewer"])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        case.to_accepted()


def test_nobody_of_another_body_may_touch_the_case(world):
    case = world.case("submitted")
    stranger = factories.actor("certification_body", "application_reviewer")
    with pytest.raises(NotPermitted):
        lifecycle.take(case.application, "decline", stranger, reason="因")


# Before the decision


def test_a_footprint_over_the_limit_is_not_granted(world):
    case = world.case("pending_decision", value="10.81")
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert refused.value.detail["unmet"] == ["footprint-over-limit"]


def test_a_footprint_at_the_limit_is_granted(world):
    assert world.case("granted", value="10.80").state == "granted"


def test_a_scheme_without_a_limit_decides_on_the_quantified_value(db):
    world = World(family="footprint_label", limit_value=None, validity_years=2)
    case = world.case("granted", value="99")
    assert (case.application.decision.basis, case.application.decision.limit) == ("quantified", None)


def test_the_decision_keeps_value_limit_and_comparison_as_they_stood(db, world):
    case = world.case("granted")
    amend(world.scheme, limit_value=Decimal(99))
    decision = case.application.decision
    assert (decision.value, decision.unit) == (Decimal("8.45"), "kgCO2e/m2")
    assert (decision.limit, decision.comparison) == (Decimal("10.80"), "full")


def test_an_open_finding_keeps_the_case_in_evaluation(world):
    case = world.case("evaluating")
    case.review_documents()
    case.test()
    finding = case.raise_finding()
    case.visit()
    with pytest.raises(Unmet, match="nonconformity-open"):
        case.take("finish", "lead_verifier")
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="证据充分")
    case.finish()
    assert case.state == "in_review"


def test_what_the_visit_found_wanting_is_raised_and_closed_before_the_evaluation_ends(world):
    case = world.case("evaluating")
    case.review_documents()
    case.test()
    wanting = {"energy_monitoring": "minor"}
    case.visit("pass_after_correction", lambda slug: wanting.get(slug, "conform"))
    with pytest.raises(Unmet, match="finding-not-raised"):
        case.take("finish", "lead_verifier")
    finding = case.raise_finding(anchor="energy_monitoring")
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="已更换标签")
    case.finish()
    assert case.state == "in_review"


def test_documents_that_failed_may_be_reviewed_again_and_the_former_review_stays(db, world):
    case = world.case("evaluating")
    case.review_documents("fail")
    with pytest.raises(Unmet, match="documents-not-passed"):
        case.visit()
    case.review_documents("pass")
    reviews = db.session.scalars(select(DocumentReview).order_by(DocumentReview.id)).all()
    assert [(review.result, review.superseded) for review in reviews] == [("fail", True), ("pass", False)]
    assert case.application.document_review.result == "pass"


def test_a_failed_evaluation_ends_in_a_reasoned_refusal(world):
    case = world.case("evaluating", tests={"absorption": "0.9"})
    case.review_documents()
    case.test()
    case.take("report_failure", "lead_verifier", reason="吸水率不合格")
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="不符合")
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert set(refused.value.detail["unmet"]) == {"tests-not-passed", "site-not-passed", "opinion-missing"}
    case.take("refuse", "decision_maker", signed=True, reason="吸水率 0.9%，超过 0.5%")
    assert case.state == "refused"
    assert case.application.decision.reasons == "吸水率 0.9%，超过 0.5%"


def test_what_review_sent_back_is_reviewed_anew(world):
    case = world.case("pending_decision")
    assert case.application.review.recommendation == "grant"
    other = world.case("in_review")
    other.take("return", "technical_reviewer", reason="补证据")
    other.finish()
    other.to_pending_decision()
    assert other.state == "pending_decision"


# The plan


def test_the_plan_refuses_somebody_who_is_not_of_the_body(world):
    case = world.case("contracted")
    stranger = factories.user(factories.organisation("certification_body"), "verifier")
    team = [*case.plan()["team"], (stranger.id, "verifier")]
    with pytest.raises(Invalid, match="person-not-of-the-body"):
        case.take("plan", "case_officer", **case.plan(team=team))


def test_the_plan_refuses_somebody_registered_with_two_bodies(world):
    case = world.case("contracted")
    world.registration(world.people["lead_verifier"], factories.organisation("certification_body"))
    reload(case)
    with pytest.raises(Unmet, match="registered-elsewhere"):
        case.to_evaluating()


def test_the_plan_asks_the_registers_as_of_today(db, world):
    case = world.case("contracted")
    with travel(date(2040, 1, 2)), pytest.raises(Unmet) as refused:
        case.to_evaluating()
    assert set(refused.value.detail["unmet"]) >= {"body-out-of-scope", "verifier-not-registered"}


def test_the_plan_refuses_a_tie_to_the_client(world):
    case = world.case("contracted")
    world.conflict(world.people["document_reviewer"])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        case.to_evaluating()


def test_the_plan_refuses_a_laboratory_outside_its_scope(world):
    case = world.case("contracted")
    another = factories.organisation("testing_body")
    with pytest.raises(Unmet, match="laboratory-out-of-scope"):
        case.take("plan", "case_officer", **case.plan(laboratory_id=another.id))


# Correction


def test_a_correction_is_due_when_the_scheme_says(db):
    with travel(date(2026, 11, 5)):
        world = World(clocks={"correction": {"days": 12, "unit": "calendar", "source": "演示数据"}})
        case = world.case("submitted")
        points = [{"anchor": "models", "text": "补型号"}]
        case.take("correct", "application_reviewer", points=points)
    assert case.application.correction_due == date(2026, 11, 17)  # a Tuesday


def test_a_correction_not_answered_in_time_ends_the_case_once(db, world):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "models", "text": "补"}])
    assert terminate_overdue() == 0
    with travel(today() + timedelta(days=45)):
        assert terminate_overdue() == 1
        assert terminate_overdue() == 0
    assert case.state == "terminated"


def test_a_registration_counts_on_the_days_it_is_valid_and_on_no_other(world):
    case = world.case("draft").application
    evaluators = {world.people[role].id for role in ("document_reviewer", "lead_verifier", "verifier")}
    assert case.competent_people(LONG["valid_to"]) == evaluators
    assert case.competent_people(LONG["valid_to"] + timedelta(days=1)) == set()


def test_a_step_that_only_adds_a_row_makes_an_open_page_stale_too(world, db):
    case = world.case("evaluating")
    db.session.commit()
    before = case.application.version
    case.raise_finding()
    db.session.commit()
    assert case.application.version > before
