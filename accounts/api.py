"""Who holds which role from when to when, for programs of those who tend an organisation."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts import operations, queries, shapes
from accounts.operations.checks import tended_member
from accounts.session import current_actor
from core.api import asked_in, described, handed_in
from core.clock import today
from core.db import db
from core.errors import NotPermitted
from core.once import repeatable
from core.step.shapes import Nothing
from core.web import json_response, paginate

bp = Blueprint("roles_api", __name__, url_prefix="/api/v1")


@bp.get("/members")
@described("roles", answer=shapes.MembersAnswer)
def members() -> ResponseReturnValue:
    """The members of the caller's organisation and what each may do, from when to when."""
    actor = current_actor()
    if actor.organisation_id is None or not actor.tends(actor.organisation_id):
        raise NotPermitted("not-organisation-admin")
    found = queries.members(actor)
    return json_response({"items": [shapes.member(seat, today()) for seat in found]})


@bp.post("/members/<id:member_id>/roles")
@described("roles", json=shapes.Kept, answer=shapes.MemberAnswer)
@repeatable
def keep_roles(member_id: int) -> ResponseReturnValue:
    """Say which roles a member keeps: the others end at once.  What is new is proposed."""
    tended_member(current_actor(), member_id)
    operations.set_roles(current_actor(), member_id, handed_in(shapes.Kept).roles)
    db.session.commit()
    return json_response(shapes.member(tended_member(current_actor(), member_id), today()))


@bp.post("/members/<id:member_id>/proposals")
@described("roles", form=shapes.Proposed, status=201, answer=shapes.ProposalsAnswer)
def propose_roles(member_id: int) -> ResponseReturnValue:
    """Propose roles for a member, each a proposal of its own; somebody else approves it."""
    tended_member(current_actor(), member_id)
    made = operations.propose_roles(current_actor(), member_id, **handed_in(shapes.Proposed).facts())
    db.session.commit()
    return json_response({"items": [shapes.proposal(entry) for entry in made]}, 201)


@bp.get("/role-proposals")
@described("roles", query=shapes.ProposalsQuery, answer=shapes.ProposalPage)
def role_proposals() -> ResponseReturnValue:
    """What was proposed, what still waits for a second person first."""
    asked = asked_in(shapes.ProposalsQuery)
    page = paginate(queries.role_proposals(current_actor()), asked.page, asked.per_page)
    items = [shapes.proposal(entry) for entry in page.items]
    return json_response({"total": page.total, "page": page.number, "items": items})


@bp.post("/role-proposals/<id:proposal_id>/approve")
@described("roles", json=Nothing, answer=shapes.ProposalAnswer)
def approve_role(proposal_id: int) -> ResponseReturnValue:
    """Approve as the second person: from its first day, or from today, the role is in force."""
    queries.role_proposal(current_actor(), proposal_id)
    handed_in(Nothing)
    entry = operations.approve_role(current_actor(), proposal_id)
    db.session.commit()
    return json_response(shapes.proposal(entry))


@bp.post("/role-proposals/<id:proposal_id>/decline")
@described("roles", json=shapes.Declined, answer=shapes.ProposalAnswer)
def decline_role(proposal_id: int) -> ResponseReturnValue:
    """Say no with a reason, or take the own proposal back."""
    queries.role_proposal(current_actor(), proposal_id)
    entry = operations.decline_role(current_actor(), proposal_id, handed_in(shapes.Declined).reason)
    db.session.commit()
    return json_response(shapes.proposal(entry))
