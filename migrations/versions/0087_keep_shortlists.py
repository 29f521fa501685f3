"""Keep shortlists."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "shortlist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_shortlist_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist")),
        sa.UniqueConstraint("number", name=op.f("uq_shortlist_number")),
    )
    with op.batch_alter_table("shortlist", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlist_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shortlist_state"), ["state"], unique=False)

    op.create_table(
        "shortlist_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('undecided', 'chosen', 'excluded')", name=op.f("ck_shortlist_line_decision_known")
        ),
        sa.ForeignKeyConstraint(
            ["shortlist_id"], ["shortlist.id"], name=op.f("fk_shortlist_line_shortlist_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_line")),
        sa.UniqueConstraint(
            "shortlist_id", "number", "model", name=op.f("uq_shortlist_line_shortlist_id_number_model")
        ),
    )
    op.create_table(
        "shortlist_loss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["shortlist_line.id"], name=op.f("fk_shortlist_loss_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_loss")),
        sa.UniqueConstraint("line_id", "digest", name=op.f("uq_shortlist_loss_line_id_digest")),
    )


def downgrade():
    op.drop_table("shortlist_loss")
    op.drop_table("shortlist_line")
    with op.batch_alter_table("shortlist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shortlist_state"))
        batch_op.drop_index(batch_op.f("ix_shortlist_organisation_id"))

    op.drop_table("shortlist")
