"""Move open terms that end on a day off.

民法典 art. 203.  What was decided stays; a clock that runs becomes a term to act, and where its day moves
a line of its ledger says so, as if somebody had corrected the calendar.
"""

from datetime import UTC, datetime
from types import SimpleNamespace

import sqlalchemy as sa
from alembic import op

from core.calendar import Calendar, Entry, book, ledger
from core.calendar.count import ARTICLE_203
from core.clock import today

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MIRRORS = {
    "correction": ("application", "correction_due"),
    "nonconformity_minor": ("nonconformity", "due"),
    "nonconformity_major": ("nonconformity", "due"),
    "appeal_handling": ("appeal", "due_on"),
    "surveillance_correction": ("surveillance", "correction_due"),
}


def upgrade():
    connection = op.get_bind()
    meta = sa.MetaData()
    meta.reflect(connection, only=("clock", "clock_entry", "calendar_day", "calendar_version"))
    clocks, entries = meta.tables["clock"], meta.tables["clock_entry"]
    calendar = _newest(connection, meta)
    running = connection.execute(sa.select(clocks).where(clocks.c.result == "running")).all()
    for row in running:
        clock = SimpleNamespace(**{**row._mapping, "term": "act"})
        lines = sa.select(entries).where(entries.c.clock_id == row.id).order_by(entries.c.id)
        total = ledger.reckon(clock, connection.execute(lines).all(), calendar)
        moved = {"term": "act"}
        if total.due != row.due and row.due is not None:
            moved |= {"due": total.due, "left": total.left, "calendar_version": calendar.version}
            connection.execute(entries.insert().values(**_line(row.id, total.due, calendar.version)))
            _repeat(connection, row, total.due)
        connection.execute(clocks.update().where(clocks.c.id == row.id).values(**moved))


def _newest(connection, meta) -> Calendar:
    versions, days = meta.tables["calendar_version"], meta.tables["calendar_day"]
    newest = connection.scalar(sa.select(sa.func.max(versions.c.number)))
    if not newest:
        return Calendar.of(0, book.parse(book.SHIPPED.read_text(encoding="utf-8")))
    standing = connection.execute(sa.select(days).where(days.c.removed.is_(None))).all()
    return Calendar.of(
        newest, [Entry(row.day, row.kind, row.name, row.source, row.provisional) for row in standing]
    )


def _line(clock_id: int, due, version: int) -> dict:
    at = datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        at = at.replace(tzinfo=None)  # as core.db keeps a moment there
    texts = {"step": "", "reason": ARTICLE_203, "cause": "", "by": "system"}
    return {"clock_id": clock_id, "at": at, "on": today(), "kind": "replan", "due": due} | texts | {
        "calendar_version": version
    }  # fmt: skip


def _repeat(connection, clock, due) -> None:
    """The thing itself repeats the day of some clocks."""
    if clock.name in MIRRORS:
        table, column = MIRRORS[clock.name]
        thing = sa.table(table, sa.column("id"), sa.column(column))
        connection.execute(sa.update(thing).where(thing.c.id == clock.subject_id).values({column: due}))


def downgrade():
    """The days stay as they were moved: nobody loses a day that was given."""
