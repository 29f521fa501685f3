"""Let tokens expire, and say when they were used

A token of before works for one more year: its programs go on, and its person has the time to make another.

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-28 19:10:00

"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TOKENS = sa.table("api_token", sa.column("expires_on", sa.Date))
TERM = timedelta(days=365)


def upgrade():
    op.add_column("api_token", sa.Column("expires_on", sa.Date(), nullable=True))
    op.add_column("api_token", sa.Column("used_on", sa.Date(), nullable=True))
    op.get_bind().execute(sa.update(TOKENS).values(expires_on=datetime.now(UTC).date() + TERM))
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.alter_column("expires_on", existing_type=sa.Date(), nullable=False)


def downgrade():
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_column("used_on")
        batch_op.drop_column("expires_on")
