"""The month and the week of a body: who is where, who is in two places, and what its laboratories test."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from accounts import operations as accounts
from certification.workbench.queries.team_days import laboratory_days, team_days
from core import lifecycle
from core.clock import today
from core.db import db
from tests import factories

pytestmark = pytest.mark.engines("sql")

CALENDAR = "/certification/calendar/"


def shown(world, month=None) -> dict[str, list[tuple[str, bool]]]:
    first = month or today().replace(day=1)
    lines = team_days(world.actor("case_officer"), first, month_end(first))
    return {line.whose.name: [(day.kind, clash) for day, clash in line.days] for line in lines}


def month_end(first):
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


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
    assert team_days(stranger.memberships[0].actor(), today(), today() + timedelta(days=30)) == []


def test_a_month_is_asked_for_in_the_address_and_one_that_is_none_is_refused(world, visit, browser):
    page = browser("case_officer")
    assert "2027-02 的日程" in page.get(CALENDAR + "?month=2027-02").text
    assert "这些天没有排定的日子" in page.get(CALENDAR + "?month=2027-02").text
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


@pytest.fixture
def promised(world):
    """A sample whose report the laboratory promised for ten days from now."""
    case = world.case("evaluating")
    sample = case.order()
    case.take("accept_order", "sample_receiver", sample, expected_on=today() + timedelta(days=10))
    db.session.commit()
    return sample


def at_the_laboratory(actor, first, last) -> list[tuple[str, object, object]]:
    lines = laboratory_days(actor, first, last)
    return [(day.about, day.first, day.last) for line in lines for day, _clash in line.days]


def test_a_laboratory_stands_with_each_sample_until_the_promised_day(world, promised):
    due, day = promised.expected_on, timedelta(days=1)
    stands = [(promised.number, today(), due)]
    for who in ("case_officer", "tester"):
        assert at_the_laboratory(world.actor(who), due, due) == stands
        assert at_the_laboratory(world.actor(who), today() - day, today()) == stands
        assert at_the_laboratory(world.actor(who), due + day, due + day) == []
        assert at_the_laboratory(world.actor(who), today() - day, today() - day) == []


@pytest.mark.parametrize(
    ("kind", "role"),
    [("certification_body", "case_officer"), ("testing_body", "tester"), ("regulator", "regulator")],
)
def test_the_samples_of_others_are_not_shown(world, promised, kind, role):
    stranger = factories.user(factories.organisation(kind), role).memberships[0].actor()
    assert at_the_laboratory(stranger, today(), promised.expected_on) == []


def test_an_order_that_was_given_back_books_nothing(world, promised):
    lifecycle.take(promised, "dispatch", world.actor("lead_verifier"), drawn_on=today(), seal_number="F-1")
    lifecycle.take(promised, "doubt", world.actor("sample_receiver"), reason="封条破损")
    lifecycle.take(promised, "replace", world.actor("lead_verifier"), reason="另行抽样")
    assert at_the_laboratory(world.actor("tester"), today(), promised.expected_on) == []


def test_a_week_has_seven_days_from_its_monday(world, visit, promised, browser):
    monday = today() - timedelta(days=today().weekday())
    for who in ("case_officer", "tester"):
        page = browser(who).get(f"{CALENDAR}?week={today()}")
        assert f"{monday} 至 {monday + timedelta(days=6)} 的日程" in page.text
        assert promised.number in page.text
        assert (visit.number in page.text) == (who == "case_officer")
    assert browser("case_officer").get(CALENDAR + "?week=2026-02-30").status_code in (400, 422)


def test_a_promised_day_is_in_the_calendar_of_the_laboratory(world, promised, app):
    secret = accounts.create_feed(world.actor("tester"))
    db.session.commit()
    answer = app.test_client().get(f"/account/calendar/{secret}.ics")
    days = {
        str(entry["SUMMARY"]): entry["DTSTART"].dt for entry in Calendar.from_ical(answer.data).walk("VEVENT")
    }
    assert days[f"{promised.number} 检测报告预计日"] == promised.expected_on
