"""Keep checks of bids: what was asked, what was known and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bid_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("buyable", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("lines > 0", name=op.f("ck_bid_check_lines_given")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_bid_check_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_check")),
        sa.UniqueConstraint("address", name=op.f("uq_bid_check_address")),
        sa.UniqueConstraint("number", name=op.f("uq_bid_check_number")),
    )
    op.create_index(op.f("ix_bid_check_organisation_id"), "bid_check", ["organisation_id"])


def downgrade():
    op.drop_index(op.f("ix_bid_check_organisation_id"), "bid_check")
    op.drop_table("bid_check")
