"""Keep the readings of specimens

Revision ID: 0061
Revises: 0060
Create Date: 2026-11-29 22:32:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("test_result") as batch_op:
        batch_op.add_column(sa.Column("readings", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("test_result") as batch_op:
        batch_op.alter_column("readings", server_default=None)


def downgrade():
    with op.batch_alter_table("test_result") as batch_op:
        batch_op.drop_column("readings")
