"""What became of the codes of one edition of the catalogue in a later one."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Code, Name, Note
from core.db import Base


class Crosswalk(Base):
    """The goods of one code stand under another in a later edition, or are parted among several."""

    __tablename__ = "category_crosswalk"
    __table_args__ = (UniqueConstraint("from_edition", "from_code", "to_edition", "to_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_edition: Mapped[Code]
    from_code: Mapped[Code]
    from_name: Mapped[Name]
    to_edition: Mapped[Code]
    to_code: Mapped[Code]
    to_name: Mapped[Name]
    source: Mapped[Note] = mapped_column(default="")
