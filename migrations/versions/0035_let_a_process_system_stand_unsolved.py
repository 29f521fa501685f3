"""Let a process system stand unsolved while it is typed, beside what it came to before

Revision ID: 0035
Revises: 0030
Create Date: 2026-11-29 18:15:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade():
    """No system was stored that could not be solved."""
    with op.batch_alter_table("inventory") as batch_op:
        batch_op.add_column(
            sa.Column("system_fault", sa.String(length=100), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("system_last", sa.JSON(), nullable=True))
    with op.batch_alter_table("inventory") as batch_op:
        batch_op.alter_column("system_fault", server_default=None)


def downgrade():
    with op.batch_alter_table("inventory") as batch_op:
        batch_op.drop_column("system_last")
        batch_op.drop_column("system_fault")
