"""Days on which somebody is away: stated by oneself or by who manages the organisation, and taken back."""

from datetime import timedelta

import pytest

from accounts import operations, queries
from accounts.models import Absence
from core.audit import Entry
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from tests import factories

pytestmark = pytest.mark.engines("constraints")

DAY = timedelta(days=1)


@pytest.fixture
def body(db):
    return factories.organisation("certification_body")


@pytest.fixture
def officer(body):
    return factories.user(body, "case_officer").memberships[0].actor()


@pytest.fixture
def chief(body):
    return factories.user(body, "organisation_admin").memberships[0].actor()


def test_whoever_says_so_is_away_from_the_first_day_to_the_last(body, officer):
    operations.state_absence(officer, today() + DAY, today() + 3 * DAY, "年假")
    away = [officer.id in queries.away(body.id, today() + number * DAY) for number in range(5)]
    assert away == [False, True, True, True, False]
    assert [absence.note for absence in queries.own_absences(officer)] == ["年假"]
    assert db.session.query(Entry).filter_by(verb="absence.state").count() == 1


def test_an_absence_taken_back_keeps_nobody_away_and_is_taken_back_once(body, officer):
    made = operations.state_absence(officer, today(), today())
    operations.withdraw_absence(officer, made.id)
    operations.withdraw_absence(officer, made.id)
    assert queries.away(body.id, today()) == set()
    assert db.session.query(Entry).filter_by(verb="absence.withdraw").count() == 1


def test_who_manages_the_organisation_says_so_of_a_colleague_and_nobody_else_does(officer, chief):
    operations.state_absence(chief, today(), today(), user_id=officer.id)
    with pytest.raises(NotPermitted) as no:
        operations.state_absence(officer, today(), today(), user_id=chief.id)
    assert no.value.slug == "not-organisation-admin"


@pytest.mark.parametrize(
    ("first", "last", "slug"),
    [
        (2, 1, "absence-backwards"),
        (-3, -1, "absence-over"),
        (0, 366, "absence-too-long"),
        (5, 8, "absence-stated-already"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_kept(officer, first, last, slug):
    operations.state_absence(officer, today() + 8 * DAY, today() + 9 * DAY)
    with pytest.raises(Invalid) as no:
        operations.state_absence(officer, today() + first * DAY, today() + last * DAY)
    assert no.value.slug == slug
    assert db.session.query(Absence).count() == 1


def test_somebody_of_another_organisation_is_not_said_to_be_away(chief):
    other = factories.user(factories.organisation("testing_body"), "lab_technician")
    with pytest.raises(Invalid) as no:
        operations.state_absence(chief, today(), today(), user_id=other.id)
    assert no.value.slug == "member-unknown"


def test_the_absence_of_another_is_not_taken_back(officer, body):
    made = operations.state_absence(officer, today(), today())
    colleague = factories.user(body, "case_officer").memberships[0].actor()
    with pytest.raises(NotFound, match="absence-unknown"):
        operations.withdraw_absence(colleague, made.id)
    assert queries.away(body.id, today()) == {officer.id}


def test_it_is_stated_and_taken_back_on_the_own_page(app, body, officer, sign_in):
    user = db.session.get(type(factories.user(body, "case_officer")), officer.id)
    page = sign_in(app.test_client(), user)
    assert "登记缺勤" in page.get("/account").text
    days = {"first": (today() + DAY).isoformat(), "last": (today() + 2 * DAY).isoformat(), "note": "外出学习"}
    assert page.post("/account/absences", data=days).status_code == 302
    assert "外出学习" in page.get("/account").text
    wrong = page.post("/account/absences", data={"first": days["last"], "last": days["first"]})
    assert (wrong.status_code, "最后一天早于第一天" in wrong.text) == (422, True)
    made = db.session.query(Absence).one()
    assert page.post(f"/account/absences/{made.id}/withdraw").status_code == 302
    assert "外出学习" not in page.get("/account").text
