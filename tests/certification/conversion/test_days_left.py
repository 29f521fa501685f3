"""How many days are left to convert is told with the rule, the certificate, what is due and in calendars."""

import pytest
from sqlalchemy import select

from certification.conversion import queries
from certification.conversion.models import RuleChange
from certification.workbench.queries.calendar import days
from core import clock
from core.clock import today
from core.db import db
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.conversion.publishing import DAY, Writers, stricter


@pytest.fixture
def certificate(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def change(world, certificate):
    """In force in ten days, converted by within a hundred."""
    first = today() + 10 * DAY
    criteria = stricter(world.scheme, "1.00")
    Writers().publish(world.scheme, first, first + 90 * DAY, criteria=criteria)
    db.session.commit()
    return db.session.scalars(select(RuleChange)).one()


def test_holder_and_body_have_it_among_what_is_due(world, change, certificate):
    for role in ("applicant", "case_officer"):
        [due] = queries.due(world.actor(role))
        assert (due.change, due.count, due.only) == (change, 1, certificate)


def test_nobody_else_has(world, change):
    assert queries.due(world.actor("tester")) == []
    assert queries.due(factories.actor("manufacturer", "applicant")) == []
    assert queries.due(factories.actor("certification_body", "case_officer")) == []
    assert queries.due(factories.actor("regulator", "regulator")) == []


def test_when_the_time_is_over_nothing_is_due_any_more(world, change):
    with clock.travel(change.convert_by):
        assert queries.due(world.actor("applicant"))
    with clock.travel(change.convert_by + DAY):
        assert queries.due(world.actor("applicant")) == []


def test_the_pages_say_how_many_days_are_left(world, change, certificate, browser, client):
    mine = browser("applicant").get("/certification/").text
    assert "1 张证书换版" in mine
    assert "还有 100 天" in mine
    assert f"/certification/certificates/{certificate.number}/life" in mine
    assert (
        "还有 100 天"
        in browser("applicant").get(f"/certification/certificates/{certificate.number}/life").text
    )
    queue = browser("case_officer").get("/certification/reviews/").text
    assert f'href="/certification/rule-changes/{change.id}"' in queue
    assert "还有 100 天" in queue
    for address in (f"/rules/{world.scheme.code}", f"/rules/{world.scheme.code}/2"):
        assert "还有 100 天" in client.get(address).text


def test_a_rule_that_does_not_change_says_nothing_of_it(world, client, browser, certificate):
    assert "前换版" not in client.get(f"/rules/{world.scheme.code}").text
    assert "前换版" not in browser("case_officer").get("/certification/reviews/").text
    assert "换版" not in browser("applicant").get("/certification/").text


def test_it_is_a_day_in_both_calendars(world, change):
    for role, page in (
        ("applicant", "/certification/"),
        ("case_officer", f"/certification/rule-changes/{change.id}"),
    ):
        [found] = [day for day in days(world.actor(role)) if day.uid.startswith("conversion-")]
        assert (found.first, found.last) == (change.convert_by, change.convert_by)
        assert found.url.endswith(page)
        assert "换版截止" in found.text
