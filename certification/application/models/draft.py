"""What somebody has typed and not handed in."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Key
from core.db import Base


class Draft(Base):
    """One form as it was last typed, for the one who typed it; nothing of it has been done.

    `place` is what the form is about: kind, id and section or step, such as `application/12/recommend`.
    `fields` is a list of [name, value], as a browser sends them.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    place: Mapped[str] = mapped_column(Key(100, length=100))
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)
