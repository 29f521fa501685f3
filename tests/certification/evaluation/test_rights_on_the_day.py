"""Approval, registration and competence are asked for every day of a visit, not for the day it is typed."""

from datetime import date, timedelta

import pytest

from accounts.operations import create_token
from core import clock
from core.clock import today
from core.db import db
from core.errors import Invalid
from registers.models import BodyScope, Registration
from tests import factories
from tests.certification.lists import SITE_CHECKS
from tests.certification.world import meetings, reload


@pytest.fixture
def case(world):
    """Planned for today and tomorrow, and now it is two days later."""
    case = world.case("contracted")
    tomorrow = today() + timedelta(days=1)
    case.take("plan", "case_officer", **case.plan(site_to=tomorrow))
    case.review_documents()
    db.session.flush()
    with clock.travel(today() + timedelta(days=2)):
        yield case


def record(case) -> dict:
    first = today() - timedelta(days=2)
    items = [{"slug": slug, "finding": "conform", "note": "看到的事实"} for slug in SITE_CHECKS]
    said = {"items": items, "meetings": meetings(first), "conclusion": "pass", "summary": ""}
    return said | {"started_on": first, "ended_on": first + timedelta(days=1), "person_days": 4}


def visit(case) -> None:
    case.take("verify_site", "lead_verifier", **record(case))


def without(kind, day: date, **what) -> None:
    """The right was lacking on that day alone: it ended the day before and began again the day after."""
    entry = db.session.query(kind).filter_by(**what).one()
    names = [column.name for column in kind.__table__.columns if column.name not in ("id", "valid_from")]
    again = {name: getattr(entry, name) for name in names}
    db.session.add(kind(**again, valid_from=day + timedelta(days=1)))
    entry.valid_to = day - timedelta(days=1)
    db.session.flush()
    db.session.expire_all()


def second_day() -> date:
    return today() - timedelta(days=1)


def refusal(case) -> Invalid:
    with pytest.raises(Invalid) as refused:
        visit(case)
    assert case.application.site is None
    return refused.value


def test_with_every_right_on_every_day_it_is_recorded(case):
    visit(case)
    assert case.application.site.conclusion == "pass"


def test_a_registration_that_lacked_on_one_day_is_named_with_person_and_day(case, world):
    lead = world.people["lead_verifier"]
    without(Registration, second_day(), user_id=lead.id)
    no = refusal(case)
    assert no.fields == {"ended_on": "unregistered-on-day"}
    assert (no.detail["who"], no.detail["day"]) == (lead.name, second_day().isoformat())


def test_a_competence_that_lacked_on_one_day_is_named_with_person_and_day(case, world):
    lead = world.people["lead_verifier"]
    held = [each for each in case.application.competences if each.user_id == lead.id]
    for each in held:
        each.valid_to = today() - timedelta(days=2)
    again = world.competence(lead, "verify", valid_from=today())
    assert again.valid_on(today())
    db.session.flush()
    db.session.expire_all()
    no = refusal(case)
    assert no.fields == {"ended_on": "not-competent-on-day"}
    assert (no.detail["who"], no.detail["day"]) == (lead.name, second_day().isoformat())


def test_whoever_was_registered_with_another_body_on_one_day_is_named_with_that_day(case, world):
    lead, other = world.people["lead_verifier"], factories.organisation("certification_body")
    without(Registration, second_day(), user_id=lead.id)
    world.registration(lead, other, valid_from=second_day(), valid_to=second_day())
    db.session.flush()
    db.session.expire_all()
    no = refusal(case)
    assert no.fields == {"ended_on": "registered-elsewhere-on-day"}
    assert (no.detail["who"], no.detail["day"]) == (lead.name, second_day().isoformat())


def test_an_approval_of_the_body_that_lacked_on_one_day_is_named_with_body_and_day(case, world):
    without(BodyScope, second_day(), body_id=world.body.id)
    no = refusal(case)
    assert no.fields == {"ended_on": "body-out-of-scope-on-day"}
    assert (no.detail["who"], no.detail["day"]) == (world.body.name, second_day().isoformat())


def test_the_page_and_a_program_say_who_lacks_what_for_which_day(case, world, browser, client):
    lead = world.people["lead_verifier"]
    without(Registration, second_day(), user_id=lead.id)
    secret = create_token(world.actor("lead_verifier"), "test")[1]
    db.session.commit()
    facts = record(case)
    days = {name: facts[name].isoformat() for name in ("started_on", "ended_on")}
    held = [meeting | {"on": meeting["on"].isoformat()} for meeting in facts["meetings"]]
    body = facts | days | {"meetings": held}
    head = {"Authorization": f"Bearer {secret}"}
    answer = client.post(f"/api/v1/applications/{case.id}/verify_site", json=body, headers=head)
    assert answer.status_code == 422
    assert answer.json["fields"].keys() == {"/ended_on"}
    assert lead.name in str(answer.json)
    assert second_day().isoformat() in str(answer.json)
    assert reload(case).site is None


def test_a_visit_lasts_half_a_year_at_most(case):
    with pytest.raises(Invalid) as refused:
        case.take(
            "verify_site", "lead_verifier", **record(case) | {"ended_on": today() + timedelta(days=400)}
        )
    assert "ended_on" in refused.value.fields
