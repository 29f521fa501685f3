"""Reviewer and decider are shown whose role or competence changed while the case ran."""

from datetime import timedelta
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.operations import set_roles
from certification.impartiality.operations import propose_competence
from certification.impartiality.queries import changes_within
from core import clock, lifecycle
from core.clock import today
from core.db import db
from tests import factories
from tests.certification.world import PDF

TITLE = "办案期间变动的职责和能力"


@pytest.fixture
def keeper(world):
    world.grant("case_officer", "organisation_admin")
    return world.actor("case_officer")


def give_role(world, keeper) -> None:
    seat = world.people["lead_verifier"].memberships[0]
    set_roles(keeper, seat.id, {*seat.roles, "technical_reviewer"})


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
        (lead, "right.granted", "role.technical_reviewer", keeper.label),
    ]


def test_what_changed_before_the_case_was_begun_is_not(world, keeper):
    give_role(world, keeper)
    with clock.travel(today() + timedelta(days=1)):
        case = world.case("pending_decision")
    assert changes_within(case.application) == []


def test_nor_is_what_changed_of_somebody_without_a_part_in_it(world, keeper):
    case = world.case("pending_decision")
    seat = factories.user(world.body, "appeals_officer").memberships[0]
    set_roles(keeper, seat.id, {*seat.roles, "label_officer"})
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
