"""Let a point of a correction be not applicable

What was answered before stays an answer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("correction_point") as batch_op:
        batch_op.add_column(
            sa.Column("not_applicable", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("agreed_by", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("correction_point") as batch_op:
        batch_op.alter_column("not_applicable", server_default=None)
        batch_op.alter_column("agreed_by", server_default=None)


def downgrade():
    with op.batch_alter_table("correction_point") as batch_op:
        batch_op.drop_column("agreed_by")
        batch_op.drop_column("not_applicable")
