"""Say which terms end on a working day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    # What was reckoned before the rule is a span: it ended on the very day that was counted.
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("term", sa.String(), nullable=False, server_default="span"))
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.alter_column("term", server_default=None)
        batch_op.create_check_constraint(op.f("ck_clock_term_known"), "term IN ('act', 'span')")


def downgrade():
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_clock_term_known"), type_="check")
        batch_op.drop_column("term")
