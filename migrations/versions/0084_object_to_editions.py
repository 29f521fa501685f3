"""Object to editions."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "list_objector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_objector")),
    )
    op.create_table(
        "list_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number_named", sa.String(), nullable=False),
        sa.Column("model_named", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("objector_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("corrected", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'received') = (decided_at IS NULL)", name=op.f("ck_list_objection_decided_complete")
        ),
        sa.CheckConstraint("kind IN ('objection', 'correction')", name=op.f("ck_list_objection_kind_known")),
        sa.CheckConstraint(
            "remedy IN ('', 'strike', 'correct')", name=op.f("ck_list_objection_remedy_known")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_list_objection_text_given")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["list_edition.id"], name=op.f("fk_list_objection_edition_id")
        ),
        sa.ForeignKeyConstraint(["file"], ["stored_file.digest"], name=op.f("fk_list_objection_file")),
        sa.ForeignKeyConstraint(
            ["objector_id"], ["list_objector.id"], name=op.f("fk_list_objection_objector_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_list_objection_number")),
    )
    with op.batch_alter_table("list_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_objection_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_list_objection_state"), ["state"], unique=False)


def downgrade():
    with op.batch_alter_table("list_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_list_objection_state"))
        batch_op.drop_index(batch_op.f("ix_list_objection_edition_id"))

    op.drop_table("list_objection")
    op.drop_table("list_objector")
