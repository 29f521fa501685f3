"""Keeping a view of a list, and letting it go."""

from collections.abc import Mapping

from sqlalchemy import and_, func, select

from certification.workbench.models import SavedView
from core.clock import now
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from core.machine import Actor

MOST_VIEWS = 20  # of one person and one list
KEEPERS = {  # by list: the kinds of organisations whose people read it
    "cases": ("certification_body",),
    "certificates": ("certification_body", "manufacturer"),
    "checks": ("certification_body", "manufacturer"),
    "orders": ("certification_body", "testing_body"),
}


def keep_view(actor: Actor, listing: str, name: str, asked: Mapping[str, object]) -> SavedView:
    """Under this name; one that the actor had of this list and of the same name is replaced."""
    if actor.kind not in KEEPERS[listing] or actor.id is None or actor.organisation_id is None:
        raise NotPermitted("role-not-held", step="keep_view")
    if not name.strip():
        raise Invalid("view-unnamed", {"name": "view-unnamed"})
    own = and_(
        SavedView.user_id == actor.id,
        SavedView.organisation_id == actor.organisation_id,
        SavedView.listing == listing,
    )
    view = db.session.scalar(select(SavedView).where(own, SavedView.name == name.strip()))
    if view is None:
        if (db.session.scalar(select(func.count()).where(own)) or 0) >= MOST_VIEWS:
            raise Invalid("views-too-many", {"name": "views-too-many"}, most=MOST_VIEWS)
        view = SavedView(user_id=actor.id, organisation_id=actor.organisation_id, listing=listing)
        view.name = name.strip()
        db.session.add(view)
    view.asked, view.saved_at = dict(asked), now()
    db.session.flush()
    return view


def drop_view(actor: Actor, view_id: int) -> None:
    """Gone already is gone; another's is not found."""
    view = db.session.get(SavedView, view_id)
    if view is not None and (view.user_id, view.organisation_id) != (actor.id, actor.organisation_id):
        raise NotFound("view-unknown")
    if view is not None:
        db.session.delete(view)
