"""What somebody was told, and what became of the mails."""

from collections.abc import Iterable

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager

from accounts.actor import Actor
from accounts.models import CalendarFeed, Delivery, Grant, Membership, Notice, NoticePreference, User
from accounts.notices import GROUPS
from accounts.queries.people import digest, held, in_force
from core.clock import today
from core.db import db


def unread(actor: Actor) -> int:
    query = select(func.count()).where(Notice.user_id == actor.id, Notice.read_at.is_(None))
    return db.session.scalar(query) or 0


def inbox(actor: Actor, *, unread_only: bool = False) -> Select[Notice]:
    """What the actor was told, newest first; for `core.web.paginate`."""
    query = select(Notice).where(Notice.user_id == actor.id).order_by(Notice.id.desc())
    return query.where(Notice.read_at.is_(None)) if unread_only else query


def preferences(actor: Actor) -> dict[str, str]:
    """How the actor is mailed about each group."""
    query = select(NoticePreference.group, NoticePreference.how).where(NoticePreference.user_id == actor.id)
    return dict.fromkeys(GROUPS, "digest") | dict(db.session.execute(query).all())


def deliveries(actor: Actor) -> Select[Delivery]:
    """The mails to the actor, or to everybody for an administrator, newest first."""
    query = select(Delivery).where(Delivery.outcome != "not_needed").order_by(Delivery.id.desc())
    return query if "administrator" in actor.roles else query.where(Delivery.user_id == actor.id)


_HOLDERS = (
    select(Membership.user_id)
    .join(Membership.user)
    .join(Membership.grants)
    .where(
        Membership.organisation_id == bindparam("organisation"),
        Membership.active,
        User.active,
        Grant.role.in_(bindparam("roles", expanding=True)),
        in_force(bindparam("day")),
    )
)


def holders(organisation_id: int | None, roles: Iterable[str]) -> set[int]:
    """Who holds one of these roles in an organisation now."""
    return set(
        db.session.scalars(_HOLDERS, {"organisation": organisation_id, "roles": list(roles), "day": today()})
    )


def every_holder(role: str) -> set[int]:
    """Who holds this role anywhere: for what concerns the regulator, whoever it is."""
    query = select(Membership.user_id).join(Membership.user).join(Membership.grants)
    return set(db.session.scalars(query.where(Membership.active, User.active, held(role))))


def calendar_feeds(actor: Actor) -> list[CalendarFeed]:
    """The actor's own addresses that still work, for every seat."""
    query = (
        select(CalendarFeed)
        .join(CalendarFeed.membership)
        .options(contains_eager(CalendarFeed.membership))
        .where(Membership.user_id == actor.id, CalendarFeed.revoked_at.is_(None))
    )
    return list(db.session.scalars(query.order_by(CalendarFeed.id)))


def calendar_seat(secret: str) -> Membership | None:
    """The seat whose dates a secret address shows, while it, the seat and the account are in force."""
    query = (
        select(Membership)
        .join(CalendarFeed, CalendarFeed.membership_id == Membership.id)
        .join(Membership.user)
        .where(
            CalendarFeed.digest == digest(secret),
            CalendarFeed.revoked_at.is_(None),
            Membership.active,
            User.active,
        )
    )
    return db.session.scalar(query)
