"""Who answers for a case in an organisation, and who did before; and from which case a draft was copied."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from certification.application.models.application import Application
from core.clock import now
from core.columns import Reason, Who
from core.db import Base


class Responsibility(Base):
    """One person took a case on for one organisation; the newest row is who has it now."""

    __tablename__ = "responsibility"
    __table_args__ = (Index("ix_responsibility_case", "application_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)
    assigned_by: Mapped[Who]
    reason: Mapped[Reason] = mapped_column(default="")

    application: Mapped[Application] = relationship()
    user: Mapped[User] = relationship(lazy="joined")


class ApplicationCopy(Base):
    """A draft began as a copy of an earlier case of the same applicant."""

    __tablename__ = "application_copy"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    copied_by: Mapped[Who]
    copied_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship(foreign_keys=[application_id])
    source: Mapped[Application] = relationship(foreign_keys=[source_id])
