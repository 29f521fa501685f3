"""Let a point ask that its row be split."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("correction_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("splits", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("correction_point", schema=None) as batch_op:
        batch_op.alter_column("splits", server_default=None)


def downgrade():
    with op.batch_alter_table("correction_point", schema=None) as batch_op:
        batch_op.drop_column("splits")
