"""Say by which proof a policy lets a product be bought

Revision ID: 0065
Revises: 0062
Create Date: 2026-11-30 01:20:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0062"
branch_labels = None
depends_on = None

# Until now the list alone answered.
FORMER = "list"


def upgrade():
    with op.batch_alter_table("policy_rule") as batch_op:
        batch_op.add_column(sa.Column("mode", sa.String(50), nullable=False, server_default=FORMER))
        batch_op.add_column(sa.Column("bodies", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("policy_rule") as batch_op:
        batch_op.alter_column("mode", server_default=None)
        batch_op.alter_column("bodies", server_default=None)
        batch_op.create_check_constraint("mode_known", "mode IN ('list', 'category', 'criteria')")


def downgrade():
    with op.batch_alter_table("policy_rule") as batch_op:
        batch_op.drop_constraint("mode_known", type_="check")
        batch_op.drop_column("bodies")
        batch_op.drop_column("mode")
