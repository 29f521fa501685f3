"""Keep the questions about the activity data of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nonconformity_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'raised') = (nonconformity_id IS NOT NULL)", name=op.f("ck_question_raised_as_finding")
        ),
        sa.CheckConstraint("severity IN ('red', 'amber', 'note')", name=op.f("ck_question_severity_known")),
        sa.CheckConstraint("state <> 'accepted' OR reason <> ''", name=op.f("ck_question_reason_given")),
        sa.CheckConstraint("state <> 'answered' OR answer <> ''", name=op.f("ck_question_answer_given")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_question_application_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["application_file.id"], name=op.f("fk_question_file_id")),
        sa.ForeignKeyConstraint(
            ["nonconformity_id"], ["nonconformity.id"], name=op.f("fk_question_nonconformity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("nonconformity_id", name=op.f("uq_question_nonconformity_id")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_application_id"), ["application_id"], unique=False)


def downgrade():
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_application_id"))

    op.drop_table("question")
