"""Who belongs to an organisation, and which roles they hold there."""

from collections.abc import Iterable

from accounts import queries
from accounts.actor import Actor
from accounts.models import Grant, Membership, Organisation, User
from accounts.operations.checks import (
    administrator,
    among_administrators,
    grantable,
    managed_member,
    not_for_oneself,
    not_the_last_admin,
    of_one_body,
)
from accounts.operations.sessions import end_sessions
from accounts.operations.tokens import revoke_tokens
from core import audit
from core.db import db


def enrol(actor: Actor, user_id: int, organisation_id: int, roles: Iterable[str]) -> Membership:
    """Make a person a member, or add to what a member may do.  For administrators and the system."""
    administrator(actor)
    organisation, roles = queries.organisation(organisation_id), set(roles)
    grantable(actor, organisation.kind, roles)
    not_for_oneself(actor, user_id, organisation.kind, roles)
    return begin_membership(actor, queries.user(user_id), organisation, roles)


def set_roles(actor: Actor, membership_id: int, roles: Iterable[str]) -> None:
    """Grant and revoke until the member holds exactly `roles`."""
    membership, wanted = managed_member(actor, membership_id), set(roles)
    grantable(actor, membership.organisation.kind, wanted - membership.roles)
    not_for_oneself(actor, membership.user_id, membership.organisation.kind, wanted - membership.roles)
    among_administrators(actor, membership.roles - wanted)
    if "organisation_admin" not in wanted:
        not_the_last_admin(membership)
    for role in sorted(membership.roles - wanted):
        _revoke(actor, membership, role)
    for role in sorted(wanted - membership.roles):
        _grant(actor, membership, role)


def end_membership(actor: Actor, membership_id: int) -> None:
    """A colleague leaves: roles, tokens and sessions end, and coming back takes a new invitation."""
    membership = managed_member(actor, membership_id)
    among_administrators(actor, membership.roles)
    not_the_last_admin(membership)
    revoke_tokens(actor, membership)
    end_sessions(membership.user)
    for role in sorted(membership.roles):
        _revoke(actor, membership, role)
    membership.active = False
    audit.record(actor, "membership.end", _subject(membership))


def begin_membership(
    actor: Actor, user: User, organisation: Organisation, roles: Iterable[str]
) -> Membership:
    of_one_body(user, organisation)
    membership = queries.membership(user.id, organisation.id)
    if membership is None:
        membership = Membership(user=user, organisation=organisation)
        db.session.add(membership)
        db.session.flush()
    membership.active = True
    audit.record(actor, "membership.begin", _subject(membership), user=user.email)
    for role in sorted(set(roles) - membership.roles):
        _grant(actor, membership, role)
    return membership


def _grant(actor: Actor, membership: Membership, role: str) -> None:
    membership.grants.append(Grant(role=role))
    db.session.flush()
    audit.record(actor, "role.grant", _subject(membership), role=role)


def _revoke(actor: Actor, membership: Membership, role: str) -> None:
    membership.grants[:] = [grant for grant in membership.grants if grant.role != role]
    db.session.flush()
    audit.record(actor, "role.revoke", _subject(membership), role=role)


def _subject(membership: Membership) -> str:
    return f"organisation/{membership.organisation_id}/user/{membership.user_id}"
