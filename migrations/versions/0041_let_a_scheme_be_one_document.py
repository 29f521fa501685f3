"""Let a scheme be one document

Revision ID: 0041
Revises: 0035
Create Date: 2026-11-29 18:40:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.add_column(sa.Column("document", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("digest", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("is_tested", sa.Boolean(), nullable=True))


def downgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.drop_column("is_tested")
        batch_op.drop_column("digest")
        batch_op.drop_column("document")
