"""Change plans: the earlier one stays readable, and who is booked twice is said why."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "former_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("team", sa.JSON(), nullable=False),
        sa.Column("laboratories", sa.JSON(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=True),
        sa.Column("site_from", sa.Date(), nullable=True),
        sa.Column("site_to", sa.Date(), nullable=True),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_former_plan_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_plan")),
    )
    op.create_index(op.f("ix_former_plan_application_id"), "former_plan", ["application_id"])
    with op.batch_alter_table("evaluation_plan") as batch_op:
        batch_op.add_column(sa.Column("overlap_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("evaluation_plan") as batch_op:
        batch_op.alter_column("overlap_reason", server_default=None)


def downgrade():
    with op.batch_alter_table("evaluation_plan") as batch_op:
        batch_op.drop_column("overlap_reason")
    op.drop_index(op.f("ix_former_plan_application_id"), "former_plan")
    op.drop_table("former_plan")
