"""Messages of a case with their files, and how far somebody has read them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.application.models import Application
from certification.workflow.messages import ASKED, OUTCOMES, SIDES, THREADS, key_of
from core.clock import now
from core.columns import Digest, FileName, Note, PrintedReason, Reason, Slug, Who
from core.db import Base, among

PENDING = text("outcome = 'asked'")  # of a place one request waits


class Message(Base):
    """One message in the thread of one counterpart of the body, or one of the body's notes for itself.

    It is a record of the case: nobody changes it or takes it away.
    """

    __tablename__ = "case_message"
    __table_args__ = (
        Index("ix_case_message_thread", "application_id", "thread", "laboratory_id"),
        among("thread", THREADS),
        among("side", SIDES),
        CheckConstraint("(thread = 'laboratory') = (laboratory_id IS NOT NULL)", name="laboratory_named"),
        CheckConstraint("text <> ''", name="text_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    thread: Mapped[Slug]
    laboratory_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    side: Mapped[Slug]  # of whoever wrote it
    text: Mapped[Reason]
    written_by: Mapped[Who]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    laboratory: Mapped[Organisation | None] = relationship(foreign_keys=[laboratory_id])
    files: Mapped[list["MessageFile"]] = relationship(order_by="MessageFile.id", back_populates="message")

    @property
    def key(self) -> str:
        """Of its thread."""
        return key_of(self.thread, self.laboratory_id)


class MessageFile(Base):
    __tablename__ = "case_message_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("case_message.id"), index=True)
    name: Mapped[FileName]
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    size: Mapped[int]

    message: Mapped[Message] = relationship(back_populates="files")


class MessagesRead(Base):
    """Up to which message somebody has read a thread."""

    __tablename__ = "case_messages_read"
    __table_args__ = (UniqueConstraint("application_id", "user_id", "thread"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    thread: Mapped[Slug]  # the key of the thread
    last_id: Mapped[int]


class Opening(Base):
    """That a place of the application be opened, asked by the applicant with a reason, granted or refused.

    Granted, it is a point of a correction, whose text is the reason it was asked for.
    """

    __tablename__ = "opening"
    __table_args__ = (
        Index(
            "uq_opening_pending",
            "application_id",
            "anchor",
            unique=True,
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
        among("outcome", OUTCOMES),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("outcome <> 'refused' OR answer <> ''", name="refusal_has_reasons"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    outcome: Mapped[Slug] = mapped_column(default=ASKED)
    version: Mapped[int] = mapped_column()
    anchor: Mapped[Note]  # a place of certification.workflow.correction
    reason: Mapped[PrintedReason]
    splits: Mapped[bool] = mapped_column(default=False)  # of a row: others are to stand beside it
    asked_by: Mapped[Who]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[Reason] = mapped_column(default="")
    answered_by: Mapped[Who] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    application: Mapped[Application] = relationship(back_populates="openings")

    @property
    def is_asked(self) -> bool:
        return self.outcome == ASKED
