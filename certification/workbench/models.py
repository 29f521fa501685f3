"""What somebody keeps of a list: filters, order and columns under a name of one's own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Name, Slug
from core.db import Base


class SavedView(Base):
    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id", "listing", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    listing: Mapped[Slug]  # which list it is of
    name: Mapped[Name]
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)  # as the address of the list has it
    saved_at: Mapped[datetime] = mapped_column(default=now)
