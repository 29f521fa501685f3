"""Keep the reports of evaluations."""

import sqlalchemy as sa
from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "evaluation_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_evaluation_report_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_evaluation_report_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["document"], ["stored_file.digest"], name=op.f("fk_evaluation_report_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_report")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_evaluation_report_decision_id")),
    )
    with op.batch_alter_table("evaluation_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evaluation_report_application_id"), ["application_id"], unique=False
        )


def downgrade():
    with op.batch_alter_table("evaluation_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_report_application_id"))

    op.drop_table("evaluation_report")
