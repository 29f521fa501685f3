"""What somebody had typed when the sign-in ran out is kept for a day."""

import secrets
from datetime import timedelta

from sqlalchemy import delete

from accounts.models import HeldForm
from accounts.queries import digest
from core.clock import now
from core.db import db

LASTS = timedelta(hours=24)


def hold_form(path: str, fields: list[tuple[str, str]], omitted: list[str]) -> str:
    """Keep what was typed; returns the secret that finds it again.

    `omitted` names what cannot be kept: files, by their names, and passwords.
    """
    db.session.execute(delete(HeldForm).where(HeldForm.expires_at <= now()))
    secret = secrets.token_urlsafe(24)
    held = HeldForm(
        digest=digest(secret),
        path=path,
        fields=[list(field) for field in fields],
        omitted=omitted,
        expires_at=now() + LASTS,
    )
    db.session.add(held)
    db.session.flush()
    return secret


def drop_held_form(secret: str) -> None:
    db.session.execute(delete(HeldForm).where(HeldForm.digest == digest(secret)))
