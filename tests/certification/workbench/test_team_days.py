"""The month of a body: who is where, and who is in two places."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from accounts import operations as accounts
from certification.workbench.queries.team_days import team_days
from core.clock import today
from core.db import db
from tests import factories

pytestmark = pytest.mark.engines("sql")

CALENDAR = "/certification/calendar/"


def shown(world, month=None) -> dict[str, list[tuple[str, bool]]]:
    lines = team_days(world.actor("case_officer"), month or today().replace(day=1))
    return {line.person.name: [(day.kind, clash) for day, clash in line.days] for line in lines}


@pytest.fixture
def visit(world):
    case = world.case("contracted")
    case.take("plan", "case_officer", **case.plan())
    return case.application


def test_a_visit_stands_with_everybody_of_the_team(world, visit):
    assert shown(world) == {member.user.name: [("visit", False)] for member in visit.plan.team}
    assert shown(world, today().replace(day=1) - timedelta(days=70)) == {}


def test_who_is_away_on_the_day_of_a_visit_is_in_two_places(world, visit, browser):
    verifier = world.people["lead_verifier"]
    accounts.state_absence(world.actor("lead_verifier"), visit.plan.site_from, visit.plan.site_from)
    assert sorted(shown(world)[verifier.name]) == [("absence", True), ("visit", True)]
    page = browser("case_officer").get(CALENDAR).text
    assert "1 个人同一天排了两件事" in page
    assert visit.number in page


def test_the_day_after_is_no_clash(world, visit):
    verifier, day = world.people["lead_verifier"], visit.plan.site_to + timedelta(days=1)
    accounts.state_absence(world.actor("lead_verifier"), day, day)
    month = day.replace(day=1)
    assert ("absence", False) in shown(world, month)[verifier.name]


def test_the_days_of_another_body_are_not_shown(world, visit):
    stranger = factories.user(factories.organisation("certification_body"), "case_officer")
    assert team_days(stranger.memberships[0].actor(), today().replace(day=1)) == []


def test_a_month_is_asked_for_in_the_address_and_one_that_is_none_is_refused(world, visit, browser):
    page = browser("case_officer")
    assert "2027-02 的日程" in page.get(CALENDAR + "?month=2027-02").text
    assert "这个月没有排定的日子" in page.get(CALENDAR + "?month=2027-02").text
    assert page.get(CALENDAR + "?month=2027-13").status_code in (400, 422)
    assert browser("applicant").get(CALENDAR).status_code == 403


def test_an_absence_is_a_day_of_the_own_calendar(world, app):
    actor = world.actor("technical_reviewer")
    accounts.state_absence(actor, today(), today() + timedelta(days=1))
    secret = accounts.create_feed(actor)
    db.session.commit()
    answer = app.test_client().get(f"/account/calendar/{secret}.ics")
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (str(entry["SUMMARY"]), entry["DTSTART"].dt) == ("缺勤", today())
