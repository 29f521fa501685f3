"""Documents that show that something was done on its day, handed in after a right it rests on had ended."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.application.models import Application
from certification.workflow.late import ASKED, CONFIRMED, KINDS, OUTCOMES
from core.clock import now
from core.columns import Digest, FileName, Reason, Slug, Who
from core.db import Base, among


class LateEntry(Base):
    """Days of a visit or of tests, with a document that was made then, and what a second person says of it.

    It is a record of the case: nobody changes it or takes it away.
    """

    __tablename__ = "late_entry"
    __table_args__ = (
        among("kind", KINDS),
        among("outcome", OUTCOMES),
        CheckConstraint("(kind = 'test') = (laboratory_id IS NOT NULL)", name="laboratory_named"),
        CheckConstraint("last >= first", name="dates_in_order"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("outcome <> 'refused' OR answer <> ''", name="refusal_has_reasons"),
        CheckConstraint("answered_by_id IS NULL OR answered_by_id <> filed_by_id", name="two_people"),
        CheckConstraint("(outcome = 'asked') = (answered_by_id IS NULL)", name="answered_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[Slug]
    laboratory_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    outcome: Mapped[Slug] = mapped_column(default=ASKED)
    version: Mapped[int] = mapped_column()
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[Reason]  # why it is typed only now
    document: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    document_name: Mapped[FileName]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    filed_by: Mapped[Who]
    filed_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[Reason] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by: Mapped[Who] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    application: Mapped[Application] = relationship(back_populates="late_entries")
    laboratory: Mapped[Organisation | None] = relationship()

    @property
    def is_asked(self) -> bool:
        return self.outcome == ASKED

    @property
    def is_confirmed(self) -> bool:
        return self.outcome == CONFIRMED
