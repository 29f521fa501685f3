"""What opens an account: a password at the page, a token at the API."""

import hashlib
from datetime import timedelta

import pytest
from argon2 import extract_parameters

from accounts import operations, passwords, queries
from accounts.actor import SYSTEM
from accounts.models import ApiToken
from core import clock
from core.audit import Entry
from core.errors import Invalid, NotFound, NotPermitted
from tests import factories


@pytest.fixture
def user(db):
    return operations.register_user(SYSTEM, "wang@example.org", "王五", "correct horse")


@pytest.fixture
def actor(db):
    return factories.actor("manufacturer", "applicant")


def test_passwords_are_hashed_with_argon2_as_it_was_decided():
    found = extract_parameters(passwords.hashed("correct horse"))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19456, 2, 1)


def test_the_same_password_has_another_hash_each_time():
    assert passwords.hashed("correct horse") != passwords.hashed("correct horse")


@pytest.mark.parametrize("email", ["wang@example.org", " WANG@Example.org "])
def test_the_right_password_opens_the_account(user, email):
    assert operations.authenticate(email, "correct horse") is user


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("wang@example.org", "wrong horse"),
        ("wang@example.org", "Correct horse"),
        ("wang@example.org", ""),
        ("nobody@example.org", "correct horse"),
        ("", ""),
    ],
)
def test_every_wrong_answer_is_refused_alike(user, email, password):
    with pytest.raises(NotPermitted) as refusal:
        operations.authenticate(email, password)
    assert (refusal.value.slug, refusal.value.detail) == ("sign-in-failed", {})


def test_an_unknown_address_costs_as_much_time_as_a_known_one(user, monkeypatch):
    weighed = []
    verify = type(passwords._hasher).verify
    monkeypatch.setattr(
        type(passwords._hasher), "verify", lambda *args: weighed.append(args[1]) or verify(*args)
    )
    for email in ("wang@example.org", "nobody@example.org"):
        with pytest.raises(NotPermitted):
            operations.authenticate(email, "wrong horse")
    assert len(weighed) == 2
    assert extract_parameters(weighed[0]) == extract_parameters(weighed[1])


def test_an_account_without_a_password_opens_for_none(db):
    operations.register_user(SYSTEM, "invited@example.org", "新人")
    for password in ("", "nobody has this password"):
        with pytest.raises(NotPermitted):
            operations.authenticate("invited@example.org", password)


def test_a_locked_account_says_so_only_to_whoever_has_the_password(user):
    operations.set_active(SYSTEM, user.id, False)
    with pytest.raises(NotPermitted) as refusal:
        operations.authenticate(user.email, "correct horse")
    assert refusal.value.slug == "account-locked"
    with pytest.raises(NotPermitted) as refusal:
        operations.authenticate(user.email, "wrong horse")
    assert refusal.value.slug == "sign-in-failed"
    operations.set_active(SYSTEM, user.id, True)
    assert operations.authenticate(user.email, "correct horse")


def test_signing_in_is_written_down(user, db):
    operations.sign_in(user.id)
    last = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (last.verb, last.subject, last.actor) == ("user.sign-in", f"user/{user.id}", "王五")


def test_only_demonstration_accounts_can_be_entered_without_a_password(user, db):
    shown = operations.register_user(SYSTEM, "demo@example.org", "演示", demo=True)
    locked = operations.register_user(SYSTEM, "old@example.org", "演示", demo=True, active=False)
    assert operations.enter_demonstration(shown.id) is shown
    for other in (user.id, locked.id, 10**6, 0):
        with pytest.raises(NotFound, match="user-unknown"):
            operations.enter_demonstration(other)
    assert queries.demonstration_users() == [shown]


def test_changing_the_password_asks_for_the_current_one_and_ends_every_session(user):
    operations.begin_session(user)
    session = user.get_id()
    with pytest.raises(Invalid) as refusal:
        operations.change_password(user.actor(), "wrong horse", "battery staple")
    assert refusal.value.fields == {"current": "password-wrong"}
    assert queries.user_of_session(session) is user
    operations.change_password(user.actor(), "correct horse", "battery staple")
    assert operations.authenticate(user.email, "battery staple")
    assert queries.user_of_session(session) is None
    assert queries.user_of_session(user.get_id()) is user


@pytest.mark.parametrize("session", ["", "1", "x-y", "-", "999999-key"])
def test_a_session_nobody_has_speaks_for_nobody(db, session):
    assert queries.user_of_session(session) is None


def test_a_session_is_read_in_one_query(user, db, queries_counted):
    of = factories.organisation("certification_body")
    operations.enrol(SYSTEM, user.id, of.id, ["verifier", "case_officer"])
    operations.enrol(SYSTEM, user.id, factories.organisation().id, ["applicant"])
    operations.begin_session(user)
    db.session.commit()
    key = user.get_id()
    db.session.expunge_all()
    with queries_counted() as asked:
        found = queries.user_of_session(key)
        assert [seat.actor().roles for seat in found.open_memberships] == [
            {"verifier", "case_officer"},
            {"applicant"},
        ]
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1, asked


def test_a_token_speaks_for_its_maker_where_it_was_made(actor):
    _token, secret = operations.create_token(actor, " 脚本 ")
    assert secret.startswith("tb_")
    assert operations.authenticate_token(secret).actor() == actor
    assert [token.name for token in queries.tokens(actor)] == ["脚本"]


def test_nobody_has_tokens_without_end(actor, monkeypatch):
    monkeypatch.setattr(operations.tokens, "MOST_TOKENS", 2)
    first, _secret = operations.create_token(actor, "甲")
    operations.create_token(actor, "乙")
    with pytest.raises(Invalid) as refused:
        operations.create_token(actor, "丙")
    assert (refused.value.fields, refused.value.detail) == ({"name": "list-too-long"}, {"most": 2})
    operations.revoke_token(actor, first.id)
    operations.create_token(actor, "丙")


def test_of_a_token_only_its_hash_is_kept(actor, db):
    _token, secret = operations.create_token(actor, "脚本")
    kept = db.session.query(ApiToken).one()
    assert kept.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(vars(kept))


def test_a_revoked_token_is_refused(actor):
    token, secret = operations.create_token(actor, "脚本")
    operations.revoke_token(actor, token.id)
    with pytest.raises(NotPermitted) as refusal:
        operations.authenticate_token(secret)
    assert refusal.value.slug == "token-refused"
    assert queries.tokens(actor) == []


def test_a_token_works_until_the_end_of_its_last_day(app, actor):
    app.config["TOKEN_DAYS"] = 30
    token, secret = operations.create_token(actor, "脚本")
    assert token.expires_on == clock.today() + timedelta(days=30)
    with clock.travel(clock.now() + timedelta(days=30)):
        assert operations.authenticate_token(secret).actor() == actor
    with clock.travel(clock.now() + timedelta(days=31)), pytest.raises(NotPermitted) as refusal:
        operations.authenticate_token(secret)
    assert refusal.value.slug == "token-expired"


def test_the_day_a_token_was_last_used_is_written_down_apart_from_its_use(actor, db):
    token, secret = operations.create_token(actor, "脚本")
    other, _secret = operations.create_token(actor, "没有用过")
    operations.authenticate_token(secret)
    db.session.commit()
    assert token.used_on is None
    with clock.travel(clock.now() + timedelta(days=3)):
        operations.authenticate_token(secret)
        later = clock.today()
    for _ in range(2):
        operations.note_used_tokens()
        db.session.commit()
        assert (token.used_on, other.used_on) == (later, None)


def test_what_another_process_noted_later_is_not_put_back(actor, db):
    token, secret = operations.create_token(actor, "脚本")
    operations.authenticate_token(secret)
    token.used_on = later = clock.today() + timedelta(days=1)
    db.session.commit()
    operations.note_used_tokens()
    db.session.commit()
    assert token.used_on == later


def test_the_use_of_a_token_is_never_noted_at_another_that_has_its_number(actor, db):
    db.session.commit()
    token, secret = operations.create_token(actor, "脚本")
    operations.authenticate_token(secret)
    number = token.id
    db.session.rollback()  # as a database that is put back, or another one: its number is given again
    other, _secret = operations.create_token(actor, "另一个")
    assert other.id == number
    operations.note_used_tokens()
    db.session.commit()
    assert other.used_on is None


@pytest.mark.parametrize("secret", ["", "tb_", "tb_wrong", "digest"])
def test_an_unknown_token_is_refused(actor, secret, db):
    token, _secret = operations.create_token(actor, "脚本")
    with pytest.raises(NotPermitted):
        operations.authenticate_token(token.digest if secret == "digest" else secret)


def test_the_token_of_a_locked_account_is_refused(actor):
    _token, secret = operations.create_token(actor, "脚本")
    operations.set_active(SYSTEM, actor.id, False)
    with pytest.raises(NotPermitted):
        operations.authenticate_token(secret)


def test_nobody_revokes_the_token_of_another(actor):
    token, secret = operations.create_token(actor, "脚本")
    with pytest.raises(NotFound, match="token-unknown"):
        operations.revoke_token(factories.actor("manufacturer", "organisation_admin"), token.id)
    assert operations.authenticate_token(secret)


def test_without_a_seat_there_is_nothing_a_token_could_speak_for(user):
    with pytest.raises(NotPermitted) as refusal:
        operations.create_token(user.actor(), "脚本")
    assert refusal.value.slug == "membership-missing"


def test_a_token_needs_a_name(actor):
    with pytest.raises(Invalid) as refusal:
        operations.create_token(actor, " ")
    assert refusal.value.fields == {"name": "account-name-missing"}


def test_a_profile_has_a_name_and_one_of_two_languages(user):
    operations.update_profile(user.actor(), " 王小五 ", "en")
    assert (user.name, user.language) == ("王小五", "en")
    for name, language, fields in (
        (" ", "en", {"person": "account-name-missing"}),
        ("王", "fr", {"language": "language-unknown"}),
    ):
        with pytest.raises(Invalid) as refusal:
            operations.update_profile(user.actor(), name, language)
        assert refusal.value.fields == fields
