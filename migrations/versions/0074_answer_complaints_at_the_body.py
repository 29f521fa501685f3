"""Answer complaints at the body"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

BEFORE = ("holder", "suspension_ended", "surveillance", "check_missed", "retraction", "rule_change")
AFTER = (
    "holder",
    "suspension_ended",
    "surveillance",
    "check_missed",
    "complaint",
    "retraction",
    "rule_change",
)
NAME = "ck_status_proposal_source_known"


def upgrade():
    op.create_table(
        "complainant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complainant")),
    )
    op.create_table(
        "body_complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("referred", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("complainant_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject IN ('certificate', 'label', 'handling')", name=op.f("ck_body_complaint_subject_known")
        ),
        sa.CheckConstraint(
            "channel IN ('public', 'regulator')", name=op.f("ck_body_complaint_channel_known")
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'founded', 'partly_founded', 'unfounded')",
            name=op.f("ck_body_complaint_outcome_known"),
        ),
        sa.CheckConstraint(
            "measure IN ('', 'none', 'suspend')", name=op.f("ck_body_complaint_measure_known")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_body_complaint_text_given")),
        sa.CheckConstraint(
            "state <> 'answered' OR (outcome <> '' AND answer <> '')",
            name=op.f("ck_body_complaint_answered_in_full"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_body_complaint_body_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_body_complaint_certificate_id")
        ),
        sa.ForeignKeyConstraint(
            ["complainant_id"], ["complainant.id"], name=op.f("fk_body_complaint_complainant_id")
        ),
        sa.ForeignKeyConstraint(["file"], ["stored_file.digest"], name=op.f("fk_body_complaint_file")),
        sa.ForeignKeyConstraint(["handler_id"], ["user.id"], name=op.f("fk_body_complaint_handler_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_complaint")),
        sa.UniqueConstraint("number", name=op.f("uq_body_complaint_number")),
    )
    for column in ("body_id", "certificate_id", "state"):
        op.create_index(op.f(f"ix_body_complaint_{column}"), "body_complaint", [column])
    _let(AFTER)


def downgrade():
    op.execute("DELETE FROM status_proposal WHERE source = 'complaint'")
    _let(BEFORE)
    op.drop_table("body_complaint")
    op.drop_table("complainant")


def _let(sources):
    known = ", ".join(f"'{source}'" for source in sources)
    with op.batch_alter_table("status_proposal") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), f"source IN ({known})")
