"""Secret addresses of calendars: made, shown once, and taken back."""

import secrets

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import CalendarFeed, Membership
from accounts.queries import digest, membership
from core import audit
from core.clock import now
from core.db import db
from core.errors import NotFound, NotPermitted


def create_feed(actor: Actor) -> str:
    """A new address for the dates of the actor's seat; returns its secret, which is kept nowhere."""
    seat = membership(actor.id, actor.organisation_id)
    if seat is None or not seat.active:
        raise NotPermitted("membership-missing")
    secret = secrets.token_urlsafe(24)
    feed = CalendarFeed(membership_id=seat.id, digest=digest(secret))
    db.session.add(feed)
    db.session.flush()
    audit.record(actor, "calendar.create", f"feed/{feed.id}")
    return secret


def revoke_feed(actor: Actor, feed_id: int) -> None:
    query = select(CalendarFeed).join(CalendarFeed.membership)
    own = (CalendarFeed.id == feed_id) & (Membership.user_id == actor.id) & CalendarFeed.revoked_at.is_(None)
    feed = db.session.scalar(query.where(own))
    if feed is None:
        raise NotFound("calendar-feed-unknown")
    feed.revoked_at = now()
    audit.record(actor, "calendar.revoke", f"feed/{feed.id}")
