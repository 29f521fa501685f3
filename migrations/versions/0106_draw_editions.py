"""Keep the PDF of each published edition."""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "edition_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["stored_file.digest"], name=op.f("fk_edition_paper_document")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["list_edition.id"], name=op.f("fk_edition_paper_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_paper")),
        sa.UniqueConstraint("edition_id", "volume", name=op.f("uq_edition_paper_edition_id_volume")),
    )


def downgrade():
    op.drop_table("edition_paper")
