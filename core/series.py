"""Numbers without gaps: one row for each series of each year, locked while a number is taken from it."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import Name
from core.db import Base, db, inserting

NOBODY = 0  # the body of a series that no body owns


class NumberSeries(Base):
    """The last number given in a series of a year: a body's certificates of a family, or cases."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("body_id", "series", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int]
    series: Mapped[Name]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)


def take_next(series: str, year: int, body_id: int = NOBODY) -> int:
    """The next number, from 1.

    One statement makes the row or raises its count, and keeps it locked until this transaction
    ends, so whoever comes meanwhile waits and gets the number after.
    """
    row = inserting(NumberSeries).values(body_id=body_id, series=series, year=year, last=1)
    row = row.on_conflict_do_update(
        index_elements=["body_id", "series", "year"], set_={"last": NumberSeries.last + 1}
    )
    number: int = db.session.scalars(row.returning(NumberSeries.last)).one()
    return number
