"""Let a scheme say what share must be proved

A version that stands says nothing, so the cases that run under it are asked for no more than before.

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-29 11:45:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("scheme_version", sa.Column("materiality", sa.String(length=64), nullable=True))


def downgrade():
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.drop_column("materiality")
