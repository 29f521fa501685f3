"""When somebody is not there to work."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import User
from core.clock import now
from core.columns import Note, Who
from core.db import Base


class Absence(Base):
    """Whole days, both ends included; it is taken back, never changed."""

    __tablename__ = "absence"
    __table_args__ = (
        Index("ix_absence_days", "organisation_id", "last"),
        CheckConstraint("first <= last", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    first: Mapped[date]
    last: Mapped[date]
    note: Mapped[Note] = mapped_column(default="")
    stated_by: Mapped[Who]
    stated_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")
