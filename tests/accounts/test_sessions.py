"""A session is what the server keeps; the cookie is only its key."""

from datetime import timedelta

import pytest

from accounts import operations
from accounts.actor import SYSTEM
from accounts.models import SignIn
from accounts.operations import sessions
from core.clock import now, real_now, travel
from core.errors import NotPermitted
from tests import factories
from tests.accounts.test_sign_in import give

pytestmark = pytest.mark.engines("chores")

PASSWORD = "correct horse"


@pytest.fixture
def user(db):
    of = factories.organisation()
    user = operations.register_user(SYSTEM, "wang@example.org", "王五", PASSWORD)
    operations.enrol(SYSTEM, user.id, of.id, ["applicant", "organisation_admin"])
    db.session.commit()
    return user


def copied(app, client):
    """Another browser with the same cookie."""
    other = app.test_client()
    cookie = client.get_cookie("session")
    other.set_cookie("session", cookie.value)
    return other


def opens(client) -> bool:
    return client.get("/account").status_code == 200


def test_a_cookie_that_was_copied_opens_nothing_after_signing_out(app, client, user):
    give(client)
    other = copied(app, client)
    assert opens(other)
    client.post("/sign-out")
    assert not opens(other)
    assert other.post("/roles", data={"membership": "1"}).headers["Location"].startswith("/sign-in")


def test_signing_out_in_one_place_ends_no_session_elsewhere(app, client, user):
    give(client)
    elsewhere = app.test_client()
    give(elsewhere)
    client.post("/sign-out")
    assert opens(elsewhere)


def test_signing_out_twice_or_never_having_come_in_is_no_error(app, client, user):
    give(client)
    other = copied(app, client)
    for each in (client, other, app.test_client()):
        assert each.post("/sign-out").status_code == 302


@pytest.mark.parametrize("happens", ["password", "lock", "leave"])
def test_what_ends_trust_ends_every_session_and_token_on_the_server(db, app, client, user, happens):
    give(client)
    membership = user.memberships[0]
    _token, secret = operations.create_token(membership.actor(), "脚本")
    admin = factories.actor(membership.organisation.kind, "organisation_admin", of=membership.organisation)
    match happens:
        case "password":
            operations.set_password(SYSTEM, user.id, "battery staple")
        case "lock":
            operations.set_active(SYSTEM, user.id, False)
            operations.set_active(SYSTEM, user.id, True)
        case "leave":
            operations.end_membership(admin, membership.id)
    assert not opens(client)
    with pytest.raises(NotPermitted):
        operations.authenticate_token(secret)


def test_a_session_ends_after_twelve_hours_however_busy(db, app, client, user):
    give(client)
    session = db.session.query(SignIn).one()
    session.began_at = real_now() - timedelta(hours=11, minutes=59)
    assert opens(client)
    session.began_at = real_now() - timedelta(hours=12, minutes=1)
    assert not opens(client)
    sessions.drop_old_sessions()
    assert db.session.query(SignIn).count() == 0


def test_a_demonstration_that_moves_its_clock_signs_nobody_out(app, client, user):
    give(client)
    with travel(now() + timedelta(days=300)):
        assert opens(client)


def test_the_secret_of_a_session_is_not_kept(db, app, client, user):
    give(client)
    with client.session_transaction() as session:
        secret = session["_user_id"]
    assert secret not in str([vars(row) for row in db.session.query(SignIn)])
