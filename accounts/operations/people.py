"""Accounts of people: opening, entering, locking."""

from accounts import passwords, queries
from accounts.actor import Actor
from accounts.models import User
from accounts.operations.checks import administrator, email_address, present
from accounts.operations.sessions import begin_session, end_sessions
from accounts.operations.tokens import revoke_tokens
from core import audit, columns
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted

LANGUAGES = ("zh", "en")


def register_user(actor: Actor, email: str, name: str, password: str = "", **more: object) -> User:
    """Open an account (`language`, `demo`).  For administrators and the system.

    Without a password nobody can sign in to it until `set_password`.
    """
    administrator(actor)
    return open_account(actor, email, name, passwords.hashed(password) if password else "", **more)


def open_account(actor: Actor, email: str, name: str, password_hash: str, **more: object) -> User:
    email = email_address(email)
    if queries.user_by_email(email):
        raise Invalid("email-taken", fields={"email": "email-taken"})
    user = User(email=email, name=_name(name), password_hash=password_hash, **more)
    db.session.add(user)
    db.session.flush()
    audit.record(actor, "user.register", f"user/{user.id}", email=email)
    return user


def _name(given: str) -> str:
    """What a person is called; forms ask for it as `person`, beside the name of an organisation."""
    return columns.taken(User.name, present(given, "person"), "person")


def update_profile(actor: Actor, name: str, language: str) -> None:
    if language not in LANGUAGES:
        raise Invalid("language-unknown", fields={"language": "language-unknown"})
    user = queries.user(actor.id)
    user.name, user.language = _name(name), language
    audit.record(actor, "user.update", f"user/{user.id}", name=user.name, language=language)


def change_password(actor: Actor, current: str, password: str) -> None:
    """Change the actor's own password and end every session and token of before."""
    user = queries.user(actor.id)
    password_hash = passwords.hashed(password)
    if not passwords.matches(current, user.password_hash):
        raise Invalid("password-wrong", fields={"current": "password-wrong"})
    _replace_password(actor, user, password_hash)
    begin_session(user)


def set_password(actor: Actor, user_id: int, password: str) -> None:
    """Replace a forgotten password.  For administrators and the system."""
    administrator(actor)
    _replace_password(actor, queries.user(user_id), passwords.hashed(password))


def _replace_password(actor: Actor, user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    audit.record(actor, "user.password", f"user/{user.id}")
    shut_out(actor, user)


def shut_out(actor: Actor, user: User) -> None:
    """End whatever speaks for a person without asking for the password."""
    end_sessions(user)
    for membership in user.memberships:
        revoke_tokens(actor, membership)


def set_active(actor: Actor, user_id: int, active: bool) -> None:
    """Lock an account, which ends its sessions and tokens, or open it again."""
    administrator(actor)
    user = queries.user(user_id)
    user.active = active
    audit.record(actor, "user.unlock" if active else "user.lock", f"user/{user.id}")
    shut_out(actor, user)


def authenticate(email: str, password: str) -> User:
    """Whose account this is; the same refusal, after the same time, for every wrong answer.

    Only reads, so that nothing need be locked while the password is weighed; `sign_in` writes it down.
    """
    user = queries.user_by_email(email)
    if not passwords.matches(password, user.password_hash if user else "") or user is None:
        raise NotPermitted("sign-in-failed")
    if not user.active:
        raise NotPermitted("account-locked")
    return user


def sign_in(user_id: int) -> User:
    """Begin a session for whoever gave the right password."""
    user = queries.user(user_id)
    begin_session(user)
    audit.record(user.actor(), "user.sign-in", f"user/{user.id}")
    return user


def enter_demonstration(user_id: int) -> User:
    """Sign in as a demonstration account, without a password; no other account can be entered so."""
    user = queries.user(user_id)
    if not (user.demo and user.active):
        raise NotFound("user-unknown")
    return sign_in(user_id)
