"""Keep the PDF of each check of a bid."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bid_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["bid_check.id"], name=op.f("fk_bid_paper_check_id")),
        sa.ForeignKeyConstraint(["document"], ["stored_file.digest"], name=op.f("fk_bid_paper_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_paper")),
        sa.UniqueConstraint("check_id", "volume", name=op.f("uq_bid_paper_check_id_volume")),
    )


def downgrade():
    op.drop_table("bid_paper")
