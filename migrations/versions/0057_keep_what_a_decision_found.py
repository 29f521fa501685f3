"""Keep with a decision what each criterion came to, and the grade that is granted."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade():
    """A decision of before was of one limit, which stands in columns of its own."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grade", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("criteria", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("grade", server_default=None)
        batch_op.alter_column("criteria", server_default=None)


def downgrade():
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("criteria")
        batch_op.drop_column("grade")
