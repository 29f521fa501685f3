"""A register may say that a right ended last week, and what rested on it since is listed at once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.operations import create_token
from certification.aftercare.queries.rested import ended_rights
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.clock import today
from core.db import db
from core.errors import NotPermitted
from registers import operations as registers
from registers.models import BodyScope, LaboratoryScope, Registration
from tests import factories
from tests.certification.aftercare.later import certificate_of, verified_wish

TITLE = "事后登记终止的资格"


@pytest.fixture
def keeper(db):
    return factories.user(factories.organisation("regulator"), "regulator")


@pytest.fixture
def certified(world):
    return world.case("certified")


def end(keeper, register, row, days_ago=1):
    actor = keeper.memberships[0].actor()
    registers.end_entry(actor, register, row, today() - timedelta(days=days_ago), "抽查发现已失效")


def told(actor):
    return [[(each.kind, each.case.id) for each in right.rested] for right in ended_rights(actor)]


def test_a_certificate_and_a_visit_after_the_scope_ended_are_listed(world, certified, keeper):
    end(keeper, "bodies", db.session.query(BodyScope).one())
    listed = {("certificate", certified.id), ("visit", certified.id)}
    for actor in (keeper.memberships[0].actor(), world.actor("case_officer")):
        [rested] = told(actor)
        assert set(rested) == listed


def test_a_test_after_the_method_left_the_scope_of_the_laboratory_is_listed(world, certified, keeper):
    item = certified.application.scheme.tests[0]
    scope = db.session.query(LaboratoryScope).filter_by(method=item["method"]).first()
    end(keeper, "laboratories", scope)
    [right] = ended_rights(world.actor("case_officer"))
    assert {(each.kind, each.what) for each in right.rested} == {("test", item["method"])}
    assert (right.last, clock.day_of(right.known)) == (scope.valid_to, today())


def test_a_visit_by_somebody_whose_registration_had_ended_is_listed(world, certified, keeper):
    lead = world.people["lead_verifier"].id
    row = db.session.query(Registration).filter_by(user_id=lead, family=world.scheme.family).one()
    end(keeper, "people", row)
    [rested] = told(world.actor("case_officer"))
    assert rested == [("visit", certified.id)]


@pytest.mark.parametrize("right", ["approval", "registration"])
def test_a_check_and_the_verification_of_a_restoration_after_it_ended_are_listed(
    world, certified, keeper, right
):
    certificate = certificate_of(certified)
    check = certificate.surveillance[0]
    with clock.travel(check.window_from + timedelta(days=30)):
        team = [(world.people["lead_verifier"].id, "lead_verifier")]
        facts = {"team": team, "on": today(), "person_days": Decimal(1)}
        lifecycle.take(check, "notify", world.actor("case_officer"), **facts)
        items = [{"slug": slug, "finding": "conform", "note": "看到的事实"} for slug in CHECKS]
        done = {"items": items, "conducted_on": today(), "person_days": Decimal(1)}
        lifecycle.take(check, "conduct", world.actor("lead_verifier"), **done)
        ground = {"cause": "misuse", "reason": "用于其他产品", "until": today() + timedelta(days=60)}
        lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **ground)
        verified_wish(world, certificate)
        lead = world.people["lead_verifier"].id
        register, row = {
            "approval": ("bodies", db.session.query(BodyScope).one()),
            "registration": (
                "people",
                db.session.query(Registration).filter_by(user_id=lead, family=world.scheme.family).one(),
            ),
        }[right]
        end(keeper, register, row)
        for actor in (keeper.memberships[0].actor(), world.actor("case_officer")):
            [rested] = told(actor)
            assert set(rested) == {("check", certified.id), ("restoration", certified.id)}


def test_what_was_done_while_it_stood_or_rests_on_another_entry_is_not(world, certified, keeper):
    scope = db.session.query(BodyScope).one()
    same = {"body_id": scope.body_id, "approval_number": "N-2", "scheme_code": scope.scheme_code}
    db.session.add(BodyScope(valid_from=today(), valid_to=scope.valid_to, **same))
    end(keeper, "bodies", scope)
    assert told(keeper.memberships[0].actor()) == [[]]


def test_an_end_that_was_recorded_in_time_is_not_listed(world, certified, keeper):
    end(keeper, "bodies", db.session.query(BodyScope).one(), days_ago=0)
    with clock.travel(today() + timedelta(days=30)):
        assert ended_rights(keeper.memberships[0].actor()) == []


def test_another_body_sees_neither_the_right_nor_the_case(world, certified, keeper):
    end(keeper, "bodies", db.session.query(BodyScope).one())
    stranger = factories.actor("certification_body", "head_of_body")
    assert ended_rights(stranger) == []


@pytest.mark.parametrize(("kind", "role"), [
    ("manufacturer", "applicant"), ("testing_body", "tester"), ("regulator", "list_editor"),
])  # fmt: skip
def test_it_is_for_bodies_and_the_regulator(db, kind, role):
    with pytest.raises(NotPermitted):
        ended_rights(factories.actor(kind, role))


def test_page_and_program_list_the_same(world, certified, keeper, browser, client):
    end(keeper, "bodies", db.session.query(BodyScope).one())
    db.session.commit()
    page = browser("case_officer").get("/certification/evidence/rights").text
    assert TITLE in page
    secret = create_token(world.actor("case_officer"), "脚本")[1]
    db.session.commit()
    headers = {"Authorization": f"Bearer {secret}"}
    listed = client.get("/api/v1/ended-rights", headers=headers).json
    assert listed["total"] == 1
    for made in listed["items"][0]["rested"]:
        assert made["what"] in page
        assert made["case"] in page
    assert {made["kind"] for made in listed["items"][0]["rested"]} == {"certificate", "visit"}
