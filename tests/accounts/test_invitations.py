"""How colleagues are brought in: by the secret of a link, and only at the address that was invited."""

from datetime import timedelta

import pytest

from accounts import operations, queries
from accounts.actor import NOBODY, SYSTEM
from accounts.models import Invitation
from core.clock import now, travel
from core.errors import Invalid, NotFound, NotPermitted
from tests import factories

pytestmark = pytest.mark.engines("constraints")


@pytest.fixture
def admin(db):
    return factories.actor("certification_body", "organisation_admin")


@pytest.fixture
def offer(admin):
    """offer(email): the secret of a fresh invitation."""
    return lambda email: operations.invite(admin, email, [])[1]


def test_a_new_colleague_opens_an_account_with_the_link(admin, offer):
    seat = operations.join(NOBODY, offer(" Li@Example.ORG "), "李四", "correct horse")
    assert (seat.user.email, seat.user.name) == ("li@example.org", "李四")
    assert (seat.organisation_id, seat.roles) == (admin.organisation_id, frozenset())
    assert operations.authenticate("LI@example.org", "correct horse") is seat.user


# ask 9
@pytest.mark.parametrize("written", ["zhao@example.org", "ZHAO@Example.Org", "  Zhao@EXAMPLE.org"])
def test_the_address_binds_however_it_is_written(offer, written):
    person = factories.user(factories.organisation("testing_body"), email="zhao@example.org")
    seat = operations.accept_invitation(person.actor(), offer(written))
    assert seat.user is person
    assert len(person.open_memberships) == 2


# ask 9
def test_the_address_binds_an_account_that_was_opened_later(offer):
    secret = offer("Late@Example.org")
    later = factories.user(factories.organisation(), email="late@example.org")
    assert operations.accept_invitation(later.actor(), secret).user is later


# ask 9
@pytest.mark.parametrize("invited", ["late@example.org", "LATE@Example.org"])
@pytest.mark.parametrize("opened", ["late@example.org", "Late@EXAMPLE.org"])
def test_an_account_opened_days_later_in_another_spelling_takes_its_seat(admin, offer, invited, opened):
    secret = offer(invited)
    with travel(now() + timedelta(days=13)):
        later = operations.register_user(SYSTEM, opened, "晚到的人")
        seat = operations.accept_invitation(later.actor(), secret)
    assert (seat.user, seat.organisation_id) == (later, admin.organisation_id)


# ask 9
def test_opening_an_account_at_an_invited_address_alone_gives_no_seat(admin, offer):
    offer("claimed@example.org")
    claimant = factories.user(factories.organisation(), email="claimed@example.org")
    assert queries.membership(claimant.id, admin.organisation_id) is None


def test_nobody_else_can_use_the_link(offer):
    other = factories.user(factories.organisation())
    with pytest.raises(NotPermitted) as refusal:
        operations.accept_invitation(other.actor(), offer("li@example.org"))
    assert refusal.value.slug == "invitation-other-address"
    assert refusal.value.detail == {"email": "li@example.org"}


def test_a_link_does_not_open_a_second_account_at_a_known_address(offer):
    factories.user(factories.organisation(), email="li@example.org")
    with pytest.raises(Invalid) as refusal:
        operations.join(NOBODY, offer("li@example.org"), "李四", "correct horse")
    assert refusal.value.slug == "email-taken"


def test_a_link_works_once(offer):
    secret = offer("li@example.org")
    operations.join(NOBODY, secret, "李四", "correct horse")
    with pytest.raises(NotFound) as refusal:
        operations.join(NOBODY, secret, "李四", "correct horse")
    assert refusal.value.slug == "invitation-used"


def test_a_link_runs_out_after_a_fortnight(offer):
    secret = offer("li@example.org")
    with travel(now() + timedelta(days=14, seconds=1)), pytest.raises(NotFound) as refusal:
        operations.join(NOBODY, secret, "李四", "correct horse")
    assert refusal.value.slug == "invitation-expired"


def test_a_wrong_or_withdrawn_link_is_unknown(admin, offer, db):
    secret = offer("li@example.org")
    operations.withdraw_invitation(admin, db.session.query(Invitation).one().id)
    for dead in (secret, "nonsense"):
        with pytest.raises(NotFound) as refusal:
            operations.join(NOBODY, dead, "李四", "correct horse")
        assert refusal.value.slug == "invitation-unknown"


def test_inviting_again_replaces_the_older_link(admin, offer):
    older, newer = offer("li@example.org"), offer("LI@example.org")
    assert [invitation.email for invitation in queries.open_invitations(admin)] == ["li@example.org"]
    with pytest.raises(NotFound):
        queries.invitation(older)
    assert queries.invitation(newer)


def test_only_the_hash_of_the_secret_is_kept(offer, db):
    secret = offer("li@example.org")
    kept = db.session.query(Invitation).one()
    assert len(kept.digest) == 64
    assert secret not in str(vars(kept))


@pytest.mark.parametrize(
    ("email", "roles", "slug"),
    [
        ("li", [], "email-shape"),
        ("li@example.org", ["verifier"], "role-by-two-people"),
        ("li@example.org", ["applicant"], "role-not-of-kind"),
    ],
)
def test_an_invitation_that_cannot_be_right_is_refused(admin, email, roles, slug):
    with pytest.raises(Invalid) as refusal:
        operations.invite(admin, email, roles)
    assert refusal.value.slug == slug
    assert queries.open_invitations(admin) == []


def test_where_one_person_may_be_all_there_is_an_invitation_brings_roles(db):
    maker = factories.actor("manufacturer", "organisation_admin")
    with pytest.raises(Invalid, match="roles-missing"):
        operations.invite(maker, "li@example.org", [])
    _invitation, secret = operations.invite(maker, "li@example.org", ["applicant"])
    assert operations.join(NOBODY, secret, "李四", "correct horse").roles == {"applicant"}


def test_members_are_not_invited_again(admin, db):
    of = queries.organisation(admin.organisation_id)
    member = factories.user(of, "verifier")
    with pytest.raises(Invalid) as refusal:
        operations.invite(admin, member.email.upper(), ["verifier"])
    assert refusal.value.slug == "already-member"


@pytest.mark.parametrize("roles", [(), ("head_of_body",)])
def test_only_the_organisation_admin_invites_and_withdraws(admin, offer, roles, db):
    offer("li@example.org")
    of = queries.organisation(admin.organisation_id)
    colleague = factories.actor("certification_body", *roles, of=of)
    with pytest.raises(NotPermitted):
        operations.invite(colleague, "li@example.org", ["verifier"])
    with pytest.raises(NotPermitted):
        operations.withdraw_invitation(colleague, db.session.query(Invitation).one().id)


def test_an_administrator_invites_the_first_people_of_any_organisation(db):
    chief = factories.actor("regulator", "administrator")
    of = factories.organisation("testing_body")
    offered, _secret = operations.invite(chief, "first@example.org", ["organisation_admin"], of.id)
    assert offered.organisation is of
    stranger = factories.actor("certification_body", "organisation_admin")
    with pytest.raises(NotPermitted):
        operations.invite(stranger, "first@example.org", ["organisation_admin"], of.id)
