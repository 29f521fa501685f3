"""Who belongs to an organisation, and which roles they hold there."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from accounts import queries
from accounts.actor import Actor
from accounts.models import Grant, Membership, Organisation, RoleProposal, User
from accounts.operations.checks import (
    among_administrators,
    by_two_people,
    grantable,
    managed_member,
    not_for_oneself,
    not_the_last_admin,
    of_one_body,
)
from accounts.operations.sessions import end_sessions
from accounts.operations.tokens import revoke_tokens
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.lifecycle import MOST_LISTED


def enrol(actor: Actor, user_id: int, organisation_id: int, roles: Iterable[str]) -> Membership:
    """Make a person a member, or add to what a member may do: the house itself, from its command line."""
    if "system" not in actor.roles:
        raise NotPermitted("not-administrator")
    organisation, roles = queries.organisation(organisation_id), set(roles)
    grantable(actor, organisation.kind, roles)
    return begin_membership(actor, queries.user(user_id), organisation, roles)


def set_roles(actor: Actor, membership_id: int, roles: Iterable[str]) -> None:
    """Revoke, and where one person may be all there is grant, until the member holds exactly `roles`."""
    membership, given = managed_member(actor, membership_id), list(roles)
    if len(given) > MOST_LISTED:
        raise Invalid("list-too-long", {"roles": "list-too-long"}, most=MOST_LISTED)
    wanted = set(given)
    grantable(actor, membership.organisation.kind, wanted - membership.roles)
    not_for_oneself(actor, membership.user_id, membership.organisation.kind, wanted - membership.roles)
    by_two_people(membership.organisation.kind, wanted - membership.roles)
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
    for role in sorted(grant.role for grant in membership.grants):
        _revoke(actor, membership, role)
    drop_proposals(actor, membership)
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
    _replace(membership, Grant(role=role, approved_by=actor.label))
    audit.record(actor, "role.grant", _subject(membership), role=role)


def put_in_force(actor: Actor, entry: RoleProposal) -> None:
    """What two people said becomes a grant; it carries on one of the same role that stands."""
    stands = standing_until(entry.membership, entry.role, entry.valid_from)
    first = stands.valid_from if stands else max(entry.valid_from, today())
    made = Grant(role=entry.role, valid_from=first, valid_to=entry.valid_to, approved_by=actor.label)
    _replace(entry.membership, made)
    said = {"role": entry.role, "from": max(entry.valid_from, today()), "to": entry.valid_to}
    said |= {"proposed_by": entry.proposed_by}
    audit.record(actor, "role.grant", _subject(entry.membership), **said)


def standing_until(membership: Membership, role: str, first: date) -> Grant | None:
    """The grant of this role that another one from `first` would carry on, or cut short; None where none
    stands.  Between the two no day may be left out, since one of them is kept."""
    found = [grant for grant in membership.grants if grant.role == role and grant.in_force_on(today())]
    for grant in found:
        if grant.valid_to is not None and first > grant.valid_to + timedelta(days=1):
            raise Invalid("role-stands", {"valid_from": "role-stands"}, day=grant.valid_to.isoformat())
    return found[0] if found else None


def _replace(membership: Membership, made: Grant) -> None:
    membership.grants[:] = [grant for grant in membership.grants if grant.role != made.role]
    db.session.flush()
    membership.grants.append(made)
    db.session.flush()


def drop_proposals(actor: Actor, membership: Membership) -> None:
    """What still waits for a second person waits no more for somebody who left."""
    waiting = select(RoleProposal).where(
        RoleProposal.membership_id == membership.id, RoleProposal.decided_at.is_(None)
    )
    for entry in db.session.scalars(waiting.order_by(RoleProposal.id)):
        entry.decided_by_id, entry.decided_by, entry.decided_at = actor.id, actor.label, now()
        audit.record(actor, "role.decline", _subject(membership), role=entry.role)


def _revoke(actor: Actor, membership: Membership, role: str) -> None:
    membership.grants[:] = [grant for grant in membership.grants if grant.role != role]
    db.session.flush()
    audit.record(actor, "role.revoke", _subject(membership), role=role)


def _subject(membership: Membership) -> str:
    return f"organisation/{membership.organisation_id}/user/{membership.user_id}"
