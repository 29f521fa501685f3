"""Keep messages in the case"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "thread IN ('applicant', 'laboratory', 'internal')", name=op.f("ck_case_message_thread_known")
        ),
        sa.CheckConstraint(
            "side IN ('applicant', 'body', 'laboratory')", name=op.f("ck_case_message_side_known")
        ),
        sa.CheckConstraint(
            "(thread = 'laboratory') = (laboratory_id IS NOT NULL)",
            name=op.f("ck_case_message_laboratory_named"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_case_message_text_given")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_case_message_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["organisation.id"], name=op.f("fk_case_message_laboratory_id")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["user.id"], name=op.f("fk_case_message_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_message")),
    )
    op.create_index("ix_case_message_thread", "case_message", ["application_id", "thread", "laboratory_id"])
    op.create_table(
        "case_message_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["stored_file.digest"], name=op.f("fk_case_message_file_digest")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["case_message.id"], name=op.f("fk_case_message_file_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_message_file")),
    )
    op.create_index(op.f("ix_case_message_file_message_id"), "case_message_file", ["message_id"])
    op.create_table(
        "case_messages_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_case_messages_read_application_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_case_messages_read_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_messages_read")),
        sa.UniqueConstraint(
            "application_id",
            "user_id",
            "thread",
            name=op.f("uq_case_messages_read_application_id_user_id_thread"),
        ),
    )


def downgrade():
    op.drop_table("case_messages_read")
    op.drop_index(op.f("ix_case_message_file_message_id"), "case_message_file")
    op.drop_table("case_message_file")
    op.drop_index("ix_case_message_thread", "case_message")
    op.drop_table("case_message")
