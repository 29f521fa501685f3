"""Keep what a row said when a nonconformity was raised on it

One that was raised before finds its row by the name, and knows of no change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("nonconformity") as batch_op:
        batch_op.add_column(sa.Column("declared", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("nonconformity") as batch_op:
        batch_op.alter_column("declared", server_default=None)


def downgrade():
    with op.batch_alter_table("nonconformity") as batch_op:
        batch_op.drop_column("declared")
