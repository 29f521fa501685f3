"""One question about the activity data of a case, its answer, and what was made of it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carbon.checks import NOT_ACCEPTED, RED, SEVERITIES
from certification.application.models import Application, ApplicationFile
from certification.evaluation.models import Nonconformity
from certification.workflow.correction import ROW
from certification.workflow.question import COUNTED, GONE, OPEN, UNANSWERED
from core.clock import now
from core.columns import Reason, Slug, Who
from core.db import Base, among
from core.states import in_states


class Question(Base):
    """It belongs to the facts it was asked about: `detail` is what its sentence says, digit for digit.  When
    these change it is gone, and another is asked.

    `row` is the place of the row it is about, from 0, as the activity data stand; None of the whole.
    """

    __tablename__ = "question"
    __table_args__ = (
        among("severity", SEVERITIES),
        CheckConstraint("state <> 'answered' OR answer <> ''", name="answer_given"),
        CheckConstraint("state NOT IN ('accepted', 'counted') OR reason <> ''", name="reason_given"),
        CheckConstraint("state <> 'raised' OR nonconformity_id IS NOT NULL", name="raised_as_finding"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    state: Mapped[Slug] = mapped_column(default="asked")
    is_unanswered = in_states(UNANSWERED)
    is_open = in_states(OPEN)
    is_gone = in_states(GONE)
    is_counted = in_states(COUNTED)
    version: Mapped[int] = mapped_column()
    slug: Mapped[Slug]
    severity: Mapped[Slug]
    row: Mapped[int | None]
    detail: Mapped[dict[str, str]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[Reason] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("application_file.id"))
    answered_by: Mapped[Who] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    reason: Mapped[Reason] = mapped_column(default="")  # why it was settled so
    settled_by: Mapped[Who] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    nonconformity_id: Mapped[int | None] = mapped_column(ForeignKey("nonconformity.id"), unique=True)

    __mapper_args__ = {"version_id_col": version}

    application: Mapped[Application] = relationship(back_populates="questions")
    file: Mapped[ApplicationFile | None] = relationship()
    finding: Mapped[Nonconformity | None] = relationship()

    @property
    def is_red(self) -> bool:
        return self.severity == RED

    @property
    def is_ground(self) -> bool:
        """Whether it asks on what ground something is taken away."""
        return self.slug == NOT_ACCEPTED

    @property
    def is_uncounted(self) -> bool:
        """Whether what it asks about counts nothing: nobody accepted its ground."""
        return self.is_ground and not self.is_counted

    @property
    def is_proved(self) -> bool:
        """By a file beside the answer, one of its row, or one that corrected it."""
        rows = self.application.inventory.rows
        of_row = self.row is not None and self.row < len(rows) and rows[self.row].proof
        return bool(self.file_id or of_row or (self.finding and self.finding.evidence))

    @property
    def facts(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What it is asked about."""
        return self.slug, tuple(sorted(self.detail.items()))

    @property
    def anchor(self) -> str:
        """Where a point of a request for correction hangs that is to mend it."""
        rows = len(self.application.inventory.rows)
        return "inventory" if self.row is None or self.row >= rows else f"{ROW}{self.row}"

    @property
    def finding_anchor(self) -> str:
        """Where a nonconformity hangs that is raised of it."""
        return f"row:{self.detail['name']}" if self.row is not None else "inventory"

    def party(self, role: str) -> int | None:
        return self.application.party(role)
