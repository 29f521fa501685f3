"""Roles by two people: one proposes, on evidence and for a span of days, another approves.

Sources: ISO/IEC 17065 6.1.2 and 6.2.1, 认证认可条例 art. 22 (two hands).  That neither of the two is the
person concerned is the choice of this house.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts import queries
from accounts.actor import KEEPERS, Actor
from accounts.models import Membership, RoleProposal
from accounts.notices import Message, a_word
from accounts.operations import inbox
from accounts.operations.checks import (
    grantable,
    not_for_oneself,
    tended_member,
    unattended,
)
from accounts.operations.members import put_in_force, standing_until
from core import audit, files
from core.clock import now, today
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.machine import Facts


def propose_roles(
    actor: Actor,
    membership_id: int,
    *,
    roles: Iterable[str],
    valid_from: date | None,
    valid_to: date | None,
    basis: str,
    evidence: FileStorage | None,
) -> list[RoleProposal]:
    """Propose roles for a member, each a proposal of its own, which somebody else approves.

    Where nobody tends the organisation, an administrator of the house seats its first one alone.
    """
    membership, wanted = tended_member(actor, membership_id), list(dict.fromkeys(roles))
    if not (wanted and valid_from and valid_to and basis.strip() and evidence):
        given: Facts = {"roles": wanted, "valid_from": valid_from, "valid_to": valid_to}
        given |= {"basis": basis.strip(), "evidence": evidence}
        missing = [name for name, value in given.items() if not value]
        raise Invalid("role-proposal-incomplete", dict.fromkeys(missing, "role-proposal-incomplete"))
    grantable(actor, membership.organisation.kind, wanted)
    not_for_oneself(actor, membership.user_id, membership.organisation.kind, wanted)
    _check_span(valid_from, valid_to)
    _none_waits(membership, wanted)
    for role in wanted:
        standing_until(membership, role, valid_from)
    stored = files.store(evidence.stream, evidence.filename or "")
    alone = unattended(actor, membership.organisation_id, wanted)
    made = [
        RoleProposal(
            membership=membership,
            role=role,
            basis=basis.strip(),
            evidence=stored.digest,
            evidence_name=stored.name,
            valid_from=valid_from,
            valid_to=valid_to,
            proposed_by_id=actor.id,
            proposed_by=actor.label,
        )
        for role in wanted
    ]
    db.session.add_all(made)
    db.session.flush()
    for entry in made:
        said = {"role": entry.role, "from": valid_from, "to": valid_to, "file": stored.digest}
        audit.record(actor, "role.propose", subject_of(membership), **said)
        if not alone:
            _ask_a_second(actor, entry)
        else:
            _decide(actor, entry, approved=True)
            entry.decided_by_id = None  # the house, not the person: nobody else is there to be the second
            put_in_force(actor, entry)
    return made


def _ask_a_second(actor: Actor, entry: RoleProposal) -> None:
    """Everybody who may approve is told: neither who proposed nor the person concerned."""
    seat = entry.membership
    people = queries.holders(seat.organisation_id, KEEPERS) - {entry.proposed_by_id, seat.user_id}
    message = Message(
        kind="role.proposed",
        group="task",
        subject=f"role_proposal/{entry.id}",
        reference=seat.user.name,
        link="/organisation/roles",
        facts={"who": seat.user.name, "role": a_word(f"role.{entry.role}"), "by": actor.label},
        asks=True,
    )
    inbox.tell(people, message)


def approve_role(actor: Actor, proposal_id: int) -> RoleProposal:
    """The second person approves: the role is in force from its first day, or from today."""
    entry = _to_decide(actor, proposal_id)
    if actor.id == entry.proposed_by_id:
        raise Invalid("role-own-proposal")
    grantable(actor, entry.membership.organisation.kind, [entry.role])
    not_for_oneself(actor, entry.membership.user_id, entry.membership.organisation.kind, [entry.role])
    if entry.valid_to < today():
        raise Invalid("role-proposal-over")
    _decide(actor, entry, approved=True)
    put_in_force(actor, entry)
    inbox.settle(f"role_proposal/{entry.id}", by=actor.id, everybody=True)
    return entry


def decline_role(actor: Actor, proposal_id: int, reason: str) -> RoleProposal:
    """Say no with a reason, or take the own proposal back."""
    entry = _to_decide(actor, proposal_id)
    if not reason.strip():
        raise Invalid("role-decline-reason", {"reason": "role-decline-reason"})
    _decide(actor, entry, reason=reason.strip())
    inbox.settle(f"role_proposal/{entry.id}", by=actor.id, everybody=True)
    audit.record(actor, "role.decline", subject_of(entry.membership), role=entry.role, reason=entry.reason)
    return entry


def subject_of(membership: Membership) -> str:
    return f"organisation/{membership.organisation_id}/user/{membership.user_id}"


def _to_decide(actor: Actor, proposal_id: int) -> RoleProposal:
    entry = queries.role_proposal(actor, proposal_id)
    tended_member(actor, entry.membership_id)
    if not entry.is_open:
        raise OutOfOrder("role-proposal-decided")
    return entry


def _decide(actor: Actor, entry: RoleProposal, *, approved: bool = False, reason: str = "") -> None:
    entry.approved, entry.reason = approved, reason
    entry.decided_by_id, entry.decided_by, entry.decided_at = actor.id, actor.label, now()


def _check_span(valid_from: date, valid_to: date) -> None:
    """Nobody held a role on a day that is past."""
    if valid_from < today():
        raise Invalid("role-from-the-past", {"valid_from": "role-from-the-past"})
    if valid_to < valid_from:
        raise Invalid("role-days-backwards", {"valid_to": "role-days-backwards"})


def _none_waits(membership: Membership, roles: list[str]) -> None:
    waiting = select(RoleProposal.role).where(
        RoleProposal.membership_id == membership.id,
        RoleProposal.role.in_(roles),
        RoleProposal.decided_at.is_(None),
    )
    if db.session.scalar(waiting.limit(1)):
        raise Invalid("role-proposed", {"roles": "role-proposed"})
