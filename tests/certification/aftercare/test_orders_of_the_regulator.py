"""The regulator orders a check or a status act; the body does it, or answers with its reasons in time."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts import operations as accounts
from accounts.models import Notice
from certification.aftercare.operations import surveillance as checks
from certification.aftercare.operations.ordered import order
from certification.aftercare.queries import ordered
from certification.clocks import queries as clocks
from certification.workflow.surveillance import CHECKS, followed
from core import audit, lifecycle
from core.calendar import book
from core.clock import today, travel
from core.db import db as tables
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from tests import factories
from tests.certification.aftercare.later import certificate_of

pytestmark = pytest.mark.engines("constraints")

WHY = "抽查发现碳足迹数据与台账不符。"


@pytest.fixture
def issued(world):
    found = certificate_of(world.case("certified"))
    world.people["regulator"] = factories.user(factories.organisation("regulator"), "regulator")
    tables.session.commit()
    return found


@pytest.fixture
def give(world, issued):
    def order_of(kind="suspend", **more):
        return order(issued, world.actor("regulator"), **{"kind": kind, "reason": WHY} | more)

    return order_of


def told(person) -> list[str]:
    rows = tables.session.query(Notice).filter_by(user_id=person.id).order_by(Notice.id)
    return [row.kind for row in rows]


def test_a_suspension_is_put_before_the_body_with_its_ten_working_days(world, issued, give):
    proposal = give()
    assert (proposal.kind, proposal.source, proposal.cause) == ("suspend", "regulator", "regulator_order")
    assert (proposal.state, issued.state) == ("open", "valid")
    [clock] = [each for each in clocks.of_case(issued.application) if each.name == "status_order"]
    assert proposal.due_on == clock.due == book.current().term(today(), 10, "working")


def test_the_order_names_its_own_day(give):
    day = today() + timedelta(days=3)
    assert give(due=day).due_on == day
    assert give("check", due=day).due == day


def test_the_body_carries_the_suspension_out_by_its_own_act(world, issued, give):
    proposal = give()
    facts = {"cause": "regulator_order", "reason": WHY, "until": today() + timedelta(days=30)}
    lifecycle.take(issued, "suspend", world.actor("decision_maker"), **facts)
    assert (proposal.state, issued.state) == ("carried_out", "suspended")


def test_the_body_answers_with_its_reasons_and_the_regulator_reads_them(world, issued, give):
    proposal = give()
    with pytest.raises(Unmet, match="reason-missing"):
        lifecycle.take(proposal, "decline", world.actor("decision_maker"), reason=" ")
    lifecycle.take(proposal, "decline", world.actor("decision_maker"), reason="台账已核对，数据一致。")
    assert (proposal.state, proposal.answer, issued.state) == ("declined", "台账已核对，数据一致。", "valid")
    assert proposal.due_on is not None
    assert not proposal.is_late


def test_what_is_not_done_in_time_shows_as_late(give):
    proposal = give()
    with travel(proposal.due_on):
        assert not proposal.is_late
    with travel(proposal.due_on + timedelta(days=1)):
        assert proposal.is_late


def test_an_ordered_check_stands_beside_the_plan_and_moves_none_of_it(world, issued, give):
    planned = [(row.window_from, row.due) for row in issued.surveillance]
    check = give("check")
    assert (check.state, check.window_from, check.due) == ("planned", today(), today() + timedelta(days=30))
    lead = [(world.people["lead_verifier"].id, "lead_verifier")]
    facts = {"team": lead, "on": today(), "person_days": Decimal(1)}
    lifecycle.take(check, "notify", world.actor("case_officer"), **facts)
    items = [{"slug": slug, "finding": "conform", "note": ""} for slug in CHECKS]
    record = {"items": items, "conducted_on": today(), "person_days": Decimal(1)}
    lifecycle.take(check, "conduct", world.actor("lead_verifier"), **record)
    lifecycle.take(check, "pass", world.actor("decision_maker"), reason="合格")
    rows = [row for row in issued.surveillance if row is not check]
    assert [(row.window_from, row.due) for row in rows] == planned
    said = followed(issued.surveillance, today(), in_force=True)
    assert (said.made, said.result, said.due) == (today(), "passed", planned[0][1])


def test_an_ordered_check_is_answered_with_reasons_and_one_of_the_plan_is_made(world, issued, give):
    decider, why = world.actor("decision_maker"), {"reason": "上月刚检查过。"}
    with pytest.raises(Unmet, match="check-not-ordered"):
        lifecycle.take(issued.surveillance[0], "decline_order", decider, **why)
    check = give("check")
    lifecycle.take(check, "decline_order", decider, **why)
    assert (check.state, check.conclusion) == ("declined", "上月刚检查过。")
    said = followed(issued.surveillance, today(), in_force=True)
    assert (said.made, said.due) == (None, issued.surveillance[0].due)


def test_an_ordered_check_that_nobody_makes_is_told_and_proposes_the_suspension(give, issued):
    check = give("check")
    with travel(check.due + timedelta(days=1)):
        assert checks.raise_alarms() == 1
        assert [each.source for each in issued.proposals] == ["check_missed"]


def test_both_sides_and_the_regulator_are_told(world, issued, give):
    give()
    give("check")
    assert "status_proposal.propose.ordered" in told(world.people["decision_maker"])
    assert "surveillance.order" in told(world.people["case_officer"])
    assert "surveillance.order.holder" in told(world.people["applicant"])
    lifecycle.take(issued.proposals[-1], "decline", world.actor("decision_maker"), reason="数据一致。")
    assert "status_proposal.decline.ordered" in told(world.people["regulator"])
    assert audit.verify() > 0


@pytest.mark.parametrize(
    ("given", "member", "slug"),
    [
        ({"kind": "cancel"}, "kind", "order-unknown"),
        ({"reason": " "}, "reason", "reason-missing"),
        ({"due": -1}, "due", "date-in-the-past"),
    ],
)
@pytest.mark.parametrize("kind", ["check", "suspend"])
def test_a_bad_order_is_refused_at_its_member(give, issued, kind, given, member, slug):
    given = given | ({"due": today() + timedelta(days=given["due"])} if "due" in given else {})
    with pytest.raises(Invalid) as refused:
        give(**{"kind": kind} | given)
    assert refused.value.fields == {member: slug}
    assert ordered.orders(issued) == []


@pytest.mark.parametrize("kind", ["check", "suspend"])
def test_the_same_is_ordered_once_at_a_time(give, kind):
    give(kind)
    with pytest.raises(Invalid, match="already-ordered"):
        give(kind)


def test_what_has_ended_is_neither_checked_nor_suspended(world, issued, give):
    facts = {"cause": "holder_request", "reason": "停产"}
    lifecycle.take(issued, "cancel", world.actor("decision_maker"), **facts)
    for kind, slug in (("check", "certificate-not-open"), ("suspend", "request-not-possible")):
        with pytest.raises(Invalid, match=slug):
            give(kind)


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "head_of_body"])
def test_nobody_else_orders(world, issued, role):
    with pytest.raises(NotPermitted, match="role-not-held"):
        order(issued, world.actor(role), kind="check", reason=WHY)


def test_orders_are_read_by_the_regulator_and_the_parties_alone(world, issued, give):
    give()
    for role in ("regulator", "applicant", "decision_maker"):
        assert ordered.certificate_of(world.actor(role), issued.number) is issued
    stranger = factories.user(factories.organisation("certification_body"), "decision_maker")
    with pytest.raises(NotFound):
        ordered.certificate_of(stranger.memberships[0].actor(), issued.number)


def test_the_page_and_the_api_give_the_same_order(world, issued, browser, client):
    page, regulator = f"/oversight/certificates/{issued.number}/orders", browser("regulator")
    assert "还没有对这张证书提出要求" in regulator.get(page).text
    refused = regulator.post(page, data={"kind": "suspend", "reason": ""})
    assert refused.status_code == 422
    assert "理由" in refused.text
    assert regulator.post(page, data={"kind": "suspend", "reason": WHY}).status_code == 303
    shown = regulator.get(page).text
    assert WHY in shown
    assert "待决定" in shown
    assert browser("decision_maker").get(page).status_code == 403
    assert (
        "监管部门要求"
        in browser("decision_maker").get(f"/certification/certificates/{issued.number}/life").text
    )
    token = accounts.create_token(world.actor("regulator"), "program")[1]
    tables.session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/certificates/{issued.number}/orders"
    again = client.post(path, headers=headers, json={"kind": "suspend", "reason": WHY})
    assert (again.status_code, list(again.json["fields"])) == (422, ["/kind"])
    made = client.post(path, headers=headers, json={"kind": "check", "reason": WHY})
    assert (made.status_code, made.json["kind"], made.json["late"]) == (201, "check", False)
    items = client.get(path, headers=headers).json["items"]
    assert {(each["kind"], each["reason"]) for each in items} == {("suspend", WHY), ("check", WHY)}
    assert browser("decision_maker").get(f"/certification/surveillance/{made.json['id']}").status_code == 200
