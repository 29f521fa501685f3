"""Try drafts of rules."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "dry_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["rule_draft.id"], name=op.f("fk_dry_run_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dry_run")),
    )
    with op.batch_alter_table("dry_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dry_run_draft_id"), ["draft_id"], unique=False)


def downgrade():
    with op.batch_alter_table("dry_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dry_run_draft_id"))
    op.drop_table("dry_run")
