"""Know a row of activity data by a key

Revision ID: 0033
Revises: 0040
Create Date: 2026-11-29 18:20:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=100), nullable=True))


def downgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.drop_column("key")
