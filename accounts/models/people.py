"""Organisations, people, what they may do where, and the tokens that speak for them."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.actor import ROLES, Actor, in_order
from core.clock import now, today
from core.columns import (
    Address,
    Code,
    Digest,
    MailAddress,
    Name,
    Note,
    PrintedCode,
    PrintedName,
    Sealed,
    Slug,
    Who,
)
from core.db import Base, among


class Organisation(Base):
    __tablename__ = "organisation"
    __table_args__ = (
        among("kind", ROLES),
        CheckConstraint("length(uscc) = 18", name="uscc_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uscc: Mapped[Code] = mapped_column(unique=True)  # 统一社会信用代码
    kind: Mapped[Slug]
    name: Mapped[PrintedName]
    name_en: Mapped[PrintedName] = mapped_column(default="")
    short_name: Mapped[Name] = mapped_column(default="")
    region: Mapped[Code] = mapped_column(default="")  # GB/T 2260, six digits
    address: Mapped[PrintedName] = mapped_column(default="")
    telephone: Mapped[PrintedCode] = mapped_column(default="")
    website: Mapped[Address] = mapped_column(default="")
    parent_uscc: Mapped[Code] = mapped_column(default="")  # of whoever owns it, when somebody does
    created_at: Mapped[datetime] = mapped_column(default=now)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation")


class User(Base):
    """A person.  Flask-Login asks for `is_active`, `get_id` and their kin."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[MailAddress] = mapped_column(unique=True)  # kept in lower case
    name: Mapped[PrintedName]
    password_hash: Mapped[Sealed] = mapped_column(default="")  # "" means: no password opens this account
    language: Mapped[Slug] = mapped_column(default="zh")
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)  # may be entered without a password in a demonstration
    created_at: Mapped[datetime] = mapped_column(default=now)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", order_by="Membership.id", lazy="selectin"
    )

    is_authenticated = True
    is_anonymous = False
    session_secret = ""  # of the session that has just begun; only its digest is kept

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        return self.session_secret

    @property
    def open_memberships(self) -> list["Membership"]:
        return [membership for membership in self.memberships if membership.active]

    def actor(self) -> Actor:
        """The person alone, acting for no organisation: may tend the own account and nothing else."""
        return Actor(self.id, self.name, None, "", "public", frozenset())


class Membership(Base):
    """What one person may do in one organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined")
    grants: Mapped[list["Grant"]] = relationship(
        back_populates="membership", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def roles(self) -> frozenset[str]:
        """What is in force today: a role that has not begun, or is over, is none."""
        day = today()
        return frozenset(grant.role for grant in self.grants if grant.in_force_on(day))

    @property
    def ordered_roles(self) -> list[str]:
        return in_order(self.organisation.kind, self.roles)

    def actor(self) -> Actor:
        return Actor(
            id=self.user_id,
            name=self.user.name,
            organisation_id=self.organisation_id,
            organisation=self.organisation.name,
            kind=self.organisation.kind,
            roles=self.roles if self.active and self.user.active else frozenset(),
        )


class Grant(Base):
    """One role held by one member, from a day to a day; no row means no.

    A day that is not said is open: so stands what was granted before two people were asked, and what the
    house itself enters.
    """

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("membership_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    role: Mapped[Slug]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  # the last day
    approved_by: Mapped[Who] = mapped_column(default="")

    membership: Mapped[Membership] = relationship(back_populates="grants")

    def in_force_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Invitation(Base):
    """An open seat in an organisation for one e-mail address, whenever its owner comes with the secret."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("organisation_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[MailAddress]
    roles: Mapped[Note]  # slugs parted by a space
    digest: Mapped[Digest] = mapped_column(unique=True)  # SHA-256 of the secret in the link
    invited_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()


class ApiToken(Base):
    """A bearer token that acts as one membership; shown once, only its SHA-256 is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    name: Mapped[Name]
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_on: Mapped[date]  # the last day it works
    used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship(lazy="joined")

    @property
    def expired(self) -> bool:
        return today() > self.expires_on


class HeldForm(Base):
    """What somebody had typed when the sign-in ran out, kept for the browser that holds the secret."""

    __tablename__ = "held_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[Digest] = mapped_column(unique=True)  # SHA-256 of the secret in the session cookie
    path: Mapped[Address]
    fields: Mapped[list[list[str]]] = mapped_column(JSON)  # [[name, value], …] in the order they were sent
    omitted: Mapped[list[str]] = mapped_column(JSON)  # file names that must be chosen again
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
