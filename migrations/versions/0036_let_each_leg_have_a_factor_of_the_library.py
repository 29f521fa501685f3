"""Let each leg of a way have a factor of the library, in the version it was saved with

Revision ID: 0036
Revises: 0044
Create Date: 2026-11-29 19:00:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "row_factor",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["factor_id"], ["factor.id"], name=op.f("fk_row_factor_factor_id_factor")),
        sa.ForeignKeyConstraint(
            ["row_id"], ["activity_row.id"], name=op.f("fk_row_factor_row_id_activity_row")
        ),
        sa.PrimaryKeyConstraint("row_id", "factor_id", name=op.f("pk_row_factor")),
    )
    op.create_index(op.f("ix_row_factor_factor_id"), "row_factor", ["factor_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_row_factor_factor_id"), table_name="row_factor")
    op.drop_table("row_factor")
