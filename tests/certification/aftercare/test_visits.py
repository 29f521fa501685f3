"""One visit to a factory serves the follow-up checks of several certificates, each by its own law."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts import operations as accounts
from certification.aftercare.models import FactoryVisit, Surveillance
from certification.aftercare.queries import life
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import Invalid, Unmet
from tests import factories
from tests.certification.aftercare.later import certificate_of

pytestmark = pytest.mark.engines("walks")

CONFORM = [{"slug": slug, "finding": "conform", "note": ""} for slug in CHECKS]


@pytest.fixture
def checks(world):
    """The first checks of three certificates of one factory, and of one made elsewhere."""
    issued = [certificate_of(world.case("certified")) for _ in range(4)]
    elsewhere = issued[3].application
    elsewhere.factory = elsewhere.factory | {"address": "别处 9 号"}
    tables.session.commit()
    return [certificate.surveillance[0] for certificate in issued]


@pytest.fixture
def in_window(checks):
    with clock.travel(checks[0].window_from + timedelta(days=30)):
        yield checks


def notify(world, check, also=(), **more):
    team = [(world.people["lead_verifier"].id, "lead_verifier")]
    facts = {"team": team, "on": today(), "person_days": Decimal(2)} | more
    lifecycle.take(check, "notify", world.actor("case_officer"), also=[each.id for each in also], **facts)


def conduct(world, check, also=(), items=CONFORM):
    facts = {"items": items, "conducted_on": today(), "person_days": Decimal(2)}
    lifecycle.take(check, "conduct", world.actor("lead_verifier"), also=[each.id for each in also], **facts)


def test_one_notice_and_one_record_serve_every_certificate_of_the_factory(world, in_window):
    first, *others = in_window[:3]
    notify(world, first, others)
    visit = first.visit
    assert [check.id for check in visit.checks] == [check.id for check in in_window[:3]]
    assert (visit.factory, visit.on, visit.person_days) == (first.application.factory["name"], today(), 2)
    assert {(check.state, check.on, check.person_days) for check in visit.checks} == {
        ("notified", today(), 2)
    }
    assert all([member.user_id for member in check.team] == [world.people["lead_verifier"].id]
               for check in visit.checks)  # fmt: skip
    conduct(world, first, others)
    assert {(check.state, check.conducted_on) for check in visit.checks} == {("conducted", today())}
    for check in visit.checks:
        taken = [step.step for step in lifecycle.history("surveillance", check.id)]
        assert taken == ["notify", "conduct"]


def test_a_check_for_itself_has_no_visit_to_share(world, in_window):
    notify(world, in_window[0])
    assert in_window[0].visit is None
    assert tables.session.query(FactoryVisit).count() == 0


def test_what_is_found_at_one_product_is_recorded_for_it_alone(world, in_window):
    first, second, third = in_window[:3]
    notify(world, first, [second, third])
    conduct(world, first, [third])
    found = [
        {**item, "finding": "minor", "note": "旧标签"} if item["slug"] == "label_use" else item
        for item in CONFORM
    ]
    conduct(world, second, items=found)
    assert (first.findings, len(second.findings), third.findings) == ([], 1, [])


def test_one_visit_goes_to_one_factory(world, in_window):
    with pytest.raises(Unmet, match="check-not-of-this-visit"):
        notify(world, in_window[0], [in_window[3]])
    assert {check.state for check in in_window} == {"planned"}


def test_two_checks_of_one_certificate_are_two_visits(world, in_window):
    later = in_window[0].certificate.surveillance[1]
    with pytest.raises(Unmet, match="check-not-of-this-visit"):
        notify(world, in_window[0], [later])


@pytest.mark.parametrize("other", [0, 999_999])
def test_what_is_not_a_check_of_the_body_is_not_served(world, in_window, other):
    ids = [other] if other else [in_window[0].id]
    with pytest.raises(Invalid, match="check-not-of-this-visit"):
        lifecycle.take(
            in_window[0], "notify", world.actor("case_officer"), also=ids, on=today(),
            team=[(world.people["lead_verifier"].id, "lead_verifier")], person_days=Decimal(1),
        )  # fmt: skip


def test_a_record_holds_for_checks_of_the_same_visit_alone(world, in_window):
    first, second, third = in_window[:3]
    notify(world, first, [second])
    notify(world, third)
    with pytest.raises(Unmet, match="check-not-of-this-visit"):
        conduct(world, first, [third])
    with pytest.raises(Unmet, match="check-not-of-this-visit"):
        conduct(world, third, [first])


def test_a_certificate_that_has_ended_is_refused_by_its_own_law_and_nothing_is_half_done(world, in_window):
    first, second = in_window[:2]
    second.certificate.valid_to = today() - timedelta(days=1)
    tables.session.flush()
    with pytest.raises(Invalid, match="check-refuses-the-visit") as refused:
        notify(world, first, [second])
    assert refused.value.detail["number"] == second.number
    tables.session.rollback()
    assert {each.state for each in tables.session.query(Surveillance)} == {"planned"}


def test_what_can_be_served_together_is_the_next_check_of_each_certificate_of_the_factory(in_window):
    first, second, third, _elsewhere = in_window
    assert [check.id for check in life.together(first)] == [second.id, third.id]


def test_the_page_and_the_api_announce_one_visit_alike(world, in_window, browser, client):
    first, second, third = in_window[:3]
    lead, day = world.people["lead_verifier"].id, today().isoformat()
    officer = browser("case_officer")
    address = f"/certification/surveillance/{first.id}"
    shown = officer.get(address).text
    assert "同一次检查还包括" in shown
    assert second.number in shown
    assert in_window[3].number not in shown
    said = {"version": first.version, "on": day, "person_days": "2", "lead_verifiers": lead}
    assert officer.post(f"{address}/notify", data=said | {"also": [second.id]}).status_code == 303
    assert second.number in officer.get(address).text
    token = accounts.create_token(world.actor("lead_verifier"), "program")[1]
    tables.session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get(f"/api/v1/surveillance/{first.id}", headers=headers).json
    assert answer["visit"] == [first.id, second.id]
    record = {"items": CONFORM, "conducted_on": day, "person_days": "2"}
    path = f"/api/v1/surveillance/{second.id}/conduct"
    refused = client.post(path, headers=headers, json=record | {"also": [third.id]})
    assert (refused.status_code, refused.json["slug"]) == (422, "check-not-of-this-visit")
    assert list(refused.json["fields"]) == ["/also"]
    done = client.post(path, headers=headers, json=record | {"also": [first.id]})
    assert (done.status_code, done.json["state"]) == (200, "conducted")
    assert client.get(f"/api/v1/surveillance/{first.id}", headers=headers).json["state"] == "conducted"


def test_a_program_sees_the_open_checks_of_its_own_organisation(world, checks, client):
    stranger = factories.user(factories.organisation("certification_body"), "lead_verifier")
    tokens = [accounts.create_token(actor, "program")[1]
              for actor in (world.actor("applicant"), stranger.memberships[0].actor())]  # fmt: skip
    tables.session.commit()
    own, other = ({"Authorization": f"Bearer {token}"} for token in tokens)
    assert client.get("/api/v1/surveillance", headers=own).json["total"] == 8
    assert client.get("/api/v1/surveillance", headers=other).json["total"] == 0
    assert client.get(f"/api/v1/surveillance/{checks[0].id}", headers=other).status_code == 404
