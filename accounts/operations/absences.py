"""Saying when one is away, and taking it back."""

from datetime import date

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import Absence
from accounts.queries import staff_ids
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted

LONGEST = 366  # days


def state_absence(
    actor: Actor, first: date, last: date, note: str = "", user_id: int | None = None
) -> Absence:
    """The actor is away on these days; an administrator of the organisation may say so of a colleague."""
    person = user_id or actor.id
    if actor.organisation_id is None or person is None:
        raise NotPermitted("membership-missing")
    if person != actor.id and "organisation_admin" not in actor.roles:
        raise NotPermitted("not-organisation-admin")
    if person not in staff_ids(actor.organisation_id):
        raise Invalid("member-unknown", {"user_id": "member-unknown"})
    if last < first:
        raise Invalid("absence-backwards", {"last": "absence-backwards"})
    if last < today():
        raise Invalid("absence-over", {"last": "absence-over"})
    if (last - first).days >= LONGEST:
        raise Invalid("absence-too-long", {"last": "absence-too-long"}, longest=LONGEST)
    if _overlaps(person, actor.organisation_id, first, last):
        raise Invalid("absence-stated-already", {"first": "absence-stated-already"})
    absence = Absence(
        user_id=person,
        organisation_id=actor.organisation_id,
        first=first,
        last=last,
        note=note.strip(),
        stated_by=actor.label,
    )
    db.session.add(absence)
    db.session.flush()
    days = {"first": first.isoformat(), "last": last.isoformat()}
    audit.record(actor, "absence.state", f"user/{person}", **days)
    return absence


def withdraw_absence(actor: Actor, absence_id: int) -> None:
    """For whoever is away, and for an administrator of the organisation."""
    absence = db.session.get(Absence, absence_id)
    own = absence is not None and absence.user_id == actor.id
    may = own or "organisation_admin" in actor.roles
    if absence is None or absence.organisation_id != actor.organisation_id or not may:
        raise NotFound("absence-unknown")
    if absence.withdrawn_at is None:
        absence.withdrawn_at = now()
        audit.record(actor, "absence.withdraw", f"user/{absence.user_id}", absence=absence.id)


def _overlaps(person: int, organisation_id: int, first: date, last: date) -> bool:
    query = select(Absence.id).where(
        Absence.user_id == person,
        Absence.organisation_id == organisation_id,
        Absence.withdrawn_at.is_(None),
        Absence.first <= last,
        Absence.last >= first,
    )
    return db.session.scalar(query.limit(1)) is not None
