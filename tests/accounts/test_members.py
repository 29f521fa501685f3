"""Nothing granted means nothing allowed, and nobody grants beyond the kind of the organisation."""

from io import BytesIO

import pytest
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from accounts import operations, queries
from accounts.actor import ROLES, SYSTEM
from accounts.models import Grant, Membership
from core.audit import Entry
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted
from tests import factories
from tests.support.papers import PDF

pytestmark = pytest.mark.engines("constraints")


@pytest.fixture
def body(db):
    return factories.organisation("certification_body")


@pytest.fixture
def admin(body):
    return factories.actor("certification_body", "organisation_admin", of=body)


@pytest.fixture
def colleague(body):
    return factories.user(body, "verifier").memberships[0]


def test_a_member_without_grants_may_do_nothing(body):
    assert factories.actor("certification_body", of=body).roles == frozenset()


def test_a_person_without_a_seat_acts_for_nobody(db):
    user = operations.register_user(SYSTEM, "lone@example.org", "独行者")
    assert (user.actor().id, user.actor().organisation_id, user.actor().roles) == (user.id, None, frozenset())


def test_setting_roles_grants_and_revokes_and_writes_each_down(db):
    maker = factories.organisation()
    chief, seat = factories.actor("manufacturer", "organisation_admin", of=maker), factories.user(maker)
    seat = seat.memberships[0]
    operations.set_roles(chief, seat.id, ["applicant", "organisation_admin"])
    operations.set_roles(chief, seat.id, ["applicant"])
    assert seat.roles == {"applicant"}
    assert db.session.query(Grant).filter_by(membership_id=seat.id).count() == 1
    written = [(entry.verb, entry.data) for entry in db.session.query(Entry).order_by(Entry.id)]
    assert written == [
        ("role.grant", '{"role": "applicant"}'),
        ("role.grant", '{"role": "organisation_admin"}'),
        ("role.revoke", '{"role": "organisation_admin"}'),
    ]


OTHERS = [(kind, role) for kind in ROLES for role in ROLES[kind] if role not in ROLES["certification_body"]]


@pytest.mark.parametrize("role", sorted({role for _kind, role in OTHERS}) + ["system", "king"])
def test_no_role_of_another_kind_can_be_granted(db, admin, colleague, role):
    with pytest.raises(Invalid) as refusal:
        operations.set_roles(admin, colleague.id, ["verifier", role])
    assert refusal.value.slug == "role-not-of-kind"
    assert colleague.roles == {"verifier"}
    with pytest.raises(Invalid):
        operations.enrol(SYSTEM, colleague.user_id, colleague.organisation_id, [role])


def test_an_administrator_of_the_own_organisation_cannot_grant_himself_a_role_of_another_kind(
    db, admin, body
):
    mine = queries.membership(admin.id, body.id)
    with pytest.raises(Invalid):
        operations.set_roles(admin, mine.id, ["organisation_admin", "administrator"])
    assert mine.roles == {"organisation_admin"}


@pytest.mark.parametrize("kind", ["certification_body", "testing_body", "regulator"])
def test_nobody_takes_a_role_for_oneself_where_roles_judge_others(db, kind):
    of = factories.organisation(kind)
    chief = factories.actor(kind, "organisation_admin", "administrator", of=of)
    mine = queries.membership(chief.id, of.id)
    more = [*mine.roles, ROLES[kind][0]]
    with pytest.raises(Invalid, match="role-for-oneself"):
        operations.set_roles(chief, mine.id, more)
    with pytest.raises(NotPermitted):
        operations.enrol(chief, chief.id, of.id, ROLES[kind][:1])
    assert mine.roles == {"organisation_admin", "administrator"}


def test_the_page_says_that_a_role_is_given_by_somebody_else(db, client, sign_in):
    body = factories.organisation("certification_body")
    chief = factories.user(body, "organisation_admin")
    db.session.commit()
    seat = chief.memberships[0].id
    sign_in(client, chief)
    typed = {"roles": ["organisation_admin", "decision_maker"]}
    answer = client.post(f"/organisation/members/{seat}", data=typed)
    assert answer.status_code == 422
    assert "角色由别人授予" in answer.text


def test_an_own_role_may_be_given_back_and_a_firm_of_one_may_do_all_there_is(db):
    body = factories.actor("certification_body", "organisation_admin", "verifier")
    mine = queries.membership(body.id, body.organisation_id)
    operations.set_roles(body, mine.id, ["organisation_admin"])
    assert mine.roles == {"organisation_admin"}
    maker = factories.actor("manufacturer", "organisation_admin")
    theirs = queries.membership(maker.id, maker.organisation_id)
    operations.set_roles(maker, theirs.id, ["organisation_admin", "applicant"])
    assert theirs.roles == {"organisation_admin", "applicant"}


def test_who_works_for_a_certification_body_works_for_no_other(db, admin, body):
    person = factories.user(factories.organisation("certification_body"), "verifier")
    for taking in (
        lambda: operations.enrol(SYSTEM, person.id, body.id, ["verifier"]),
        lambda: operations.invite(admin, person.email, ["verifier"]),
    ):
        with pytest.raises(Invalid, match="member-of-another-body"):
            taking()
    person.memberships[0].active = False
    assert operations.enrol(SYSTEM, person.id, body.id, ["verifier"]).active


def test_who_works_for_a_body_may_sit_elsewhere_too(db):
    person = factories.user(factories.organisation("certification_body"), "verifier")
    laboratory = factories.organisation("testing_body")
    assert operations.enrol(SYSTEM, person.id, laboratory.id, ["tester"]).roles == {"tester"}


@pytest.mark.parametrize("roles", [(), ("decision_maker", "head_of_body")])
def test_only_the_organisation_admin_sets_roles(db, body, colleague, roles):
    with pytest.raises(NotPermitted) as refusal:
        operations.set_roles(
            factories.actor("certification_body", *roles, of=body), colleague.id, ["decision_maker"]
        )
    assert refusal.value.slug == "not-organisation-admin"


@pytest.mark.parametrize("verb", ["set_roles", "end_membership"])
def test_nobody_tends_another_organisation(db, colleague, verb):
    stranger = factories.actor("certification_body", "organisation_admin")
    more = (["verifier"],) if verb == "set_roles" else ()
    with pytest.raises(NotPermitted):
        getattr(operations, verb)(stranger, colleague.id, *more)


def test_only_administrators_make_and_unmake_administrators(db):
    office = factories.organisation("regulator")
    admin = factories.actor("regulator", "organisation_admin", of=office)
    chief = factories.user(office, "administrator", "regulator").memberships[0]
    other = factories.user(office, "regulator").memberships[0]
    refused = [
        (operations.set_roles, other.id, ["administrator"]),
        (operations.set_roles, chief.id, ["regulator"]),
        (operations.end_membership, chief.id),
        (operations.invite, "new@example.org", ["administrator"]),
    ]
    for verb, *arguments in refused:
        with pytest.raises(NotPermitted) as refusal:
            verb(admin, *arguments)
        assert refusal.value.slug == "not-administrator"
    said = {"roles": ["administrator"], "valid_from": today(), "valid_to": today(), "basis": "任命"}
    [entry] = operations.propose_roles(
        chief.actor(), other.id, evidence=FileStorage(BytesIO(PDF), "任命.pdf"), **said
    )
    with pytest.raises(NotPermitted) as refusal:
        operations.approve_role(admin, entry.id)
    assert refusal.value.slug == "not-administrator"
    operations.approve_role(factories.actor("regulator", "administrator"), entry.id)
    assert other.roles == {"administrator", "regulator"}


@pytest.mark.parametrize("verb", ["set_roles", "end_membership"])
def test_the_last_admin_stays(db, admin, body, verb):
    mine = queries.membership(admin.id, body.id)
    more = ([],) if verb == "set_roles" else ()
    with pytest.raises(Invalid) as refusal:
        getattr(operations, verb)(admin, mine.id, *more)
    assert refusal.value.slug == "last-admin"
    factories.user(body, "organisation_admin", active=False)
    with pytest.raises(Invalid):  # a locked account could not tend anything
        getattr(operations, verb)(admin, mine.id, *more)
    factories.user(body, "organisation_admin")
    getattr(operations, verb)(admin, mine.id, *more)


def test_who_left_holds_no_role_and_no_token(db, admin, colleague):
    _token, secret = operations.create_token(colleague.actor(), "脚本")
    operations.end_membership(admin, colleague.id)
    assert colleague.actor().roles == frozenset()
    with pytest.raises(NotPermitted):
        operations.authenticate_token(secret)
    with pytest.raises(NotFound):
        operations.end_membership(admin, colleague.id)


def test_who_comes_back_holds_no_old_role_and_no_old_token(db, admin, colleague):
    _token, old = operations.create_token(colleague.actor(), "脚本")
    operations.end_membership(admin, colleague.id)
    _invitation, secret = operations.invite(admin, colleague.user.email, [])
    again = operations.accept_invitation(colleague.user.actor(), secret)
    assert (again.id, again.roles) == (colleague.id, frozenset())
    with pytest.raises(NotPermitted):
        operations.authenticate_token(old)


@pytest.mark.parametrize("verb", ["enrol", "register_user", "set_password", "set_active"])
def test_only_administrators_open_and_tend_accounts(db, admin, colleague, verb):
    arguments = {
        "enrol": (colleague.user_id, colleague.organisation_id, ["verifier"]),
        "register_user": ("a@b.cn", "某人"),
        "set_password": (colleague.user_id, "a new password"),
        "set_active": (colleague.user_id, False),
    }
    with pytest.raises(NotPermitted) as refusal:
        getattr(operations, verb)(admin, *arguments[verb])
    assert refusal.value.slug == "not-administrator"


def test_enrolling_a_member_again_adds_roles(db, colleague):
    again = operations.enrol(SYSTEM, colleague.user_id, colleague.organisation_id, ["lead_verifier"])
    assert (again.id, again.roles) == (colleague.id, {"verifier", "lead_verifier"})


@pytest.mark.parametrize("row", [Grant, Membership])
def test_the_database_too_refuses_a_role_or_a_seat_twice(db, colleague, row):
    twice = {
        Grant: Grant(membership_id=colleague.id, role="verifier"),
        Membership: Membership(user_id=colleague.user_id, organisation_id=colleague.organisation_id),
    }
    db.session.add(twice[row])
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_lists_for_assignment_hold_who_may_act_and_nobody_else(db, body):
    kept = factories.user(body, "verifier", name="乙")
    also = factories.user(body, "verifier", "tester", name="甲")
    factories.user(body, "verifier", active=False)
    factories.user(body, "verifier").memberships[0].active = False
    factories.user(body, "case_officer")
    factories.user(factories.organisation("certification_body"), "verifier")
    found = queries.memberships_with_role(body.id, "verifier")
    assert {seat.user for seat in found} == {kept, also}
    assert {kept.id, also.id} < queries.staff_ids(body.id)
    assert [seat.user.name for seat in found] == sorted(seat.user.name for seat in found)


def test_staff_is_who_belongs_today_and_names_outlast_that(db, body):
    kept, left = factories.user(body, name="乙"), factories.user(body, name="甲")
    left.memberships[0].active = False
    locked = factories.user(body, active=False)
    assert queries.staff_ids(body.id) == {kept.id}
    assert queries.names_of({left.id, kept.id}) == ["乙", "甲"]
    assert queries.names_of({locked.id}) == [locked.name]
    assert queries.names_of(set()) == []


def test_colleagues_see_each_other_and_no_others(db, body, admin, colleague):
    factories.user(factories.organisation("certification_body"))
    assert {seat.user_id for seat in queries.members(admin)} == {admin.id, colleague.user_id}
    assert queries.members(operations.register_user(SYSTEM, "a@b.cn", "独行者").actor()) == []
