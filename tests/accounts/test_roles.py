"""A role is proposed by one person and approved by another, from a day to a day, on evidence."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from accounts import operations, queries
from accounts.actor import SYSTEM
from accounts.models import Grant, Notice, RoleProposal
from accounts.notices import say
from core.audit import Entry
from core.clock import today, travel
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from tests import factories
from tests.support.papers import PDF

pytestmark = pytest.mark.engines("constraints")

KINDS = ("certification_body", "testing_body", "regulator")


@pytest.fixture
def body(db):
    return factories.organisation("certification_body")


@pytest.fixture
def officer(body):
    return factories.user(body, "organisation_admin")


@pytest.fixture
def head(body):
    return factories.user(body, "head_of_body")


@pytest.fixture
def colleague(body):
    return factories.user(body, "verifier").memberships[0]


def acting(person):
    return person.memberships[0].actor()


def days_on(number: int):
    return today() + timedelta(days=number)


def proposed(by, seat, role="decision_maker", **said):
    said = {"valid_from": today(), "valid_to": days_on(30), "basis": "任命书 3 号", "roles": [role]} | said
    said.setdefault("evidence", FileStorage(BytesIO(PDF), "任命书.pdf"))
    return operations.propose_roles(acting(by), seat.id, **said)


def test_what_one_proposed_opens_nothing_until_another_approves_it(db, officer, head, colleague):
    [entry] = proposed(officer, colleague)
    assert colleague.roles == {"verifier"}
    operations.approve_role(acting(head), entry.id)
    assert colleague.roles == {"verifier", "decision_maker"}
    written = [(each.verb, each.actor) for each in db.session.query(Entry).order_by(Entry.id)]
    assert written == [("role.propose", acting(officer).label), ("role.grant", acting(head).label)]


def test_whoever_may_approve_is_told_until_it_is_decided(db, app, officer, head, colleague):
    [entry] = proposed(officer, colleague)
    told = db.session.query(Notice).filter_by(subject=f"role_proposal/{entry.id}").all()
    assert [(notice.user_id, notice.group, notice.link) for notice in told] == [
        (head.id, "task", "/organisation/roles")
    ]
    with app.test_request_context():
        assert colleague.user.name in say(told[0]).title
    operations.approve_role(acting(head), entry.id)
    db.session.expire_all()
    assert told[0].settled_at is not None


def test_nobody_proposes_a_role_for_oneself_or_approves_the_own(db, officer, head):
    for person in (officer, head):
        with pytest.raises(Invalid) as refused:
            proposed(person, person.memberships[0])
        assert refused.value.fields == {"roles": "role-for-oneself"}
    [entry] = proposed(officer, head.memberships[0])
    with pytest.raises(Invalid, match="role-for-oneself"):
        operations.approve_role(acting(head), entry.id)
    assert head.memberships[0].roles == {"head_of_body"}


def test_who_proposed_does_not_approve(db, officer, colleague):
    [entry] = proposed(officer, colleague)
    with pytest.raises(Invalid, match="role-own-proposal"):
        operations.approve_role(acting(officer), entry.id)
    assert colleague.roles == {"verifier"}


@pytest.mark.parametrize("role", ["verifier", "decision_maker", "case_officer"])
def test_whoever_does_not_tend_the_body_neither_proposes_nor_approves(db, body, officer, colleague, role):
    other = factories.user(body, role)
    with pytest.raises(NotPermitted):
        proposed(other, colleague)
    [entry] = proposed(officer, colleague)
    with pytest.raises(NotFound):
        operations.approve_role(acting(other), entry.id)


def test_nor_does_who_tends_another_body(db, officer, colleague):
    stranger = factories.user(factories.organisation("certification_body"), "organisation_admin")
    with pytest.raises(NotPermitted):
        proposed(stranger, colleague)
    [entry] = proposed(officer, colleague)
    for deed in (
        lambda: operations.approve_role(acting(stranger), entry.id),
        lambda: operations.decline_role(acting(stranger), entry.id, "不行"),
    ):
        with pytest.raises(NotFound, match="role-proposal-unknown"):
            deed()


def test_the_days_of_a_role_are_what_every_gate_asks(db, body, officer, head, colleague):
    [entry] = proposed(officer, colleague, valid_from=days_on(2), valid_to=days_on(5))
    operations.approve_role(acting(head), entry.id)
    holds = {}
    for number in (0, 1, 2, 5, 6):
        with travel(days_on(number)):
            seat = queries.memberships_with_role(body.id, "decision_maker")
            asked = {
                "decision_maker" in colleague.actor().roles,
                colleague.user_id in queries.holders(body.id, ["decision_maker"]),
                colleague.user_id in queries.every_holder("decision_maker"),
                colleague in seat,
            }
        assert len(asked) == 1, f"two gates differ on day {number}"
        holds[number] = asked.pop()
    assert holds == {0: False, 1: False, 2: True, 5: True, 6: False}


def test_what_stood_before_two_people_were_asked_stands_open_at_both_ends(db, colleague):
    for day in (days_on(-4000), today(), days_on(4000)):
        with travel(day):
            assert colleague.actor().roles == {"verifier"}


def test_a_role_that_stands_is_carried_on_without_a_day_between(db, officer, head, colleague):
    [first] = proposed(officer, colleague, valid_to=days_on(5))
    operations.approve_role(acting(head), first.id)
    [second] = proposed(officer, colleague, valid_from=days_on(6), valid_to=days_on(9))
    operations.approve_role(acting(head), second.id)
    for number, holds in ((0, True), (5, True), (6, True), (9, True), (10, False)):
        with travel(days_on(number)):
            assert ("decision_maker" in colleague.roles) is holds
    with pytest.raises(Invalid) as refused:
        proposed(officer, colleague, valid_from=days_on(11), valid_to=days_on(20))
    assert refused.value.fields == {"valid_from": "role-stands"}


def test_an_open_role_gets_its_last_day_by_two_people(db, officer, head, colleague):
    [entry] = proposed(officer, colleague, "verifier", valid_to=days_on(1))
    operations.approve_role(acting(head), entry.id)
    assert colleague.roles == {"verifier"}
    with travel(days_on(2)):
        assert colleague.roles == frozenset()


@pytest.mark.parametrize(("said", "field", "slug"), [
    ({"roles": []}, "roles", "role-proposal-incomplete"),
    ({"valid_from": None}, "valid_from", "role-proposal-incomplete"),
    ({"valid_to": None}, "valid_to", "role-proposal-incomplete"),
    ({"basis": "  "}, "basis", "role-proposal-incomplete"),
    ({"evidence": None}, "evidence", "role-proposal-incomplete"),
    ({"valid_from": timedelta(days=-1)}, "valid_from", "role-from-the-past"),
    ({"valid_from": timedelta(days=31)}, "valid_to", "role-days-backwards"),
    ({"roles": ["tester"]}, "roles", "role-not-of-kind"),
])  # fmt: skip
def test_a_proposal_that_cannot_be_right_is_refused_at_its_field(db, officer, colleague, said, field, slug):
    said = {name: today() + each if isinstance(each, timedelta) else each for name, each in said.items()}
    with pytest.raises(Invalid) as refused:
        proposed(officer, colleague, **said)
    assert refused.value.fields == {field: slug}
    assert db.session.query(RoleProposal).count() == 0


def test_the_same_role_waits_once(db, officer, colleague):
    proposed(officer, colleague)
    with pytest.raises(Invalid) as refused:
        proposed(officer, colleague, roles=["label_officer", "decision_maker"])
    assert refused.value.fields == {"roles": "role-proposed"}


def test_what_was_decided_is_not_decided_again(db, officer, head, colleague):
    [entry] = proposed(officer, colleague)
    with pytest.raises(Invalid, match="role-decline-reason"):
        operations.decline_role(acting(head), entry.id, " ")
    operations.decline_role(acting(head), entry.id, "没有任命书原件")
    for deed in (
        lambda: operations.approve_role(acting(head), entry.id),
        lambda: operations.decline_role(acting(head), entry.id, "再说一次"),
    ):
        with pytest.raises(OutOfOrder, match="role-proposal-decided"):
            deed()
    assert (entry.outcome, colleague.roles) == ("declined", {"verifier"})


def test_a_proposal_whose_last_day_passed_is_not_approved(db, officer, head, colleague):
    [entry] = proposed(officer, colleague, valid_to=days_on(1))
    with travel(days_on(2)), pytest.raises(Invalid, match="role-proposal-over"):
        operations.approve_role(acting(head), entry.id)


def test_whoever_leaves_leaves_every_role_and_every_proposal(db, officer, head, colleague):
    [ahead] = proposed(officer, colleague, valid_from=days_on(3))
    operations.approve_role(acting(head), ahead.id)
    [waiting] = proposed(officer, colleague, "label_officer")
    operations.end_membership(acting(officer), colleague.id)
    again = operations.enrol(SYSTEM, colleague.user_id, colleague.organisation_id, [])
    with travel(days_on(4)):
        assert again.actor().roles == frozenset()
    assert not waiting.is_open
    assert not waiting.approved


@pytest.mark.parametrize("kind", KINDS)
def test_the_house_seats_the_first_who_tends_an_organisation_and_nobody_more(db, kind):
    of, house = factories.organisation(kind), factories.actor("regulator", "administrator")
    _invitation, secret = operations.invite(house, "first@example.org", ["organisation_admin"], of.id)
    seat = operations.join(SYSTEM, secret, "第一人", "correct horse")
    assert seat.roles == {"organisation_admin"}
    with pytest.raises(Invalid) as refused:
        operations.invite(house, "second@example.org", ["organisation_admin"], of.id)
    assert refused.value.fields == {"roles": "role-by-two-people"}
    with pytest.raises(Invalid, match="role-by-two-people"):
        operations.invite(seat.actor(), "third@example.org", ["organisation_admin"], of.id)


def test_of_two_first_invitations_one_brings_the_role(db):
    of, house = factories.organisation("certification_body"), factories.actor("regulator", "administrator")
    secrets = [
        operations.invite(house, f"{who}@example.org", ["organisation_admin"], of.id)[1] for who in "ab"
    ]
    first, second = (operations.join(SYSTEM, each, "某人", "correct horse") for each in secrets)
    assert (first.roles, second.roles) == ({"organisation_admin"}, frozenset())


def test_an_invitation_from_before_brings_a_seat_and_no_role(db, body, officer):
    invitation, secret = operations.invite(acting(officer), "old@example.org", [])
    invitation.roles = "verifier decision_maker"
    assert operations.join(SYSTEM, secret, "某人", "correct horse").roles == frozenset()


def test_where_nobody_tends_an_organisation_the_house_seats_a_member_alone(db, body, colleague):
    house = factories.user(factories.organisation("regulator"), "administrator")
    proposed(house, colleague, "organisation_admin")
    assert colleague.roles == {"verifier", "organisation_admin"}
    [waits] = proposed(house, factories.user(body).memberships[0], "organisation_admin")
    assert waits.is_open


def test_roles_are_not_given_by_setting_them(db, officer, colleague):
    with pytest.raises(Invalid) as refused:
        operations.set_roles(acting(officer), colleague.id, ["verifier", "decision_maker"])
    assert refused.value.fields == {"roles": "role-by-two-people"}
    assert colleague.roles == {"verifier"}


def test_the_database_keeps_the_two_hands_apart(db, officer, colleague):
    [entry] = proposed(officer, colleague)
    entry.approved, entry.decided_at, entry.decided_by_id = True, entry.proposed_at, officer.id
    with pytest.raises(IntegrityError, match="by_another_hand"):
        db.session.flush()


# By page and by API


@pytest.fixture
def saved(db, officer, head, colleague):
    db.session.commit()
    return {"seat": colleague.id, "officer": officer, "head": head}


FORM = {"roles": "decision_maker", "basis": "任命书 3 号"}


def by_page(client, seat, **said):
    form = FORM | {"valid_from": today(), "valid_to": days_on(30), "evidence": (BytesIO(PDF), "a.pdf")} | said
    return client.post(f"/organisation/members/{seat}/proposals", data=form)


def test_two_people_give_a_role_by_their_pages(db, app, sign_in, saved):
    officer, head = (sign_in(app.test_client(), saved[name]) for name in ("officer", "head"))
    assert by_page(officer, saved["seat"]).location == "/organisation/roles"
    page = officer.get("/organisation/roles").text
    assert "任命书 3 号" in page
    assert "由另一人批准" in page
    entry = db.session.query(RoleProposal).one()
    own = officer.post(f"/organisation/roles/{entry.id}/approve")
    assert own.status_code == 422
    assert "由另一人批准" in own.text
    with head.get(f"/organisation/roles/{entry.id}/evidence") as paper:
        assert paper.data == PDF
    assert head.post(f"/organisation/roles/{entry.id}/approve").status_code == 303
    assert db.session.query(Grant).filter_by(role="decision_maker").one().valid_to == days_on(30)


def test_the_page_refuses_a_role_for_oneself_and_keeps_what_was_typed(db, app, sign_in, saved):
    officer = sign_in(app.test_client(), saved["officer"])
    own = saved["officer"].memberships[0].id
    answer = by_page(officer, own)
    assert answer.status_code == 422
    assert db.session.query(RoleProposal).count() == 0
    short = by_page(officer, saved["seat"], basis="")
    assert short.status_code == 422
    assert "写明角色、起止日期和任命依据" in short.text
    assert f'value="{days_on(30)}"' in short.text


def test_declining_asks_a_reason_at_its_box(db, app, sign_in, saved):
    officer, head = (sign_in(app.test_client(), saved[name]) for name in ("officer", "head"))
    by_page(officer, saved["seat"])
    entry = db.session.query(RoleProposal).one()
    answer = head.post(f"/organisation/roles/{entry.id}/decline", data={"reason": ""})
    assert answer.status_code == 422
    assert "写明不批准的理由" in answer.text
    assert head.post(f"/organisation/roles/{entry.id}/decline", data={"reason": "缺原件"}).status_code == 303
    assert "缺原件" in officer.get("/organisation/roles").text


@pytest.fixture
def programs(db, client, saved):
    secrets = {name: operations.create_token(acting(saved[name]), "脚本")[1] for name in ("officer", "head")}
    db.session.commit()
    return {name: {"Authorization": f"Bearer {secret}"} for name, secret in secrets.items()}


def test_two_people_give_a_role_by_their_programs(db, client, saved, programs):
    form = FORM | {"valid_from": today(), "valid_to": days_on(30)}
    address = f"/api/v1/members/{saved['seat']}/proposals"

    def send(whose, where=address):
        sent = form | {"evidence": (BytesIO(PDF), "a.pdf")}
        return client.post(where, data=sent, headers=programs[whose])

    made = send("officer")
    assert made.status_code == 201
    entry = made.json["items"][0]
    assert (entry["role"], entry["outcome"]) == ("decision_maker", "open")
    own = f"/api/v1/members/{saved['head'].memberships[0].id}/proposals"
    refused = send("head", own)
    assert (refused.status_code, refused.json["fields"]["/roles"]["slug"]) == (422, "role-for-oneself")
    approve = f"/api/v1/role-proposals/{entry['id']}/approve"
    assert client.post(approve, headers=programs["officer"]).json["slug"] == "role-own-proposal"
    done = client.post(approve, headers=programs["head"])
    assert done.json["outcome"] == "approved"
    seats = client.get("/api/v1/members", headers=programs["officer"]).json["items"]
    [seat] = (each for each in seats if each["id"] == saved["seat"])
    assert {(role["role"], role["in_force"]) for role in seat["roles"]} == {
        ("decision_maker", True),
        ("verifier", True),
    }
    listed = client.get("/api/v1/role-proposals", headers=programs["officer"]).json
    assert [each["outcome"] for each in listed["items"]] == ["approved"]


def test_by_program_a_role_is_revoked_but_not_set(db, client, saved, programs):
    address = f"/api/v1/members/{saved['seat']}/roles"
    more = client.post(address, json={"roles": ["verifier", "label_officer"]}, headers=programs["officer"])
    assert more.json["fields"]["/roles"]["slug"] == "role-by-two-people"
    less = client.post(address, json={"roles": []}, headers=programs["officer"])
    assert less.json["roles"] == []
