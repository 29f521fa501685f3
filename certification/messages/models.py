"""Messages of a case with their files, and how far somebody has read them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.application.models import Application
from certification.workflow.messages import SIDES, THREADS, key_of
from core.clock import now
from core.columns import Digest, FileName, Reason, Slug, Who
from core.db import Base, among


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
