"""Bearer tokens: shown once, kept as SHA-256, speaking for one person in one organisation."""

import secrets
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import or_, update

from accounts import queries
from accounts.actor import Actor
from accounts.models import ApiToken, Membership
from accounts.operations.checks import present
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted

MOST_TOKENS = 50  # that work, of one person in one organisation

_used: dict[str, date] = {}  # by this process, and not yet written down; by the digest


def create_token(actor: Actor, name: str) -> tuple[ApiToken, str]:
    """A token that speaks for the actor in the actor's organisation, and its only plain copy."""
    name = present(name, "name")
    membership = queries.membership(actor.id, actor.organisation_id)
    if membership is None or not membership.active:
        raise NotPermitted("membership-missing")
    if len(queries.tokens(actor)) >= MOST_TOKENS:
        raise Invalid("list-too-long", {"name": "list-too-long"}, most=MOST_TOKENS)
    secret = f"tb_{secrets.token_urlsafe(32)}"
    ends = today() + timedelta(days=current_app.config["TOKEN_DAYS"])
    token = ApiToken(membership=membership, name=name, digest=queries.digest(secret), expires_on=ends)
    db.session.add(token)
    db.session.flush()
    audit.record(actor, "token.create", f"token/{token.id}", name=name)
    return token, secret


def revoke_token(actor: Actor, token_id: int) -> None:
    """Stop one of the actor's own tokens for good."""
    token = db.session.get(ApiToken, token_id)
    if token is None or token.membership.user_id != actor.id:
        raise NotFound("token-unknown")
    _revoke(actor, token)


def revoke_tokens(actor: Actor, membership: Membership) -> None:
    """Stop every token that speaks for a membership."""
    for token in queries.tokens(membership.actor()):
        _revoke(actor, token)


def _revoke(actor: Actor, token: ApiToken) -> None:
    token.revoked_at = token.revoked_at or now()
    audit.record(actor, "token.revoke", f"token/{token.id}", name=token.name)


def authenticate_token(secret: str) -> Membership:
    """The membership a token speaks for."""
    token = queries.token(secret)
    if token is None:
        raise NotPermitted("token-refused")
    if token.expired:
        raise NotPermitted("token-expired")
    _used[token.digest] = today()
    return token.membership


def note_used_tokens() -> None:
    """Write down the day on which each token was last used.

    Done now and then by each web process: whoever only reads must not wait until somebody has written.
    """
    for digest, day in dict(_used).items():
        newer = or_(ApiToken.used_on.is_(None), ApiToken.used_on < day)
        db.session.execute(update(ApiToken).where(ApiToken.digest == digest, newer).values(used_on=day))
        if _used.get(digest) == day:
            del _used[digest]
