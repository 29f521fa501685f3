"""What somebody was told, how they want to be told, and what became of each mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import Membership, User
from core.clock import now
from core.columns import Address, Code, Digest, Name, Slug
from core.db import Base, among
from core.jobs import Job

MAILED = ("digest", "at_once")
HOW = (*MAILED, "none")
OUTCOMES = ("waiting", "sent", "not_needed", "not_configured")
STATES = (*OUTCOMES, "trying", "failed")  # what people read of one that waits for its job


class Notice(Base):
    """One thing one person was told.

    Only what the sentence is about is kept, never the sentence: it is put into words when it is
    read, in the reader's language (see accounts.notices).
    """

    __tablename__ = "notice"
    __table_args__ = (
        among("how", HOW),
        Index("ix_notice_unread", "user_id", "read_at"),
        Index("ix_notice_subject", "subject"),
        UniqueConstraint("user_id", "once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[Slug]  # the key of its word is `notice.<kind>`
    group: Mapped[Slug]  # what preferences are given for, see accounts.notices.GROUPS
    subject: Mapped[Name]  # what it is about: application/12
    reference: Mapped[Code]  # the number people know it by; stands in every subject line
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # what its sentences ask for
    link: Mapped[Address]  # a path of this site
    urgent: Mapped[bool] = mapped_column(default=False)
    asks: Mapped[bool] = mapped_column(default=False)  # the recipient is to do something
    how: Mapped[Slug] = mapped_column(default="digest")
    once: Mapped[Name | None]  # whoever was told this is not told it again
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  # what it asked for was done, by whomever
    mailed_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class NoticePreference(Base):
    """How one person wants to be mailed about one group of notices; no row means the digest."""

    __tablename__ = "notice_preference"
    __table_args__ = (UniqueConstraint("user_id", "group"), among("how", HOW))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    group: Mapped[Slug]
    how: Mapped[Slug]


class Delivery(Base):
    """One mail to one person: when it left, or what its job says of the tries so far."""

    __tablename__ = "delivery"
    __table_args__ = (
        among("kind", MAILED),
        among("outcome", OUTCOMES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    address: Mapped[Name]
    kind: Mapped[Slug]
    subject: Mapped[Name] = mapped_column(default="")  # as it was sent
    outcome: Mapped[Slug] = mapped_column(default="waiting")
    created_at: Mapped[datetime] = mapped_column(default=now)
    at: Mapped[datetime | None]  # when it came to its outcome

    user: Mapped[User] = relationship()
    job: Mapped[Job | None] = relationship(lazy="joined")
    notices: Mapped[list[Notice]] = relationship(order_by="Notice.id")

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.outcome != "waiting" or self.job is None or not self.job.attempts:
            return self.outcome
        return "failed" if self.job.has_failed else "trying"

    @property
    def attempts(self) -> int:
        return self.job.attempts if self.job else 0

    @property
    def error(self) -> str:
        return self.job.error if self.job and self.outcome == "waiting" else ""


class CalendarFeed(Base):
    """A secret address at which a calendar program reads the dates of one membership."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)  # SHA-256 of the secret
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship(lazy="joined")
