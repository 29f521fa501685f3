"""Tell which days were typed late."""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.add_column(sa.Column("late", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("late_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.alter_column("late", server_default=None)
        batch_op.alter_column("late_reason", server_default=None)


def downgrade():
    with op.batch_alter_table("step_taken", schema=None) as batch_op:
        batch_op.drop_column("late_reason")
        batch_op.drop_column("late")
