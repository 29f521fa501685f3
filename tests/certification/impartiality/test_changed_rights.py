"""Reviewer and decider are shown whose role or competence changed while the case ran."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.operations import approve_role, propose_roles, set_roles
from certification.impartiality.operations import propose_competence
from certification.impartiality.queries import changes_within
from core import clock, lifecycle
from core.clock import today
from core.db import db
from tests import factories
from tests.certification.world import PDF

UNTIL = date(2039, 12, 31)
TITLE = "办案期间变动的职责和能力"


@pytest.fixture
def keeper(world):
    world.grant("case_officer", "organisation_admin")
    return world.actor("case_officer")


def give_role(world, keeper) -> None:
    give(world, keeper, world.people["lead_verifier"], "technical_reviewer")


def give(world, keeper, person, role, until=UNTIL) -> None:
    """The keeper proposes, the head approves."""
    said = {"roles": [role], "valid_from": today(), "valid_to": until, "basis": "任命"}
    paper = FileStorage(BytesIO(PDF), "任命.pdf")
    [entry] = propose_roles(keeper, person.memberships[0].id, evidence=paper, **said)
    approve_role(world.actor("head_of_body"), entry.id)


def find_competent(world, keeper) -> None:
    paper = FileStorage(BytesIO(PDF), "证明.pdf")
    span = {"valid_from": today(), "valid_to": today() + timedelta(days=365)}
    named = {"user_id": world.people["lead_verifier"].id, "functions": ["review"]}
    classes = [f"{world.scheme.family}/{world.scheme.category}"]
    [entry] = propose_competence(keeper, **named, classes=classes, **span, basis="培训", evidence=paper)
    lifecycle.take(entry, "approve", world.actor("head_of_body"))
    db.session.expire_all()


def test_what_changed_is_named_with_person_and_who_did_it_the_latest_first(world, keeper):
    case = world.case("pending_decision")
    give_role(world, keeper)
    find_competent(world, keeper)
    lead, head = world.people["lead_verifier"].name, world.actor("head_of_body").label
    told = [(each.person, each.step, each.what, each.who) for each in changes_within(case.application)]
    assert told == [
        (lead, "competence.step.approve", "competent_for.review", head),
        (lead, "right.granted", "role.technical_reviewer", head),
    ]


def test_what_changed_before_the_case_was_begun_is_not(world, keeper):
    give_role(world, keeper)
    with clock.travel(today() + timedelta(days=1)):
        case = world.case("pending_decision")
    assert changes_within(case.application) == []


def test_nor_is_what_changed_of_somebody_without_a_part_in_it(world, keeper):
    case = world.case("pending_decision")
    give(world, keeper, factories.user(world.body, "appeals_officer"), "label_officer")
    assert changes_within(case.application) == []


@pytest.mark.parametrize(("state", "role", "page"), [
    ("pending_decision", "decision_maker", "/certification/reviews/{}/decide"),
    ("in_review", "technical_reviewer", "/certification/reviews/{}"),
])  # fmt: skip
def test_the_pages_of_review_and_decision_show_it(world, keeper, browser, state, role, page):
    case = world.case(state)
    db.session.commit()
    assert TITLE not in browser(role).get(page.format(case.id)).text
    give_role(world, keeper)
    db.session.commit()
    text = browser(role).get(page.format(case.id)).text
    assert TITLE in text
    assert "授予职责" in text
    assert f"{today()} ～ {UNTIL}" in text


def test_a_role_that_lapsed_while_the_case_ran_is_named_on_the_day_after_its_last(world, keeper):
    case, lead = world.case("pending_decision"), world.people["lead_verifier"]
    last = today() + timedelta(days=3)
    give(world, keeper, lead, "technical_reviewer", last)
    with clock.travel(last):
        assert [each.step for each in changes_within(case.application)] == ["right.granted"]
    with clock.travel(last + timedelta(days=4)):
        lapsed, granted = changes_within(case.application)
    assert (granted.span, granted.step) == (f"{today()} ～ {last}", "right.granted")
    assert (lapsed.person, lapsed.step, lapsed.what) == (
        lead.name,
        "right.lapsed",
        "role.technical_reviewer",
    )
    assert clock.day_of(lapsed.at) == last + timedelta(days=1)


def test_a_role_revoked_before_its_last_day_did_not_lapse(world, keeper):
    case, lead = world.case("pending_decision"), world.people["lead_verifier"]
    last = today() + timedelta(days=3)
    give(world, keeper, lead, "technical_reviewer", last)
    set_roles(keeper, lead.memberships[0].id, lead.memberships[0].roles - {"technical_reviewer"})
    with clock.travel(last + timedelta(days=4)):
        assert {each.step for each in changes_within(case.application)} == {"right.granted", "right.revoked"}
