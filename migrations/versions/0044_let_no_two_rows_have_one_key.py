"""Let no two rows of an inventory have one key, and none be without

Revision ID: 0044
Revises: 0034
Create Date: 2026-11-29 18:22:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=100), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_activity_row_inventory_id_key"), ["inventory_id", "key"])


def downgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.drop_constraint(op.f("uq_activity_row_inventory_id_key"), type_="unique")
        batch_op.alter_column("key", existing_type=sa.String(length=100), nullable=True)
