"""Roles that one person proposed for another, and what a second one said to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import Membership
from core.clock import now
from core.columns import Digest, FileName, Note, Reason, Slug, Who
from core.db import Base

OUTCOMES = ("open", "approved", "declined")
OPEN = text("decided_at IS NULL")  # one at a time for the same


class RoleProposal(Base):
    """A role for one member, from a day to a day, on evidence.  It opens nothing until somebody else, who is
    not the member either, approves it; then it is a grant, and this is what the grant rests on."""

    __tablename__ = "role_proposal"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint("NOT approved OR decided_at IS NOT NULL", name="approval_decided"),
        CheckConstraint("NOT approved OR decided_by_id <> proposed_by_id", name="by_another_hand"),
        Index(
            "uq_role_proposal_open",
            *("membership_id", "role"),
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"), index=True)
    role: Mapped[Slug]
    basis: Mapped[Note]
    evidence: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    evidence_name: Mapped[FileName]
    valid_from: Mapped[date]
    valid_to: Mapped[date]  # the last day
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_by: Mapped[Who]
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by: Mapped[Who] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    approved: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Reason] = mapped_column(default="")  # why it was declined
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    membership: Mapped[Membership] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def outcome(self) -> str:
        """A key of words."""
        return "open" if self.is_open else "approved" if self.approved else "declined"
