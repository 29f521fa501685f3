"""The days of a visit are counted as the rule says: by the people at the plant, and for each further site."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.clock import today
from core.db import db
from core.errors import Unmet
from tests.certification.world import reload
from tests.support import rules

DAYS = {
    "least": "2",
    "by_size": [{"people": 100, "days": "3"}, {"people": 500, "days": "5"}],
    "extra_site": "1",
}


@pytest.fixture
def case(world):
    rules.amend(world.scheme, parts={"person_days": DAYS})
    return world.case("contracted")


@pytest.mark.parametrize(
    ("people", "sites", "days"),
    [(None, 1, 2), (99, 1, 2), (100, 1, 3), (499, 1, 3), (500, 1, 5), (500, 3, 7), (None, 2, 3)],
)
def test_the_days_grow_with_the_plant_and_its_sites(case, people, sites, days):
    assert case.application.scheme.visit_days(people, sites) == days


def test_units_beyond_the_first_add_days_where_the_rule_says_so(case):
    rules.amend(case.application.scheme, parts={"person_days": {"least": "2", "extra_unit": "0.5"}})
    assert case.application.scheme.rules.visit_days(units=3) == 3


@pytest.mark.parametrize(
    ("people", "days", "slug"),
    [(None, 9, "plant-size-missing"), (500, 4, "person-days-too-few"), (100, 2, "person-days-too-few")],
)
def test_a_plan_below_the_days_of_its_plant_is_refused(case, people, days, slug):
    with pytest.raises(Unmet) as no:
        case.take("plan", "case_officer", **case.plan(headcount=people, person_days=Decimal(days)))
    assert no.value.slug == slug


def test_a_plan_keeps_for_how_many_people_it_was_made(case):
    later = today() + timedelta(days=4)
    case.take("plan", "case_officer", **case.plan(headcount=500, person_days=Decimal(5), site_to=later))
    assert case.application.plan.headcount == 500


def test_the_page_asks_how_many_people_there_are_only_where_days_hang_on_it(case, world, browser):
    db.session.commit()
    address = f"/certification/reviews/{case.id}?step=plan"
    assert 'name="headcount"' in browser("case_officer").get(address).text
    rules.amend(reload(case).scheme, parts={"person_days": {"least": "2"}})
    db.session.commit()
    assert 'name="headcount"' not in browser("case_officer").get(address).text
