"""Prove a row by any number of files

The one file a row had goes with it; what names no file that is kept proves nothing and is left out.

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-29 11:30:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROWS = sa.table("activity_row", sa.column("id", sa.Integer), sa.column("evidence_digest", sa.String))
KEPT = sa.table("stored_file", sa.column("digest", sa.String))
LINKS = sa.table("row_evidence", sa.column("row_id", sa.Integer), sa.column("digest", sa.String))


def upgrade():
    op.create_table(
        "row_evidence",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["stored_file.digest"], name=op.f("fk_row_evidence_digest_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["row_id"], ["activity_row.id"], name=op.f("fk_row_evidence_row_id_activity_row")
        ),
        sa.PrimaryKeyConstraint("row_id", "digest", name=op.f("pk_row_evidence")),
    )
    with op.batch_alter_table("row_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_row_evidence_digest"), ["digest"], unique=False)
    kept = sa.select(ROWS.c.id, ROWS.c.evidence_digest).join(KEPT, KEPT.c.digest == ROWS.c.evidence_digest)
    op.execute(sa.insert(LINKS).from_select(["row_id", "digest"], kept))
    with op.batch_alter_table("activity_row", schema=None) as batch_op:
        batch_op.drop_column("evidence_digest")


def downgrade():
    with op.batch_alter_table("activity_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence_digest", sa.String(), nullable=False, server_default=""))
    first = sa.select(sa.func.min(LINKS.c.digest)).where(LINKS.c.row_id == ROWS.c.id).scalar_subquery()
    op.execute(sa.update(ROWS).values(evidence_digest=sa.func.coalesce(first, "")))
    op.drop_table("row_evidence")
