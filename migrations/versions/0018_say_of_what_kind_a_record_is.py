"""Say of what kind a record is, and what it states besides

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-29 10:58:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KINDS = (
    "activity",
    "fuel",
    "transport",
    "clinker",
    "carbonate",
    "use",
    "amortised",
    "yield",
    "cff",
    "gas_sum",
    "supplier",
    "removal",
    "avoided",
)
ONE_OF = ", ".join(f"'{kind}'" for kind in KINDS)


def upgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(length=100), nullable=False, server_default="activity")
        )
        batch_op.add_column(sa.Column("stated", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_check_constraint(op.f("ck_activity_row_kind_known"), f"kind IN ({ONE_OF})")
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("stated", server_default=None)


def downgrade():
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.drop_constraint(op.f("ck_activity_row_kind_known"), type_="check")
        batch_op.drop_column("stated")
        batch_op.drop_column("kind")
