"""Plan a visit by the size of the plant

Revision ID: 0064
Revises: 0063
Create Date: 2026-11-29 23:03:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("evaluation_plan") as batch_op:
        batch_op.add_column(sa.Column("headcount", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("evaluation_plan") as batch_op:
        batch_op.drop_column("headcount")
