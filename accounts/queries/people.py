"""What may be asked about organisations and people."""

import hashlib
from contextlib import suppress
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.actor import Actor
from accounts.models import ApiToken, Grant, HeldForm, Invitation, Membership, Organisation, SignIn, User
from accounts.models.sign_in import LONGEST_SESSION
from core.clock import now, real_now, today
from core.db import db
from core.errors import Invalid, NotFound
from core.readers import codes, mail


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256 suffices, since secrets here are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()


def organisation(organisation_id: int) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound("organisation-unknown")
    return found


def organisation_by_uscc(uscc: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.uscc == codes.letters(uscc)))


def every_organisation(kind: str | None = None) -> Select[Organisation]:
    """All organisations, or those of one kind, by name; for `core.web.paginate`."""
    query = select(Organisation).order_by(Organisation.name, Organisation.id)
    return query.where(Organisation.kind == kind) if kind else query


def organisations(kind: str | None = None) -> list[Organisation]:
    return list(db.session.scalars(every_organisation(kind)))


def user(user_id: int | None) -> User:
    found = db.session.get(User, user_id) if user_id is not None else None
    if found is None:
        raise NotFound("user-unknown")
    return found


def user_by_email(email: str) -> User | None:
    """By the form that is mailed, or as it was typed: accounts opened earlier hold domains in Chinese."""
    spelt = {email.strip().lower()}
    with suppress(Invalid):
        spelt.add(mail.address(email))
    return db.session.scalar(select(User).where(User.email.in_(spelt)))


# Every request of everybody asks this: it is put together once.
_OF_SESSION = (
    select(User)
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        SignIn.digest == bindparam("secret"),
        SignIn.ended_at.is_(None),
        SignIn.began_at > bindparam("began"),
        User.active,
    )
    .options(joinedload(User.memberships).joinedload(Membership.grants))
)


def user_of_session(secret: str) -> User | None:
    """The person a session speaks for, in one query; None when it has ended or has lasted too long."""
    asked = {"secret": digest(secret), "began": real_now() - LONGEST_SESSION}
    return db.session.scalars(_OF_SESSION, asked).unique().one_or_none()


def demonstration_users() -> list[User]:
    """The accounts a demonstration offers for entering, in the order they were made."""
    query = select(User).where(User.demo, User.active).order_by(User.id)
    return list(db.session.scalars(query))


def membership(user_id: int | None, organisation_id: int | None) -> Membership | None:
    query = select(Membership).where(
        Membership.user_id == user_id, Membership.organisation_id == organisation_id
    )
    return db.session.scalar(query)


def members(actor: Actor) -> list[Membership]:
    """The actor's colleagues, the actor included, in the order they came."""
    query = _members_of(actor.organisation_id).order_by(Membership.id)
    return list(db.session.scalars(query))


def held(role: str) -> ColumnElement[bool]:
    """A grant of this role that is in force today."""
    return (Grant.role == role) & in_force(today())


def in_force(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """A grant in force on a day, as `Grant.in_force_on` says it."""
    begun = or_(Grant.valid_from.is_(None), Grant.valid_from <= day)
    return begun & or_(Grant.valid_to.is_(None), Grant.valid_to >= day)


def memberships_with_role(organisation_id: int, role: str) -> list[Membership]:
    """Who may be assigned to `role` in an organisation, by name; `user` is loaded with each."""
    query = _members_of(organisation_id).where(Membership.grants.any(held(role)))
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def staff_ids(organisation_id: int | None) -> set[int]:
    """The ids of everyone who works in an organisation now."""
    return set(db.session.scalars(_members_of(organisation_id).with_only_columns(Membership.user_id)))


def names_of(user_ids: set[int]) -> list[str]:
    """The names of some people, in the order of their ids."""
    return list(db.session.scalars(select(User.name).where(User.id.in_(user_ids)).order_by(User.id)))


def _members_of(organisation_id: int | None) -> Select[Membership]:
    return (
        select(Membership)
        .join(Membership.user)
        .options(contains_eager(Membership.user).lazyload(User.memberships))
        .where(Membership.organisation_id == organisation_id, Membership.active, User.active)
    )


def open_invitations(actor: Actor) -> list[Invitation]:
    """Seats of the actor's organisation that still wait for somebody."""
    query = select(Invitation).where(
        Invitation.organisation_id == actor.organisation_id,
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > now(),
    )
    return list(db.session.scalars(query.order_by(Invitation.id)))


def invitation(secret: str) -> Invitation:
    """The open invitation of a link; the refusal says why there is none."""
    found = db.session.scalar(select(Invitation).where(Invitation.digest == digest(secret)))
    if found is None:
        raise NotFound("invitation-unknown")
    if found.accepted_at is not None:
        raise NotFound("invitation-used")
    if found.expires_at <= now():
        raise NotFound("invitation-expired")
    return found


def tokens(actor: Actor) -> list[ApiToken]:
    """The actor's own tokens in the actor's organisation that nobody stopped, newest first."""
    query = (
        select(ApiToken)
        .join(ApiToken.membership)
        .options(contains_eager(ApiToken.membership))
        .where(
            Membership.user_id == actor.id,
            Membership.organisation_id == actor.organisation_id,
            ApiToken.revoked_at.is_(None),
        )
    )
    return list(db.session.scalars(query.order_by(ApiToken.id.desc())))


def token(secret: str) -> ApiToken | None:
    """The token behind a bearer secret while nobody stopped it, the seat or the account."""
    query = (
        select(ApiToken)
        .join(ApiToken.membership)
        .join(Membership.user)
        .options(
            contains_eager(ApiToken.membership).contains_eager(Membership.user).lazyload(User.memberships)
        )
        .where(
            ApiToken.digest == digest(secret), ApiToken.revoked_at.is_(None), Membership.active, User.active
        )
    )
    return db.session.scalar(query)


def held_form(secret: str) -> HeldForm | None:
    query = select(HeldForm).where(HeldForm.digest == digest(secret), HeldForm.expires_at > now())
    return db.session.scalar(query)
