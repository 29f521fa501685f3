"""Numbers without gaps: one row for each series of each year, locked while a number is taken from it."""

from certification.models import NumberSeries
from core.db import db, inserting

NOBODY = 0  # the body of a series that no body owns


def take_next(series: str, year: int, body_id: int = NOBODY) -> int:
    """The next number, from 1.

    One statement makes the row or raises its count, and keeps it locked until this transaction
    ends, so whoever comes meanwhile waits and gets the number after.
    """
    row = inserting(NumberSeries).values(body_id=body_id, series=series, year=year, last=1)
    row = row.on_conflict_do_update(
        index_elements=["body_id", "series", "year"], set_={"last": NumberSeries.last + 1}
    )
    return db.session.scalar(row.returning(NumberSeries.last))
