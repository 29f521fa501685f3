"""Give every row its key, and know by it the row that stands for one that could not be read

Revision ID: 0034
Revises: 0033
Create Date: 2026-11-29 18:21:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ROWS = sa.table("activity_row", *map(sa.column, ("id", "inventory_id", "position", "key", "stage", "name")))
WAITING = sa.table("sheet_row", sa.column("id"), sa.column("upload_id"), sa.column("stands_for", sa.JSON))
UPLOADS = sa.table("sheet_upload", *map(sa.column, ("id", "application_id", "kind")))
CASES = sa.table("application", *map(sa.column, ("id", "inventory_id")))


def upgrade():
    op.execute("UPDATE activity_row SET key = 'r' || id")
    _rename(lambda row, number: [row.stage, row.name, str(number)], lambda row, _number: [row.key])


def downgrade():
    _rename(lambda row, _number: [row.key], lambda row, number: [row.stage, row.name, str(number)])
    op.execute("UPDATE activity_row SET key = NULL")


def _rename(before, after):
    """What the handle of a row was, and what it is."""
    connection = op.get_bind()
    waiting = (
        sa.select(WAITING.c.id, WAITING.c.stands_for, CASES.c.inventory_id)
        .join(UPLOADS, UPLOADS.c.id == WAITING.c.upload_id)
        .join(CASES, CASES.c.id == UPLOADS.c.application_id)
        .where(UPLOADS.c.kind == "inventory")
    )
    for found in connection.execute(waiting).all():
        if not found.stands_for:
            continue
        handles = _handles(connection, found.inventory_id, before, after)
        stands_for = next((new for old, new in handles if old == found.stands_for), None)
        connection.execute(
            WAITING.update().where(WAITING.c.id == found.id).values(stands_for=stands_for or sa.null())
        )


def _handles(connection, inventory_id, before, after):
    query = sa.select(ROWS).where(ROWS.c.inventory_id == inventory_id).order_by(ROWS.c.position)
    seen = {}
    for row in connection.execute(query).all():
        number = seen.get((row.stage, row.name), 0)
        seen[row.stage, row.name] = number + 1
        yield before(row, number), after(row, number)
