"""What an applicant is asked to correct, point by point."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Note, PrintedReason, Reason, Who
from core.db import Base


class CorrectionPoint(Base):
    """One point of a request for correction, anchored to a field or a file of the application."""

    __tablename__ = "correction_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    round: Mapped[int]
    anchor: Mapped[Note]  # a place of certification.workflow.correction
    text: Mapped[PrintedReason]
    answer: Mapped[Reason] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    splits: Mapped[bool] = mapped_column(default=False)  # asks that its row be split: rows may be added
    not_applicable: Mapped[bool] = mapped_column(default=False)  # the answer is the reason
    agreed_by: Mapped[Who] = mapped_column(default="")  # the reviewer who accepted that
