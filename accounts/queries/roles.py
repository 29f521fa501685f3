"""Roles that were proposed, for those who tend them."""

from sqlalchemy import Select, select

from accounts.actor import Actor
from accounts.models import Membership, RoleProposal
from core.db import db
from core.errors import NotFound, NotPermitted


def role_proposals(actor: Actor) -> Select[RoleProposal]:
    """Those of the actor's organisation, or of every one for an administrator: what waits first, then the
    newest; for `core.web.paginate`."""
    query = select(RoleProposal).join(RoleProposal.membership)
    if "administrator" not in actor.roles:
        if actor.organisation_id is None or not actor.tends(actor.organisation_id):
            raise NotPermitted("not-organisation-admin")
        query = query.where(Membership.organisation_id == actor.organisation_id)
    return query.order_by(RoleProposal.decided_at.is_not(None), RoleProposal.id.desc())


def proposals_for(membership: Membership) -> list[RoleProposal]:
    """What still waits for a second person, of one member."""
    query = select(RoleProposal).where(
        RoleProposal.membership_id == membership.id, RoleProposal.decided_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(RoleProposal.id)))


def role_proposal(actor: Actor, proposal_id: int) -> RoleProposal:
    found = db.session.get(RoleProposal, proposal_id)
    if found is None or not actor.tends(found.membership.organisation_id):
        raise NotFound("role-proposal-unknown")
    return found
