"""Keep the days that are typed late."""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "late_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("document_name", sa.String(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'test') = (laboratory_id IS NOT NULL)", name=op.f("ck_late_entry_laboratory_named")
        ),
        sa.CheckConstraint(
            "(outcome = 'asked') = (answered_by_id IS NULL)", name=op.f("ck_late_entry_answered_by_somebody")
        ),
        sa.CheckConstraint("kind IN ('visit', 'test')", name=op.f("ck_late_entry_kind_known")),
        sa.CheckConstraint(
            "outcome <> 'refused' OR answer <> ''", name=op.f("ck_late_entry_refusal_has_reasons")
        ),
        sa.CheckConstraint(
            "outcome IN ('asked', 'confirmed', 'refused')", name=op.f("ck_late_entry_outcome_known")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_late_entry_reason_given")),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> filed_by_id", name=op.f("ck_late_entry_two_people")
        ),
        sa.CheckConstraint("last >= first", name=op.f("ck_late_entry_dates_in_order")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_late_entry_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_late_entry_application_id")
        ),
        sa.ForeignKeyConstraint(["document"], ["stored_file.digest"], name=op.f("fk_late_entry_document")),
        sa.ForeignKeyConstraint(["filed_by_id"], ["user.id"], name=op.f("fk_late_entry_filed_by_id")),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["organisation.id"], name=op.f("fk_late_entry_laboratory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_entry")),
    )
    with op.batch_alter_table("late_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_entry_application_id"), ["application_id"], unique=False)


def downgrade():
    with op.batch_alter_table("late_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_entry_application_id"))

    op.drop_table("late_entry")
