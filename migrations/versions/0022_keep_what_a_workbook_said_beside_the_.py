"""Keep what a workbook said beside the case

Those before it were entered as they came; what stood in them is not known.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-29 10:55:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OUTCOMES = "outcome IN ('staged', 'applied', 'refused', 'dropped', 'replaced')"


def upgrade():
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stands_for", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcome", sa.String(), nullable=False, server_default="applied"))
        batch_op.add_column(sa.Column("lines", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.create_check_constraint(op.f("ck_sheet_upload_outcome_known"), OUTCOMES)
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.alter_column("outcome", server_default=None)
        batch_op.alter_column("lines", server_default=None)


def downgrade():
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_sheet_upload_outcome_known"), type_="check")
        batch_op.drop_column("lines")
        batch_op.drop_column("outcome")
    with op.batch_alter_table("sheet_row", schema=None) as batch_op:
        batch_op.drop_column("stands_for")
