"""Whether what asked the database meant to read alone: such a transaction takes no write lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from core.db import db, reading


@contextmanager
def moods() -> Iterator[set[bool]]:
    """Of every statement that is sent meanwhile, whether it was sent by somebody who only reads."""
    seen: set[bool] = set()

    def look(*_statement: object) -> None:
        seen.add(reading.get())

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", look)
