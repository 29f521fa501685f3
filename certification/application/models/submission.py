"""What was handed in, kept word for word each time."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Digest, LongRecord, Slug, Who
from core.db import Base, freeze


class Submission(Base):
    """One version of an application; number 1 is what came first.

    `document` is canonical JSON, see the operations of submissions; `digest` its SHA-256.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("length(digest) = 64", name="digest_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    number: Mapped[int]
    step: Mapped[Slug]  # one of HANDED_IN, see certification.workflow.correction
    document: Mapped[str] = mapped_column(LongRecord)
    digest: Mapped[Digest]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_by: Mapped[Who]
    submitted_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def content(self) -> dict[str, Any]:  # JSON
        read: dict[str, Any] = json.loads(self.document)  # likewise
        return read


freeze(Submission, "submission-is-frozen", *(column.name for column in Submission.__table__.columns))
