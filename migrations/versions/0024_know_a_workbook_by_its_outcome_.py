"""Know a workbook by its outcome alone

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-29 10:57:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.drop_column("taken")
        batch_op.drop_column("head")


def downgrade():
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("head", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.alter_column("taken", server_default=None)
        batch_op.alter_column("head", server_default=None)
