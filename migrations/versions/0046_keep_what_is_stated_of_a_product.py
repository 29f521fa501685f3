"""Keep what is stated of a product and of its models."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = ("application", "product_model")


def upgrade():
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            nothing = sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False, server_default="{}")
            batch_op.add_column(nothing)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("parameters", server_default=None)


def downgrade():
    for table in reversed(TABLES):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("parameters")
