"""A case belongs to the organisation: it is handed over with a log, and a leaving colleague loses nothing."""

import pytest

from accounts import operations as accounts
from accounts.models import Grant, Notice
from certification.application.operations.responsibility import current, hand_over
from certification.application.queries import applications as cases
from certification.application.queries import responsibility
from core.audit import Entry
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from tests import factories


@pytest.fixture
def admin(world):
    return factories.user(world.maker, "organisation_admin").memberships[0].actor()


@pytest.fixture
def colleague(world):
    return factories.user(world.maker, "applicant", name="接手人")


def test_whoever_opens_a_draft_answers_for_it(world):
    case = world.case("draft")
    assert current(case.application, world.maker.id).user_id == world.people["applicant"].id


def test_whoever_first_works_as_case_officer_answers_for_it_in_the_body(world):
    case = world.case("evaluating")
    assert current(case.application, world.body.id).user_id == world.people["case_officer"].id
    assert current(case.application, world.maker.id).user_id == world.people["applicant"].id


# ask 8
def test_an_organisation_administrator_hands_a_case_over_and_it_is_logged(world, admin, colleague):
    case = world.case("submitted")
    hand_over(case.application, admin, colleague.id, "原负责人离职")
    assert responsibility.responsible(admin, case.application).name == "接手人"
    entry = db.session.query(Entry).filter_by(verb="application.hand_over").one()
    assert "原负责人离职" in entry.data
    assert [row.user_id for row in responsibility.handed_over(admin, case.application)] == [
        colleague.id, world.people["applicant"].id,
    ]  # fmt: skip


def test_whoever_takes_a_case_over_is_told(world, admin, colleague):
    case = world.case("submitted")
    hand_over(case.application, admin, colleague.id, "原负责人离职")
    notice = db.session.query(Notice).filter_by(user_id=colleague.id).one()
    assert (notice.kind, notice.link) == ("application.hand_over", f"/certification/applications/{case.id}")
    assert notice.facts["reason"] == "原负责人离职"


# ask 8
def test_a_colleague_who_leaves_loses_nothing_and_the_case_is_shown_as_left(world, admin, colleague):
    case = world.case("submitted")
    accounts.end_membership(admin, world.people["applicant"].memberships[0].id)
    actor = colleague.memberships[0].actor()
    assert cases.application(actor, case.id).product_name == "抛釉砖 YT-6015"
    [held] = responsibility.open_cases(actor).items
    assert held.left
    hand_over(case.application, admin, colleague.id, "离职")
    assert not responsibility.responsible(actor, case.application).left


def test_who_has_a_case_may_pass_it_on_without_an_administrator(world, colleague):
    case = world.case("draft")
    hand_over(case.application, world.actor("applicant"), colleague.id, "休假")
    with pytest.raises(NotPermitted) as no:
        hand_over(case.application, world.actor("applicant"), world.people["applicant"].id, "回来")
    assert no.value.slug == "handover-not-yours"


def test_an_administrator_of_another_organisation_hands_nothing_over(world, colleague):
    case = world.case("submitted")
    for kind in ("manufacturer", "certification_body", "testing_body", "regulator"):
        with pytest.raises(NotPermitted):
            hand_over(case.application, factories.actor(kind, "organisation_admin"), colleague.id, "x")


def test_a_body_does_not_hand_over_a_draft_it_may_not_see(world):
    case = world.case("draft")
    boss = factories.user(world.body, "organisation_admin").memberships[0].actor()
    with pytest.raises(NotPermitted):
        hand_over(case.application, boss, world.people["case_officer"].id, "x")


@pytest.mark.parametrize(
    ("who", "reason", "slug"),
    [
        ("outsider", "x", "successor-without-role"),
        ("without_role", "x", "successor-without-role"),
        ("same", "x", "successor-has-it"),
        ("colleague", " ", "reason-missing"),
    ],
)
def test_what_cannot_be_handed_over_is_said_and_nothing_changes(world, admin, colleague, who, reason, slug):
    case = world.case("submitted")
    person = {
        "outsider": factories.user(factories.organisation("manufacturer"), "applicant"),
        "without_role": factories.user(world.maker, "organisation_admin"),
        "same": world.people["applicant"],
        "colleague": colleague,
    }[who]
    with pytest.raises(Invalid) as no:
        hand_over(case.application, admin, person.id, reason)
    assert no.value.slug == slug
    assert current(case.application, world.maker.id).user_id == world.people["applicant"].id


def test_a_case_officer_with_a_tie_to_the_client_does_not_take_the_case_on(world):
    case = world.case("evaluating")
    boss = factories.user(world.body, "organisation_admin").memberships[0].actor()
    other = factories.user(world.body, "case_officer")
    world.conflict(other)
    with pytest.raises(Invalid) as no:
        hand_over(case.application, boss, other.id, "换人")
    assert no.value.slug == "conflict-of-interest"


# ask 34
def test_the_list_of_the_body_names_who_answers_for_each_case(world, browser):
    case = world.case("contracted")
    page = browser("application_reviewer").get("/certification/reviews/?view=open").text
    assert case.application.number in page
    assert world.people["case_officer"].name in page


def test_several_cases_are_handed_over_on_one_page(app, world, sign_in, admin, colleague):
    first, second = world.case("draft"), world.case("submitted")
    browser = sign_in(app.test_client(), db.session.get(type(colleague), admin.id))
    page = browser.get(f"/certification/handover/?case={first.id}").text
    assert first.application.number in page
    fields = {"cases": [first.id, second.id], "user_id": colleague.id, "reason": "离职"}
    assert browser.post("/certification/handover/", data=fields).status_code == 303
    db.session.expire_all()
    holders = {current(case.application, world.maker.id).user_id for case in (first, second)}
    assert holders == {colleague.id}
    shown = browser.get(f"/certification/applications/{first.id}").text
    assert "移交给接手人：离职" in shown


def test_a_handover_without_reason_or_case_is_not_taken(app, world, sign_in, admin, colleague):
    case = world.case("draft")
    browser = sign_in(app.test_client(), db.session.get(type(colleague), admin.id))
    answer = browser.post("/certification/handover/", data={"user_id": colleague.id})
    assert answer.status_code == 422
    assert "至少选择一个案卷" in answer.text
    assert current(case.application, world.maker.id).user_id == world.people["applicant"].id


def test_a_case_of_others_cannot_be_picked_on_the_page(app, world, sign_in):
    case = world.case("submitted")
    other = factories.organisation("manufacturer")
    boss = factories.user(other, "organisation_admin", "applicant")
    fields = {"cases": [case.id], "user_id": boss.id, "reason": "x"}
    answer = sign_in(app.test_client(), boss).post("/certification/handover/", data=fields)
    assert answer.status_code == 422
    with pytest.raises(NotFound):
        cases.application(boss.memberships[0].actor(), case.id)


@pytest.mark.parametrize("kind", ["testing_body", "regulator", "purchasing_unit"])
def test_only_parties_hand_over(app, db, sign_in, kind):
    role = {"testing_body": "tester", "regulator": "regulator", "purchasing_unit": "procurement_officer"}[
        kind
    ]
    user = factories.user(factories.organisation(kind), role)
    db.session.commit()
    assert sign_in(app.test_client(), user).get("/certification/handover/").status_code == 403


def test_a_grant_is_what_makes_a_successor(world, admin):
    person = factories.user(world.maker)
    assert person.id not in [seat.user_id for seat in responsibility.successors(admin)]
    person.memberships[0].grants.append(Grant(role="applicant"))
    db.session.flush()
    assert person.id in [seat.user_id for seat in responsibility.successors(admin)]
