"""Who is told after which step, and what: never of the own deed, never what is not theirs to know."""

import json

import pytest

from accounts.models import Notice
from accounts.notices import say
from accounts.queries import unread
from certification.certificate.models import Certificate
from certification.steps import LAW, NOTICES
from certification.workflow import MACHINES
from core import lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import Unmet
from core.words import known
from tests import factories
from tests.certification.world import World

SECRET = "只给评审人员看的话"
# What is told of without being a step of a law.
ANNOUNCED = {
    ("application", "hand_over"),
    ("appeal", "file"),
    ("certificate", "remind"),
    ("certificate", "convert"),
    ("label", "request"),
    ("surveillance", "miss"),
    ("surveillance", "order"),
    ("status_proposal", "propose"),
    ("application", "message_of_body"),
    ("application", "message_of_applicant"),
    ("application", "message_of_laboratory"),
    ("application", "opening_asked"),
    ("application", "opening_granted"),
    ("application", "opening_refused"),
    ("sample", "message"),
    *(
        (kind, f"late_entry_{what}")
        for kind in ("application", "sample")
        for what in ("filed", "confirmed", "refused")
    ),
    ("body_complaint", "file"),
}
INTERNAL = (
    "review_documents", "return", "recommend", "report_failure",
    "return_to_review", "return_to_evaluation", "return_decision",
)  # fmt: skip


def told(role: str, world: World) -> list[Notice]:
    query = tables.select(Notice).where(Notice.user_id == world.people[role].id).order_by(Notice.id)
    return list(tables.session.scalars(query))


def kinds(role: str, world: World) -> list[str]:
    return [notice.kind for notice in told(role, world)]


def said(notice: Notice, app) -> tuple:
    with app.test_request_context():
        words = say(notice)
    return words.title, words.lines


# The table


@pytest.mark.parametrize(("kind", "step"), NOTICES, ids=lambda part: part)
def test_every_row_is_of_a_step_of_the_law_and_has_its_sentence(app, kind, step):
    with app.app_context():
        machine = next(machine for machine in {*LAW.values(), *MACHINES} if machine.kind == kind)
        assert step in machine.steps or (kind, step) in ANNOUNCED
        for row in NOTICES[kind, step]:
            assert known(".".join(filter(None, ("notice", kind, step, row.variant))))


def test_whoever_writes_for_the_reviewers_is_in_no_row_of_an_applicant():
    sides = [row.to.side for name in INTERNAL for row in NOTICES["application", name]]
    assert set(sides) == {"body"}


# A case on its road


def test_each_step_of_the_road_tells_whoever_is_next(world):
    world.case("certified")
    assert kinds("application_reviewer", world) == ["application.submit"]
    assert kinds("case_officer", world) == ["application.accept.officer", "application.sign"]
    assert "application.plan.team" in kinds("document_reviewer", world)
    assert kinds("sample_receiver", world) == ["application.order_sample.laboratory", "sample.dispatch"]
    assert kinds("tester", world) == ["sample.receive"]
    assert kinds("authorised_signatory", world) == ["sample.record"]
    assert kinds("technical_reviewer", world) == ["application.finish.reviewer"]
    assert kinds("decision_maker", world) == ["application.recommend"]
    assert kinds("head_of_body", world) == ["application.grant"]
    assert kinds("applicant", world)[-1] == "application.issue"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_notice_of_the_road_can_be_said_in_both_languages(world, app, language):
    world.case("certified")
    with app.test_request_context(f"/?lang={language}"):
        for notice in tables.session.scalars(tables.select(Notice)):
            words = say(notice)
            assert "{" not in words.title
            assert notice.link.startswith("/certification/")


def test_nobody_is_told_of_the_own_deed(world):
    world.grant("application_reviewer", "case_officer")
    case = world.case("submitted")
    case.to("accepted")
    assert kinds("application_reviewer", world) == ["application.submit"]
    assert kinds("case_officer", world) == ["application.accept.officer"]


def test_who_holds_two_roles_is_told_once(world):
    world.grant("case_officer", "application_reviewer")
    case = world.case("submitted")
    case.take("recall", "applicant")
    assert kinds("case_officer", world).count("application.recall") == 1


def test_what_was_not_handed_in_is_told_to_nobody(world):
    world.case().take("recall", "applicant")
    assert tables.session.query(Notice).count() == 0


# ask 14, ask 20
def test_a_request_for_correction_carries_every_point_and_the_day(world, app):
    case = world.case("submitted")
    points = [
        {"anchor": "trademark", "text": "商标与注册证不一致"},
        {"anchor": "file:business_licence", "text": "执照已过期"},
        {"anchor": "inventory.row:1", "text": "单位应为 m³"},
    ]
    case.take("correct", "application_reviewer", points=points)
    [notice] = told("applicant", world)
    title, lines = said(notice, app)
    due = case.application.correction_due
    assert f"{case.application.number} 抛釉砖 YT-6015：请补正 3 处" in title
    assert f"{due.month} 月 {due.day} 日" in title
    assert lines == [
        ("商标", "商标与注册证不一致"),
        ("营业执照副本", "执照已过期"),
        ("活动数据 · 2", "单位应为 m³"),
    ]
    assert notice.urgent
    assert notice.link == f"/certification/applications/{case.id}"


# ask 22
@pytest.mark.parametrize(("state", "step", "role"), [
    ("submitted", "decline", "application_reviewer"),
    ("pending_decision", "refuse", "decision_maker"),
    ("granted", "veto", "head_of_body"),
])  # fmt: skip
def test_a_no_carries_its_reasons_and_is_urgent(world, app, state, step, role):
    case = world.case(state)
    more = {} if step == "decline" else {"signed": True}
    case.take(step, role, reason="能耗限额超标。", **more)
    notice = told("applicant", world)[-1]
    assert notice.kind == f"application.{step}"
    assert notice.urgent
    assert said(notice, app)[1] == [("理由", "能耗限额超标。")]


def test_what_reviewers_write_for_each_other_never_reaches_the_applicant(world):
    case = world.case("evaluating")
    case.take("review_documents", "document_reviewer", result="pass", findings=SECRET)
    case.test()
    case.visit()
    case.finish()
    case.take("return", "technical_reviewer", reason=SECRET)
    case.finish()
    case.take("recommend", "technical_reviewer", recommendation="grant", text=SECRET)
    notices = tables.session.scalars(tables.select(Notice))
    outside = {world.people[role].id for role in ("applicant", "tester", "sample_receiver")}
    kept = {n.user_id for n in notices if SECRET in json.dumps(n.facts, ensure_ascii=False)}
    assert kept
    assert not kept & outside


def test_a_laboratory_learns_of_its_sample_and_not_of_the_case(world, app):
    case = world.case("evaluating")
    sample = case.order()
    [notice] = told("sample_receiver", world)
    assert notice.reference == sample.number
    assert case.application.number not in json.dumps(notice.facts)
    assert case.application.number not in said(notice, app)[0]
    assert notice.link == f"/certification/laboratory/samples/{sample.id}"


def test_a_sample_the_applicant_sends_is_asked_for(world):
    case = world.case("evaluating")
    case.take("order_sample", "lead_verifier", method="submitted", model="YT-6015", quantity=3)
    assert kinds("applicant", world)[-1] == "application.order_sample"


def test_a_plan_tells_its_dates_to_the_team_and_the_applicant(world, app):
    world.case("evaluating")
    day = f"{today().month} 月 {today().day} 日"
    assert day in said(told("lead_verifier", world)[0], app)[0]
    assert world.people["lead_verifier"].name in said(told("applicant", world)[-1], app)[0]


def test_a_nonconformity_goes_to_and_fro_between_applicant_and_who_raised_it(world, app):
    case = world.case("evaluating")
    finding = case.raise_finding()
    notice = told("applicant", world)[-1]
    assert said(notice, app)[1][0][1] == "缺里程记录。"
    case.answer_finding(finding)
    assert told("lead_verifier", world)[-1].kind == "nonconformity.answer"
    tables.session.refresh(notice)
    assert notice.settled_at is not None
    case.take("reject", "lead_verifier", finding, reason="证据不足")
    assert said(told("applicant", world)[-1], app)[1] == [("理由", "证据不足")]
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="已核实")
    assert kinds("applicant", world)[-1] == "nonconformity.close"


@pytest.mark.parametrize(("step", "cause"), [
    ("suspend", "misuse"), ("withdraw", "fraud"), ("cancel", "holder_request"),
])  # fmt: skip
def test_a_holder_is_told_at_once_what_became_of_the_certificate(world, app, step, cause):
    world.case("certified")
    certificate = tables.session.query(Certificate).one()
    actor = world.actor("decision_maker")
    more = {"until": today()} if step == "suspend" else {}
    lifecycle.take(certificate, step, actor, cause=cause, reason="见监督报告", **more)
    notice = told("applicant", world)[-1]
    assert (notice.kind, notice.urgent) == (f"certificate.{step}", True)
    assert certificate.number in said(notice, app)[0]
    assert said(notice, app)[1] == [("理由", "见监督报告")]


# Who is not told


def test_people_of_another_body_are_told_nothing(world):
    other = factories.organisation("certification_body")
    stranger = factories.user(other, "application_reviewer", "case_officer", "decision_maker")
    world.case("certified")
    assert unread(stranger.memberships[0].actor()) == 0


@pytest.mark.parametrize("left", ["seat", "account", "role"])
def test_who_left_is_told_nothing(world, left):
    person = world.people["application_reviewer"]
    colleague = factories.user(world.body, "application_reviewer")
    match left:
        case "seat":
            colleague.memberships[0].active = False
        case "account":
            colleague.active = False
        case "role":
            colleague.memberships[0].grants.clear()
    world.case("submitted")
    told_ids = {notice.user_id for notice in tables.session.query(Notice)}
    assert told_ids == {person.id}


def test_a_member_of_the_team_who_left_the_body_is_told_nothing(world):
    case = world.case("in_review")
    before = len(told("document_reviewer", world))
    world.people["document_reviewer"].memberships[0].active = False
    case.take("return", "technical_reviewer", reason="补充")
    assert len(told("document_reviewer", world)) == before


# What was asked is settled


def test_what_was_asked_is_settled_by_the_step_that_does_it(world):
    case = world.case("submitted")
    [notice] = told("application_reviewer", world)
    assert notice.settled_at is None
    case.to("accepted")
    tables.session.refresh(notice)
    assert notice.settled_at is not None


def test_a_step_that_leaves_the_case_where_it_is_settles_only_what_its_actor_was_asked(world):
    case = world.case("evaluating")
    case.review_documents()
    asked = {role: told(role, world)[0] for role in ("document_reviewer", "lead_verifier")}
    for notice in asked.values():
        tables.session.refresh(notice)
    assert asked["document_reviewer"].settled_at is not None
    assert asked["lead_verifier"].settled_at is None


def test_a_step_that_is_refused_tells_nobody(world):
    case = world.case("submitted")
    before = tables.session.query(Notice).count()
    with pytest.raises(Unmet):
        case.take("correct", "application_reviewer", points=[])
    assert tables.session.query(Notice).count() == before
