"""The days of a case in a calendar program: each person's own, by a secret address or one by one."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from accounts import operations as accounts
from accounts import queries
from certification.clocks.models import Clock
from certification.workbench.queries.calendar import days
from core.clock import today
from core.db import db as tables
from core.ics import Day, calendar
from core.words import sentence
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of, plan_documents_only


@pytest.fixture
def subscribe(world, app):
    """subscribe(role): the entries a calendar program of the holder of this role is shown."""

    def read(role: str) -> list:
        secret = accounts.create_feed(world.actor(role))
        tables.session.commit()
        answer = app.test_client().get(f"/account/calendar/{secret}.ics")
        assert answer.mimetype == "text/calendar"
        return Calendar.from_ical(answer.data).walk("VEVENT")

    return read


def names(entries) -> list[str]:
    return [str(entry["SUMMARY"]) for entry in entries]


def test_an_applicant_is_shown_the_day_of_the_correction(world, subscribe):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "trademark", "text": "请改"}])
    [entry] = subscribe("applicant")
    assert str(entry["SUMMARY"]) == f"{case.application.number} 补正"
    assert entry["DTSTART"].dt == case.application.correction_due
    assert str(entry["URL"]).endswith(f"/certification/applications/{case.id}")


def test_a_visit_is_a_whole_day_for_the_team_the_officer_and_the_applicant(world, subscribe):
    case = world.case("contracted")
    until = today() + timedelta(days=2)
    case.take("plan", "case_officer", **case.plan(site_to=until))
    for role in ("lead_verifier", "case_officer", "applicant"):
        [visit] = [entry for entry in subscribe(role) if "现场核查" in entry["SUMMARY"]]
        assert (visit["DTSTART"].dt, visit["DTEND"].dt) == (today(), until + timedelta(days=1))
    assert subscribe("technical_reviewer") == []


def test_a_plan_without_a_visit_is_no_day_and_hides_none(world, subscribe):
    changed = case_about(world, certificate_of(world.case("certified"))).to("contracted")
    plan_documents_only(changed, "只变更商标")
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "trademark", "text": "请改"}])
    shown = names(subscribe("applicant"))
    assert f"{case.application.number} 补正" in shown
    assert [entry for entry in shown if "现场核查" in entry] == []


def test_a_handler_is_shown_the_own_days_and_not_those_of_other_roles(world, subscribe):
    world.case("submitted")
    assert len(subscribe("application_reviewer")) == 1
    assert subscribe("head_of_body") == []


def test_a_calendar_speaks_the_language_of_its_owner(world, subscribe):
    world.people["application_reviewer"].language = "en"
    case = world.case("submitted")
    [name] = names(subscribe("application_reviewer"))
    assert name.startswith(case.application.number)
    assert name.isascii()


def test_another_body_sees_none_of_these_days(world):
    world.case("evaluating")
    other = factories.actor("certification_body", "case_officer", "application_reviewer", "lead_verifier")
    assert days(other) == []


@pytest.mark.parametrize("secret", ["nonsense", ""])
def test_an_unknown_address_shows_nothing(client, secret):
    assert client.get(f"/account/calendar/{secret}.ics").status_code == 404


def test_an_address_that_was_taken_back_shows_nothing(world, client):
    actor = world.actor("applicant")
    secret = accounts.create_feed(actor)
    accounts.revoke_feed(actor, queries.calendar_feeds(actor)[0].id)
    tables.session.commit()
    assert client.get(f"/account/calendar/{secret}.ics").status_code == 404


def test_one_day_can_be_taken_along_by_whom_it_concerns(world, browser):
    world.case("submitted")
    tables.session.commit()
    [clock] = tables.session.query(Clock).filter_by(name="acceptance")
    answer = browser("application_reviewer").get(f"/certification/calendar/clock-{clock.id}.ics")
    assert Calendar.from_ical(answer.data).walk("VEVENT")[0]["DTSTART"].dt == clock.due
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browser("applicant").get(f"/certification/calendar/clock-{clock.id}.ics").status_code == 404
    answer = browser("application_reviewer").get("/certification/calendar/x.ics")
    assert (answer.status_code, sentence("calendar-day-unknown") in answer.text) == (404, True)


def test_what_is_written_is_folded_and_escaped_and_keeps_its_identity(app):
    long = "产品，名称;很长\n" * 12
    entry = Day("clock-1@x", date(2026, 12, 1), date(2026, 12, 1), long, "https://x/1")
    with app.app_context():
        written = calendar("低碳", [entry])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    [read] = Calendar.from_ical(written).walk("VEVENT")
    assert str(read["SUMMARY"]) == long
    assert str(read["UID"]) == "clock-1@x"
    assert written.count(b"BEGIN:VALARM") == 1
