"""What keeps somebody out of a case: ties to clients, what was declared for it, who is found competent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from certification.workflow.impartiality import COMPETENCES, TIES, bars_until
from core.clock import now
from core.columns import Note, Reason, Slug
from core.db import Base, among


class ConflictDeclaration(Base):
    """A tie of a person to a client.  `valid_to` is its last day; it keeps its owner out two years longer."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (
        among("tie", TIES),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    tie: Mapped[Slug]
    note: Mapped[Reason] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    declared_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(lazy="joined")
    client: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def bars_until(self) -> date | None:
        """The last day on which it keeps its owner out; None while the tie lasts."""
        return None if self.valid_to is None else bars_until(self.valid_to)

    def bars_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= bars_until(self.valid_to))


class CaseDeclaration(Base):
    """What one person declared for one case before its files were opened: free of ties, or not."""

    __tablename__ = "case_declaration"
    __table_args__ = (
        UniqueConstraint("application_id", "user_id"),
        CheckConstraint("free OR reason <> ''", name="tie_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    free: Mapped[bool]
    reason: Mapped[Reason] = mapped_column(default="")
    declared_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(lazy="joined")


class Competence(Base):
    """A body's finding that one of its people is competent for a function in a family of schemes."""

    __tablename__ = "competence"
    __table_args__ = (
        UniqueConstraint("user_id", "body_id", "family", "function", "valid_from"),
        among("function", COMPETENCES),
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    family: Mapped[Slug]
    function: Mapped[Slug]
    basis: Mapped[Note] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date]

    user: Mapped[User] = relationship(lazy="joined")

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to
