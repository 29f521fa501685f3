"""Say what became of every workbook

One that was not taken was refused; what could not be read above its rows is a row of its own, number 0.

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-29 10:56:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

HEAD = 0


def upgrade():
    connection, uploads, rows = _tables()
    connection.execute(uploads.update().where(uploads.c.taken.is_(False)).values(outcome="refused"))
    for found in connection.execute(sa.select(uploads)).all():
        if not found.head:
            continue
        cells = {item["column"]: item["cell"] for item in found.head}
        connection.execute(
            uploads.update().where(uploads.c.id == found.id).values(letters=found.letters | cells)
        )
        connection.execute(
            rows.insert().values(
                upload_id=found.id,
                number=HEAD,
                values={},
                errors={item["column"]: item["slug"] for item in found.head},
                outcome="refused",
                settled_by="",
            )
        )


def downgrade():
    connection, uploads, rows = _tables()
    connection.execute(
        uploads.update().values(taken=sa.case((uploads.c.outcome == "refused", False), else_=True))
    )
    for found in connection.execute(sa.select(rows).where(rows.c.number == HEAD)).all():
        letters = connection.scalar(sa.select(uploads.c.letters).where(uploads.c.id == found.upload_id))
        head = [
            {"cell": letters.get(column, ""), "column": column, "slug": slug}
            for column, slug in found.errors.items()
        ]
        connection.execute(uploads.update().where(uploads.c.id == found.upload_id).values(head=head))
    connection.execute(rows.delete().where(rows.c.number == HEAD))


def _tables():
    connection = op.get_bind()
    names = {"letters": sa.JSON, "head": sa.JSON, "values": sa.JSON, "errors": sa.JSON}
    columns = {
        "sheet_upload": ("id", "taken", "outcome", "letters", "head"),
        "sheet_row": ("id", "upload_id", "number", "values", "errors", "outcome", "settled_by"),
    }
    uploads, rows = (
        sa.table(table, *(sa.column(name, names.get(name, _kind(name))) for name in columns[table]))
        for table in columns
    )
    return connection, uploads, rows


def _kind(name: str):
    if name == "taken":
        return sa.Boolean
    return sa.Integer if name in ("id", "upload_id", "number") else sa.String
