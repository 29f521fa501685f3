"""Sessions begin with a password and end on the server: what a cookie says is worth what is kept here."""

import secrets

from sqlalchemy import ColumnElement, delete, update

from accounts import queries
from accounts.models import SignIn, User
from accounts.models.sign_in import LONGEST_SESSION
from core.clock import real_now
from core.db import db


def begin_session(user: User) -> None:
    """Let the person in; the key for the cookie is `user.get_id()`, and nowhere else."""
    user.session_secret = secrets.token_urlsafe(24)
    db.session.add(SignIn(user_id=user.id, digest=queries.digest(user.session_secret)))
    db.session.flush()


def end_session(secret: str) -> None:
    """End one session, whoever still holds its cookie."""
    _end(SignIn.digest == queries.digest(secret))


def end_sessions(user: User) -> None:
    """End every session of a person."""
    _end(SignIn.user_id == user.id)


def _end(which: ColumnElement[bool]) -> None:
    ending = update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=real_now())
    db.session.execute(ending)


def drop_old_sessions() -> None:
    """What has run out lets nobody in any more, and need not be kept."""
    db.session.execute(delete(SignIn).where(SignIn.began_at < real_now() - LONGEST_SESSION))
