"""The text of an agreement as it was offered: what both sides sign is this, whatever is worded later."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models.application import Application
from core.clock import now
from core.columns import Digest, LongRecord
from core.db import Base


class Agreement(Base):
    """`statement` is canonical JSON: the case, the two sides, and what the body's wording came to."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    statement: Mapped[str] = mapped_column(LongRecord)
    digest: Mapped[Digest]
    document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))  # once it is drawn
    made_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship(lazy="joined")
