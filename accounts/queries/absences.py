"""Who is away when."""

from datetime import date

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import Absence
from core.clock import today
from core.db import db


def absences(actor: Actor, first: date | None = None, last: date | None = None) -> list[Absence]:
    """Those of the actor's organisation that touch these days, or are not over yet; the nearest first."""
    query = select(Absence).where(
        Absence.organisation_id == actor.organisation_id,
        Absence.withdrawn_at.is_(None),
        Absence.last >= (first or today()),
    )
    if last is not None:
        query = query.where(Absence.first <= last)
    return list(db.session.scalars(query.order_by(Absence.first, Absence.id)))


def own_absences(actor: Actor) -> list[Absence]:
    """The actor's own that are not over yet."""
    return [absence for absence in absences(actor) if absence.user_id == actor.id]


def away(organisation_id: int | None, day: date) -> set[int]:
    """The ids of everyone of an organisation who is away on a day."""
    query = select(Absence.user_id).where(
        Absence.organisation_id == organisation_id,
        Absence.withdrawn_at.is_(None),
        Absence.first <= day,
        Absence.last >= day,
    )
    return set(db.session.scalars(query))
