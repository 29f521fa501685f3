"""Keep what a fuel is in what its record states, and nowhere else

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-29 11:00:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAMES = ("ncv", "carbon_content", "oxidation")


def upgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        for name in NAMES:
            batch_op.drop_column(name)


def downgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        for name in NAMES:
            batch_op.add_column(sa.Column(name, sa.String(length=64), nullable=True))
