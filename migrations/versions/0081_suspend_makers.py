"""Suspend makers."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "enterprise_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lifted') = (lifted_at IS NOT NULL)",
            name=op.f("ck_enterprise_suspension_lifted_complete"),
        ),
        sa.CheckConstraint(
            "ground <> '' AND basis <> ''", name=op.f("ck_enterprise_suspension_ground_given")
        ),
        sa.CheckConstraint(
            "state NOT IN ('standing', 'lifted') OR approved_at IS NOT NULL",
            name=op.f("ck_enterprise_suspension_approved"),
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_enterprise_suspension_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_enterprise_suspension_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_suspension")),
    )
    with op.batch_alter_table("enterprise_suspension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enterprise_suspension_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_enterprise_suspension_uscc"), ["uscc"], unique=False)


def downgrade():
    with op.batch_alter_table("enterprise_suspension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enterprise_suspension_uscc"))
        batch_op.drop_index(batch_op.f("ix_enterprise_suspension_state"))

    op.drop_table("enterprise_suspension")
