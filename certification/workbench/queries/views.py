"""The views of a list that somebody kept."""

from sqlalchemy import select

from accounts.actor import Actor
from certification.workbench.models import SavedView
from core.db import db


def kept(actor: Actor, listing: str) -> list[SavedView]:
    """The actor's own of this list, by name."""
    own = (SavedView.user_id == actor.id) & (SavedView.organisation_id == actor.organisation_id)
    query = select(SavedView).where(own, SavedView.listing == listing)
    return list(db.session.scalars(query.order_by(SavedView.name)))
