"""Draft rules in pages."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rule_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("comment_from", sa.Date(), nullable=True),
        sa.Column("comment_to", sa.Date(), nullable=True),
        sa.Column("convert_by", sa.Date(), nullable=True),
        sa.Column("published_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'published' OR published_id IS NOT NULL", name=op.f("ck_rule_draft_published_complete")
        ),
        sa.CheckConstraint(
            "comment_to IS NULL OR comment_to >= comment_from", name=op.f("ck_rule_draft_comment_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["scheme_version.id"], name=op.f("fk_rule_draft_based_on_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_rule_draft_owner_id")),
        sa.ForeignKeyConstraint(
            ["published_id"], ["scheme_version.id"], name=op.f("fk_rule_draft_published_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_draft")),
    )
    with op.batch_alter_table("rule_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_draft_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_rule_draft_state"), ["state"], unique=False)

    op.create_table(
        "draft_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("adopted", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'answered' OR answer <> ''", name=op.f("ck_draft_comment_answer_given")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_draft_comment_text_given")),
        sa.ForeignKeyConstraint(["draft_id"], ["rule_draft.id"], name=op.f("fk_draft_comment_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_draft_comment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
        sa.UniqueConstraint("number", name=op.f("uq_draft_comment_number")),
    )
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_comment_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_comment_state"), ["state"], unique=False)

    op.create_table(
        "draft_hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("did IN ('wrote', 'approved')", name=op.f("ck_draft_hand_did_known")),
        sa.ForeignKeyConstraint(["draft_id"], ["rule_draft.id"], name=op.f("fk_draft_hand_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_draft_hand_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_hand")),
        sa.UniqueConstraint(
            "draft_id", "person_id", "did", "digest", name=op.f("uq_draft_hand_draft_id_person_id_did_digest")
        ),
    )
    with op.batch_alter_table("draft_hand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_hand_draft_id"), ["draft_id"], unique=False)

    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("superseded_on", sa.Date(), nullable=True))


def downgrade():
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.drop_column("superseded_on")

    with op.batch_alter_table("draft_hand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_hand_draft_id"))

    op.drop_table("draft_hand")
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_comment_state"))
        batch_op.drop_index(batch_op.f("ix_draft_comment_draft_id"))

    op.drop_table("draft_comment")
    with op.batch_alter_table("rule_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_draft_state"))
        batch_op.drop_index(batch_op.f("ix_rule_draft_code"))

    op.drop_table("rule_draft")
