"""The plan by which rows are traced to source documents, and the working papers of the verifiers."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from certification.verification.models import STANDING
from core.clock import now
from core.columns import Digest, FileName, Name, Note, Reason, Slug, Who
from core.db import Base, freeze


class PlannedTrace(Base):
    """One row (`subject`, see certification.workflow.verification) that is traced to its source documents.

    What is planned of it later stands in its place, and both stay.
    """

    __tablename__ = "planned_trace"
    __table_args__ = (
        CheckConstraint("samples > 0", name="samples_counted"),
        Index(
            "uq_planned_trace_standing",
            "application_id",
            "subject",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    subject: Mapped[Note]
    risks: Mapped[list[Slug]] = mapped_column(JSON)  # as they stood when it was planned
    samples: Mapped[int]  # source documents or readings
    meter: Mapped[Name] = mapped_column(default="")  # that is read, where one is
    note: Mapped[Reason] = mapped_column(default="")
    planned_by: Mapped[Who]
    planned_at: Mapped[datetime] = mapped_column(default=now)
    superseded: Mapped[bool] = mapped_column(default=False)


class WorkingPaper(Base):
    """A paper of a verifier, with what it is about; nobody changes it or takes it away."""

    __tablename__ = "working_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    subjects: Mapped[list[str]] = mapped_column(JSON)  # of certification.workflow.verification
    name: Mapped[FileName]
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    size: Mapped[int]
    note: Mapped[Reason] = mapped_column(default="")
    kept_by: Mapped[Who]
    kept_at: Mapped[datetime] = mapped_column(default=now)


freeze(
    PlannedTrace,
    "planned-trace-is-frozen",
    *("subject", "risks", "samples", "meter", "note", "planned_by", "planned_at"),
)
freeze(WorkingPaper, "working-paper-is-frozen", *("subjects", "name", "digest", "note", "kept_by", "kept_at"))
