"""What else may become of a decision: it is given back, departs from the review, is vetoed."""

import re
from datetime import timedelta

import pytest

from accounts.models import Notice
from certification.acts import queries as acts
from certification.evaluation.models import Decision, Review
from core import lifecycle
from core.clock import today, travel
from core.db import db as tables
from core.errors import NotPermitted, Unmet
from tests.certification.acts.test_appeals import act_of, filed, heard, officer  # noqa: F401  # a fixture
from tests.certification.clocks.ticking import find
from tests.certification.workbench.test_reviews import REVIEWS, take
from tests.certification.world import reload

REASON = "没有说明为什么该条符合。"


def rows(kind, case) -> list:
    return list(tables.session.query(kind).filter_by(application_id=case.id).order_by(kind.id))


def told(world, role: str) -> list[str]:
    query = tables.session.query(Notice).filter_by(user_id=world.people[role].id).order_by(Notice.id)
    return [notice.kind for notice in query]


def advised_against(world):
    """Nothing failed, and the reviewer advises against it."""
    case = world.case("in_review")
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="尚有疑问。")
    return case


# By the decider


def test_the_decider_gives_a_case_back_to_the_reviewer_who_reviews_it_anew(world):
    case = world.case("pending_decision")
    case.take("return_to_review", "decision_maker", reason=REASON)
    assert (case.state, case.application.review) == ("in_review", None)
    assert [review.superseded for review in rows(Review, case)] == [True]
    assert told(world, "technical_reviewer")[-1] == "application.return_to_review"
    case.to("granted")
    assert [review.superseded for review in rows(Review, case)] == [True, False]


def test_the_decider_gives_a_case_back_to_the_team_and_all_that_follows_is_done_anew(world):
    case = world.case("pending_decision")
    case.take("return_to_evaluation", "decision_maker", reason=REASON)
    assert (case.state, case.application.review) == ("evaluating", None)
    assert told(world, "lead_verifier")[-1] == "application.return_to_evaluation"
    case.raise_finding()
    with pytest.raises(Unmet, match="nonconformity-open"):
        case.take("finish", "lead_verifier")


@pytest.mark.parametrize("step", ["return_to_review", "return_to_evaluation"])
def test_what_is_given_back_stops_no_clock_and_starts_none(world, step):
    case = world.case("pending_decision")
    clocks = ("acceptance_to_certificate", "site_to_certificate")
    before = {name: find(case, name).due for name in clocks}
    with travel(today() + timedelta(days=5)):
        case.take(step, "decision_maker", reason=REASON)
    assert {name: find(case, name).due for name in clocks} == before
    assert {find(case, name).result for name in clocks} == {"running"}


# ask 33
def test_the_decider_departs_from_the_recommendation_with_reasons(world):
    case = advised_against(world)
    with pytest.raises(Unmet) as refused:
        case.take("grant", "decision_maker", signed=True, reason=" ")
    assert refused.value.detail["unmet"] == ["departure-without-reason"]
    case.take("grant", "decision_maker", signed=True, reason="原始记录已经说明。")
    assert case.application.decision.reasons == "原始记录已经说明。"
    assert case.application.review.recommendation == "refuse"


def test_a_departure_leads_past_no_guard(world):
    case = world.case("in_review", value="10.81")
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="超过限值。")
    with pytest.raises(Unmet) as refused:
        case.take("grant", "decision_maker", signed=True, reason="相差无几。")
    assert refused.value.detail["unmet"] == ["footprint-over-limit"]


def test_who_gave_a_case_back_decides_and_does_none_of_the_other_duties(world):
    case = world.case("pending_decision")
    case.take("return_to_review", "decision_maker", reason=REASON)
    world.grant("decision_maker", "technical_reviewer")
    with pytest.raises(Unmet, match="took-part-in-decision"):
        case.take("recommend", "decision_maker", recommendation="grant", text="同意")
    case.to_pending_decision()
    case.to_granted()
    assert case.state == "granted"


# By the head


def test_the_head_gives_a_decision_back_and_it_is_made_anew(world):
    case = world.case("granted")
    case.take("return_decision", "head_of_body", reason=REASON)
    assert (case.state, case.application.decision) == ("pending_decision", None)
    assert case.application.review.recommendation == "grant"
    assert told(world, "decision_maker")[-1] == "application.return_decision"
    assert find(case, "approval_to_certificate").result == "void"
    case.to("certified")
    assert [decision.superseded for decision in rows(Decision, case)] == [True, False]
    assert [find(case, "approval_to_certificate", nth).result for nth in (0, 1)] == ["void", "met"]


def test_a_veto_refuses_with_reasons_in_writing_and_ends_every_clock(world):
    case = world.case("granted")
    case.take("veto", "head_of_body", signed=True, reason="现场证据不足。")
    assert case.state == "refused"
    first, second = rows(Decision, case)
    assert (first.kind, first.superseded, second.kind) == ("grant", True, "refuse")
    assert (second.decided_by_id, second.reasons) == (world.people["head_of_body"].id, "现场证据不足。")
    said = acts.said(act_of(tables, case, "refusal"))
    assert [reason["text"] for reason in said["reasons"]] == ["现场证据不足。"]
    assert said["appeal"]["to"] == world.body.name
    names = ("acceptance_to_certificate", "site_to_certificate", "approval_to_certificate")
    assert {name: find(case, name).result for name in names} == dict(
        zip(names, ("met", "met", "void"), strict=True)
    )
    assert told(world, "applicant")[-1] == "application.veto"
    assert told(world, "decision_maker")[-1] == "application.veto.decider"


def test_a_veto_without_reasons_or_signature_is_none(world):
    case = world.case("granted")
    for facts, slug in (({"signed": True}, "reason-missing"), ({"reason": REASON}, "signature-missing")):
        with pytest.raises(Unmet) as refused:
            case.take("veto", "head_of_body", **facts)
        assert refused.value.detail["unmet"] == [slug]
    assert case.state == "granted"


def test_a_vetoed_case_is_reviewed_anew_when_an_appeal_annuls_the_veto(world, officer):  # noqa: F811
    case = world.case("granted")
    case.take("veto", "head_of_body", signed=True, reason="现场证据不足。")
    heard(filed(tables, world, case), officer, "annulled")
    assert (case.state, case.application.review, case.application.decision) == ("in_review", None, None)


def test_who_decided_may_neither_give_back_nor_veto_the_own_decision(world):
    case = world.case("granted")
    world.grant("decision_maker", "head_of_body")
    for step in ("return_decision", "veto"):
        with pytest.raises(Unmet, match="took-part-in-decision"):
            case.take(step, "decision_maker", reason=REASON, signed=True)
    with pytest.raises(NotPermitted):
        case.take("veto", "case_officer", reason=REASON, signed=True)


# Whom it is told


def test_the_applicant_learns_of_a_decision_when_the_head_has_signed(world, browser, ask):
    case = world.case("granted")
    page = f"/certification/applications/{case.id}"
    assert "认证决定人" not in browser("applicant").get(page).text
    assert 'id="outcome"' not in browser("applicant").get(page).text
    case.take("return_decision", "head_of_body", reason="只给机构看的话")
    tables.session.commit()
    assert "只给机构看的话" not in browser("applicant").get(page).text
    assert ask("GET", f"/applications/{case.id}").json["state"] == "pending_decision"


# The page


WAYS = {
    ("pending_decision", "decision_maker"): ["grant", "refuse", "return_to_review", "return_to_evaluation"],
    ("granted", "head_of_body"): ["countersign", "veto", "return_decision"],
}


@pytest.mark.parametrize(("state", "role"), WAYS)
def test_the_page_of_a_decision_offers_every_way(world, browser, state, role):
    case = world.case(state)
    page = browser(role).get(f"{REVIEWS}/{case.id}/decide").text
    assert re.findall(rf'formaction="{REVIEWS}/{case.id}/(\w+)"', page) == WAYS[state, role]


@pytest.mark.parametrize(
    ("state", "role", "step"),
    [
        ("pending_decision", "decision_maker", "return_to_review"),
        ("pending_decision", "decision_maker", "return_to_evaluation"),
        ("granted", "head_of_body", "return_decision"),
        ("granted", "head_of_body", "veto"),
    ],
)
def test_every_other_way_is_gone_by_page_with_a_reason_and_not_without(world, browser, state, role, step):
    case = world.case(state)
    answer = take(browser(role), case, step, reason=" ", signed="y")
    assert answer.status_code == 422
    assert re.search(r'id="reason-e".*?写明理由', answer.text, re.S)
    assert reload(case).state == state
    assert take(browser(role), case, step, reason=REASON, signed="y").status_code == 302
    assert lifecycle.history("application", case.id)[-1].reason == REASON


def test_a_departure_without_reason_says_so_at_its_field(world, browser):
    case = advised_against(world)
    answer = take(browser("decision_maker"), case, "grant", signed="y")
    assert re.search(r'id="reason-e".*?与复核建议不同', answer.text, re.S)


def test_the_team_reads_why_the_decider_gave_the_case_back(world, browser):
    case = world.case("pending_decision")
    case.take("return_to_evaluation", "decision_maker", reason="缺一处现场的照片")
    page = browser("lead_verifier").get(f"{REVIEWS}/{case.id}").text
    assert "缺一处现场的照片" in page
