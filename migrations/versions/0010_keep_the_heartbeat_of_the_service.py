"""Keep the heartbeat of the service, and say which gaps it noticed itself."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_heartbeat_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("noticed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.alter_column("noticed", server_default=None)


def downgrade():
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.drop_column("noticed")
    op.drop_table("heartbeat")
