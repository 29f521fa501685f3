"""The views of the list of cases that somebody kept."""

from sqlalchemy import select

from accounts.actor import Actor
from certification.workbench.models import SavedView
from core.db import db


def kept(actor: Actor) -> list[SavedView]:
    """The actor's own, by name."""
    own = (SavedView.user_id == actor.id) & (SavedView.organisation_id == actor.organisation_id)
    return list(db.session.scalars(select(SavedView).where(own).order_by(SavedView.name)))
