"""A finding the client must answer with evidence, and every round of its answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from certification.application.models import Application
from certification.clocks.models import Clock
from certification.workflow.nonconformity import ANSWERED, CLOSED, GRADES, OUTCOMES, WAITING
from core.clock import now
from core.columns import Code, Digest, Facts, FileName, Note, PrintedName, PrintedReason, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states


class Nonconformity(Base):
    """It has a life of its own.  `due` is the last day for the answer; the ledger of clocks says why."""

    __tablename__ = "nonconformity"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        among("grade", GRADES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    number: Mapped[Code]  # NC-01
    state: Mapped[Slug] = mapped_column(default="raised")
    awaits_client = in_states(WAITING)
    is_answered = in_states(ANSWERED)
    is_closed = in_states(CLOSED)
    version: Mapped[int] = mapped_column()
    grade: Mapped[Slug]
    anchor: Mapped[Note]  # a check of the site visit, a section or a row of the inventory
    declared: Mapped[dict[str, Any]] = mapped_column(Facts(), default=dict)  # JSON, see row_keys
    fact: Mapped[PrintedReason]
    clause: Mapped[PrintedName] = mapped_column(default="")
    due: Mapped[date]
    escalated_on: Mapped[date | None]  # the day a minor one, not answered in time, became major
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    raised_by: Mapped[Who]
    raised_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    application: Mapped[Application] = relationship(back_populates="nonconformities")
    answers: Mapped[list["NonconformityAnswer"]] = relationship(
        order_by="NonconformityAnswer.id", lazy="selectin"
    )

    clocks: Mapped[list[Clock]] = relationship(  # those that run, what presses most first
        primaryjoin=lambda: and_(
            Nonconformity.id == foreign(Clock.subject_id),
            Clock.kind == "nonconformity",
            Clock.result == "running",
        ),
        order_by=Clock.due,
        viewonly=True,
        lazy="selectin",
    )

    @property
    def row_keys(self) -> set[str]:
        """The rows it is on.  `declared` is what each said when it was raised, by its key; one from before
        this was kept has its row by the name."""
        rows = self.application.inventory.rows if self.anchor.startswith("row:") else ()
        return {*self.declared} or {row.key for row in rows if self.anchor == f"row:{row.name}"}

    @property
    def clock(self) -> Clock | None:
        return self.clocks[0] if self.clocks else None

    @property
    def latest(self) -> "NonconformityAnswer | None":
        return self.answers[-1] if self.answers else None

    @property
    def evidence(self) -> str | None:
        """The digest of what the latest answer brought."""
        return self.latest.evidence if self.latest else None

    def party(self, role: str) -> int | None:
        return self.application.party(role)


class NonconformityAnswer(Base):
    """One answer and what was made of it; an answer sent back stays, and another follows."""

    __tablename__ = "nonconformity_answer"
    __table_args__ = (
        UniqueConstraint("nonconformity_id", "round"),
        among("outcome", ("", *OUTCOMES)),
        CheckConstraint("outcome = '' OR verdict <> ''", name="verdict_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nonconformity_id: Mapped[int] = mapped_column(ForeignKey("nonconformity.id"), index=True)
    round: Mapped[int]
    text: Mapped[Reason]
    evidence: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    evidence_name: Mapped[FileName] = mapped_column(default="")
    answered_by: Mapped[Who]
    answered_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[Slug] = mapped_column(default="")
    verdict: Mapped[Reason] = mapped_column(default="")
    judged_by: Mapped[Who] = mapped_column(default="")
    judged_at: Mapped[datetime | None]
