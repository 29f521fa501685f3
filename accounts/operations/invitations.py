"""How colleagues are brought in.

The address alone opens nothing, since whoever signs up may claim any address: it takes the
secret of the link, and the account of the address that was invited.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete

from accounts import passwords, queries
from accounts.actor import SYSTEM, Actor
from accounts.models import Invitation, Membership, User
from accounts.operations.checks import (
    OWN_ROLES,
    by_two_people,
    email_address,
    grantable,
    managed,
    no_member_yet,
    not_for_oneself,
    of_one_body,
    unattended,
)
from accounts.operations.members import begin_membership
from accounts.operations.people import open_account
from accounts.operations.sessions import begin_session
from core import audit
from core.clock import now
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted

LASTS = timedelta(days=14)


def invite(
    actor: Actor, email: str, roles: Iterable[str], organisation_id: int | None = None
) -> tuple[Invitation, str]:
    """Offer a seat; returns it with the secret of its link, which is kept nowhere.

    Where roles judge others the seat comes without: they are proposed once somebody sits on it.  Asking the
    same address again replaces the older invitation.
    """
    organisation = managed(actor, organisation_id or actor.organisation_id)
    email, roles = email_address(email), sorted(set(roles))
    if not roles and organisation.kind in OWN_ROLES:
        raise Invalid("roles-missing", fields={"roles": "roles-missing"})
    grantable(actor, organisation.kind, roles)
    no_member_yet(email, organisation)
    if known := queries.user_by_email(email):
        not_for_oneself(actor, known.id, organisation.kind, roles)
        of_one_body(known, organisation)
    if not unattended(actor, organisation.id, roles):
        by_two_people(organisation.kind, roles)
    _replace(organisation.id, email)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        roles=" ".join(roles),
        digest=queries.digest(secret),
        invited_by=actor.id,
        expires_at=now() + LASTS,
    )
    db.session.add(invitation)
    db.session.flush()
    audit.record(actor, "invitation.offer", f"organisation/{organisation.id}", email=email, roles=roles)
    return invitation, secret


def _replace(organisation_id: int, email: str) -> None:
    older = (Invitation.organisation_id == organisation_id) & (Invitation.email == email)
    db.session.execute(delete(Invitation).where(older))


def withdraw_invitation(actor: Actor, invitation_id: int) -> None:
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.accepted_at is not None:
        raise NotFound("invitation-unknown")
    organisation = managed(actor, invitation.organisation_id)
    audit.record(actor, "invitation.withdraw", f"organisation/{organisation.id}", email=invitation.email)
    db.session.delete(invitation)


def accept_invitation(actor: Actor, secret: str) -> Membership:
    """Take the seat; only the account of the address that was invited may, however it was written."""
    invitation = queries.invitation(secret)
    user = queries.user(actor.id)
    if user.email != invitation.email:
        raise NotPermitted("invitation-other-address", email=invitation.email)
    return _take_seat(actor, invitation, user)


def join(actor: Actor, secret: str, name: str, password: str) -> Membership:
    """Open an account for the invited address and take the seat with it."""
    password_hash = passwords.hashed(password)
    invitation = queries.invitation(secret)
    user = open_account(actor, invitation.email, name, password_hash)
    begin_session(user)
    return _take_seat(user.actor(), invitation, user)


def _take_seat(actor: Actor, invitation: Invitation, user: User) -> Membership:
    invitation.accepted_at = now()
    organisation = invitation.organisation
    audit.record(actor, "invitation.accept", f"organisation/{organisation.id}", email=user.email)
    return begin_membership(actor, user, organisation, _roles_at_once(invitation))


def _roles_at_once(invitation: Invitation) -> list[str]:
    """What the seat brings: nothing where two people give roles, unless it seats the first who tends them."""
    roles, of = invitation.roles.split(), invitation.organisation
    return roles if of.kind in OWN_ROLES or unattended(SYSTEM, of.id, roles) else []
