"""Keep the plan of evidence and the working papers."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "planned_trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("risks", sa.JSON(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("meter", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.CheckConstraint("samples > 0", name=op.f("ck_planned_trace_samples_counted")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_planned_trace_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_trace")),
    )
    with op.batch_alter_table("planned_trace", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_trace_application_id"), ["application_id"], unique=False)
        batch_op.create_index(
            "uq_planned_trace_standing",
            ["application_id", "subject"],
            unique=True,
            sqlite_where=sa.text("NOT superseded"),
            postgresql_where=sa.text("NOT superseded"),
        )

    op.create_table(
        "working_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_working_paper_application_id")
        ),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_working_paper_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_paper")),
    )
    with op.batch_alter_table("working_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_paper_application_id"), ["application_id"], unique=False)


def downgrade():
    with op.batch_alter_table("working_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_paper_application_id"))

    op.drop_table("working_paper")
    with op.batch_alter_table("planned_trace", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_planned_trace_standing",
            sqlite_where=sa.text("NOT superseded"),
            postgresql_where=sa.text("NOT superseded"),
        )
        batch_op.drop_index(batch_op.f("ix_planned_trace_application_id"))

    op.drop_table("planned_trace")
