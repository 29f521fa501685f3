"""A plan is changed while a case is evaluated: by the same gate, for a reason, and the earlier one stays."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.models import Notice
from accounts.operations import create_token
from certification.evaluation.operations.site import photograph
from certification.impartiality.operations import declare
from core.clock import today, travel
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.workbench.test_reviews import plan_fields, take
from tests.certification.world import reload
from tests.support.pictures import png

WHY = "检测机构退单，改派人员。"
REVIEWS = "/certification/reviews"


@pytest.fixture
def case(world):
    return world.case("evaluating")


@pytest.fixture
def second(world):
    laboratory = factories.organisation("testing_body", name="另一检测公司", address="苏州某路 8 号")
    for item in world.scheme.tests:
        world.scope(laboratory, item["method"], cma_number="241002110002")
    return laboratory


@pytest.fixture
def substitute(world):
    """Somebody else of the body who may lead."""
    user = factories.user(world.body, "lead_verifier")
    world.registration(user, world.body)
    return user


def team(world, lead) -> list:
    return [(world.people["document_reviewer"].id, "document_reviewer"), (lead.id, "lead_verifier")]


def replan(case, **more) -> None:
    case.take("replan", "case_officer", **case.plan(reason=WHY, **more))


def test_a_declined_order_and_a_recusal_leave_a_case_that_goes_on(world, case, second, substitute):
    case.take("order_sample", "case_officer", method="sealed", model="YT-6015", quantity=3)
    case.take("decline_order", "sample_receiver", case.application.samples[-1], reason="设备检修")
    recused = factories.user(world.body, "lead_verifier")
    world.registration(recused, world.body)
    db.session.expire_all()
    replan(case, team=team(world, recused))
    declare(case.application, recused.memberships[0].actor(), free=False, reason="亲属任职")
    with pytest.raises(Unmet, match="conflict-of-interest"):
        replan(case, team=team(world, recused))
    replan(case, team=team(world, substitute), laboratory_id=second.id)
    plan = case.application.plan
    assert plan.holders("lead_verifier") == {substitute.id}
    assert [row.laboratory_id for row in plan.laboratories] == [second.id]
    case.take("order_sample", "case_officer", method="sealed", model="YT-6015", quantity=3)
    assert case.application.samples[-1].laboratory_id == second.id
    with pytest.raises(Unmet, match="not-on-the-team"):
        case.raise_finding()


def test_the_earlier_plan_stays_on_the_case_as_it_was(world, case, second, browser):
    before = case.application.plan.planned_at
    replan(case, laboratory_id=second.id, site_to=today() + timedelta(days=5))
    [former] = case.application.former_plans
    assert (former.reason, former.replaced_by) == (WHY, world.actor("case_officer").label)
    assert former.laboratories == [{"name": "示例检测公司", "items": ["absorption", "density"]}]
    assert (former.site_to, former.planned_at) == (today() + timedelta(days=1), before)
    db.session.commit()
    page = browser("case_officer").get(f"{REVIEWS}/{case.id}?tab=parties").text
    assert WHY in page
    assert "以前的方案" in page
    former.reason = "别的理由"
    with pytest.raises(OutOfOrder, match="plan-is-frozen"):
        db.session.flush()


def test_who_joins_who_leaves_and_the_client_are_told(world, case, substitute):
    replan(case, team=team(world, substitute))
    told = db.session.scalars(select(Notice).where(Notice.kind.like("application.replan%"))).all()
    assert {(each.user_id, each.kind) for each in told} >= {
        (substitute.id, "application.replan.team"),
        (world.people["lead_verifier"].id, "application.replan.released"),
        (world.people["applicant"].id, "application.replan"),
    }


def test_whoever_the_plan_once_named_counts_as_having_evaluated(world, case, substitute):
    replan(case, team=team(world, substitute))
    assert world.people["lead_verifier"].id in case.application.hands["evaluation"]


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"reason": " "}, "reason-missing"),
        ({"site_from": None}, "plan-incomplete"),
        ({"laboratory_id": None}, "plan-incomplete"),
        ({"parts": ["tests", "site"]}, "part-omitted"),
        ({"person_days": Decimal("1.5")}, "person-days-too-few"),
        ({"person_days": Decimal(3)}, "person-days-impossible"),
    ],
)
def test_a_change_passes_the_gate_of_a_first_plan(case, change, slug):
    facts = case.plan(reason=WHY) | change
    with pytest.raises(Unmet, match=slug):
        case.take("replan", "case_officer", **facts)
    assert case.application.former_plans == []


def test_nobody_is_planned_for_a_day_on_which_the_register_does_not_know_them(world, case):
    user = factories.user(world.body, "lead_verifier")
    world.registration(user, world.body, valid_to=today())
    with pytest.raises(Unmet, match="verifier-not-registered"):
        replan(case, team=team(world, user))
    replan(case, team=[*team(world, user), (world.people["verifier"].id, "verifier")], site_to=today())


def test_who_visits_elsewhere_on_these_days_goes_there_only_for_a_reason(world, case):
    other = world.case("contracted")
    with pytest.raises(Invalid) as refused:
        other.take("plan", "case_officer", **other.plan(overlap_reason=" "))
    assert refused.value.fields == {"overlap_reason": "booked-elsewhere"}
    assert refused.value.detail["cases"] == [case.application.number]
    later = {"site_from": today() + timedelta(days=2), "site_to": today() + timedelta(days=3)}
    other.take("plan", "case_officer", **other.plan(overlap_reason="", **later))


def test_a_visit_under_way_is_recorded_after_the_plan_was_changed(world, case):
    case.review_documents()
    with travel(today() + timedelta(days=1)):
        replan(case, site_from=today() - timedelta(days=1), site_to=today())
        case.visit(on=today() - timedelta(days=1))
    assert case.application.site.started_on == today()


def test_a_place_that_was_photographed_stays_in_the_plan(world, case):
    picture = {"site": 0, "check": "energy_monitoring", "pictures": [(BytesIO(png()), "电表.png")]}
    photograph(case.application, world.actor("lead_verifier"), **picture)
    elsewhere = {"name": "二车间", "address": "另一路 2 号", "person_days": Decimal(2)}
    sites = [elsewhere | {"people": [world.people["lead_verifier"].id]}]
    with pytest.raises(Invalid, match="site-photographed"):
        replan(case, sites=sites)


def test_one_more_place_is_visited_before_the_record_stands_again(world, case):
    case.review_documents()
    case.visit()
    lead = [world.people["lead_verifier"].id]
    factory = case.application.factory
    named = [(factory["name"], factory["address"]), ("二车间", "另一路 2 号")]
    sites = [{"name": name, "address": at, "person_days": Decimal(2), "people": lead} for name, at in named]
    replan(case, sites=sites, person_days=Decimal(4), site_to=today() + timedelta(days=3))
    assert [site.name for site in case.application.plan.sites] == [factory["name"], "二车间"]
    assert case.application.site is None


def test_only_the_officer_changes_a_plan_and_only_while_the_case_is_evaluated(world, case):
    with pytest.raises(NotPermitted):
        case.take("replan", "lead_verifier", **case.plan(reason=WHY))
    with pytest.raises(OutOfOrder):
        replan(world.case("in_review"))


def test_the_page_changes_a_plan_from_what_stands_in_it(world, case, second, browser):
    officer = browser("case_officer")
    page = officer.get(f"{REVIEWS}/{case.id}?step=replan").text
    assert "变更理由" in page
    assert f'value="{today().isoformat()}"' in page
    fields = plan_fields(world, laboratory_id=second.id)
    assert take(officer, case, "replan", **fields).status_code == 422
    answer = take(officer, case, "replan", **fields, reason=WHY)
    assert answer.status_code == 302, answer.text
    assert reload(case).plan.laboratory_id == second.id


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"site_to": (date(2020, 1, 1)).isoformat()}, "/site_to"),
        ({"person_days": "9"}, "/person_days"),
        ({"reason": ""}, "/reason"),
    ],
)
def test_the_api_changes_a_plan_and_names_the_member_that_is_wrong(
    world, case, second, client, change, member
):
    secret = create_token(world.actor("case_officer"), "test")[1]
    db.session.commit()
    people = [{"user_id": person, "function": function} for person, function in case.plan()["team"]]
    body = {
        "team": people,
        "laboratory_id": second.id,
        "person_days": "2",
        "site_from": today().isoformat(),
        "site_to": (today() + timedelta(days=1)).isoformat(),
        "reason": WHY,
    }
    address, head = f"/api/v1/applications/{case.id}/replan", {"Authorization": f"Bearer {secret}"}
    refused = client.post(address, json=body | change, headers=head)
    assert refused.status_code == 422
    assert member in refused.json["fields"], refused.json
    assert client.post(address, json=body, headers=head).status_code == 200
