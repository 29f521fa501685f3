"""What keeps somebody out of a case: ties to clients, what was declared for it, who is found competent."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from certification.workflow import competence as law
from certification.workflow.competence import COMPETENCES
from certification.workflow.impartiality import TIES, bars_until
from core.clock import now
from core.columns import Digest, FileName, Note, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states

PROPOSED = text("state = 'proposed'")  # one at a time for the same


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
    """A body's finding that one of its people is competent for a function, for a class of products.

    The class is a category of a family of schemes, or every product of the family; of a laboratory, one
    method or all it has.  `approved_by` is empty where it was entered before two people were asked.
    """

    __tablename__ = "competence"
    __table_args__ = (
        among("function", COMPETENCES),
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint("evidence IS NOT NULL OR proposed_by_id IS NULL", name="on_evidence"),
        Index(
            "uq_competence_proposed",
            *("user_id", "body_id", "family", "category", "function"),
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    family: Mapped[Slug]
    category: Mapped[Slug] = mapped_column(default=law.EVERY_PRODUCT)
    function: Mapped[Slug]
    state: Mapped[Slug] = mapped_column(default="proposed")
    is_approved = in_states(law.APPROVED)
    is_standing = in_states(law.STANDING)
    version: Mapped[int] = mapped_column()
    basis: Mapped[Note] = mapped_column(default="")
    evidence: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    evidence_name: Mapped[FileName] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_by: Mapped[Who] = mapped_column(default="")
    proposed_at: Mapped[datetime | None]
    approved_by: Mapped[Who] = mapped_column(default="")
    approved_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    pauses: Mapped[law.Pauses] = mapped_column(JSON, default=list)

    __mapper_args__ = {"version_id_col": version}

    user: Mapped[User] = relationship(foreign_keys=user_id, lazy="joined")

    @property
    def product_class(self) -> str:
        return f"{self.family}/{self.category}".rstrip("/")

    def party(self, _role: str) -> int:
        return self.body_id

    def valid_on(self, day: date) -> bool:
        """Whether it stood on a day: within its span, approved by then, neither ended nor suspended."""
        if self.approved_on is None or not max(self.valid_from, self.approved_on) <= day <= self.valid_to:
            return False
        return (self.ended_on is None or day < self.ended_on) and not law.stopped_on(self.pauses, day)
