"""Reports of evaluations, one for each decision that came into effect."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models import Application
from core.clock import now
from core.columns import Code, Digest, LongRecord
from core.db import Base, freeze


class EvaluationReport(Base):
    """`statement` is canonical JSON, as `reporting.operations` has it; the PDF is a picture of it."""

    __tablename__ = "evaluation_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    number: Mapped[Code]
    statement: Mapped[str] = mapped_column(LongRecord)
    digest: Mapped[Digest]
    document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))  # once it is drawn
    made_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship(back_populates="evaluation_reports", lazy="joined")


freeze(EvaluationReport, "evaluation-report-is-frozen", "number", "statement", "digest", "made_at")
