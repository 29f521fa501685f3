"""What a case counts for quote and plan: the people at the plant, and the units its rule divides it into."""

from decimal import Decimal

import pytest

from certification.application.operations.applications import update_application
from certification.fees import queries as fees
from certification.fees.operations import publish_fees
from certification.workflow.adopted import least_days
from core.clock import today
from core.errors import Unmet
from tests.certification.fees.test_fees import PRICES
from tests.certification.graded import MODELS, PRODUCT, GradedWorld
from tests.registers import adopting

STAFF = {
    "slug": "staff",
    "names": {"zh": "全厂人数", "en": "Staff"},
    "kind": "whole",
    "unit": "",
    "least": "1",
}
DAYS = {
    "least": "2",
    "by_size": [{"people": 100, "days": "3"}, {"people": 500, "days": "5"}],
    "people": "staff",
    "extra_unit": "0.5",
    "unit_by": ["vehicle"],
}
ONE = {code: said | {"vehicle": "car"} for code, said in MODELS.items()}


@pytest.fixture
def world(db):
    world = GradedWorld(("/parameters/-", STAFF), ("/person_days", DAYS))
    publish_fees(world.actor("head_of_body"), world.scheme.code, today(), "演示数据", **PRICES)
    return world


def days(reckoned) -> str:
    return next(line["quantity"] for line in reckoned.lines if line["slug"] == "person_day")


def typed(world, staff: str, models=MODELS):
    return world.graded(product=PRODUCT | {"staff": staff}, models=models)


@pytest.mark.parametrize(
    ("staff", "models", "expected"),
    [
        ("99", ONE, "2"),  # one class of tyres is one unit
        ("99", MODELS, "2.5"),
        ("100", ONE, "3"),
        ("500", MODELS, "5.5"),
    ],
)
def test_a_draft_is_quoted_for_the_people_and_units_that_are_typed(world, staff, models, expected):
    draft = typed(world, staff, models).application
    assert days(fees.expected(draft)) == expected
    assert days(fees.fees_by_body(draft.scheme, draft)[world.body.id]) == expected
    assert least_days(draft) == Decimal(expected)
    assert days(fees.fees_by_body(draft.scheme)[world.body.id]) == "2"  # before anything is typed


def test_what_is_typed_otherwise_is_quoted_otherwise_and_kept_as_it_was_when_handed_in(world):
    case = typed(world, "99")
    draft = case.application
    more = {"parameters": PRODUCT | {"staff": "500"}}
    update_application(draft, world.actor("applicant"), draft.version, **more)
    expected = fees.expected(draft)
    assert days(expected) == "5.5"
    case.to("submitted")
    assert fees.account_of(draft).quote.lines == expected.lines


def test_a_body_that_sends_more_is_quoted_by_that(world):
    adopting.in_force(world, person_days=Decimal(4))
    assert days(fees.expected(typed(world, "100").application)) == "4"
    assert days(fees.expected(typed(world, "500").application)) == "5.5"


def test_nobody_plans_for_fewer_people_than_were_stated(world):
    case = typed(world, "500").to("contracted")
    with pytest.raises(Unmet) as no:
        case.take("plan", "case_officer", **case.plan(headcount=10, person_days=Decimal(5)))
    assert no.value.slug == "person-days-too-few"


def test_the_plan_begins_with_the_people_that_were_stated(world, browser, db):
    case = typed(world, "500").to("contracted")
    db.session.commit()
    text = browser("case_officer").get(f"/certification/reviews/{case.id}?step=plan").text
    box = text[text.index('name="headcount"') - 200 : text.index('name="headcount"') + 200]
    assert 'value="500"' in box
