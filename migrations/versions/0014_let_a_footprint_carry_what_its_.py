"""Let a footprint carry what its arithmetic took for granted

Those before it were computed by the first arithmetic, which noted nothing.

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-29 08:08:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("footprint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("arithmetic", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("basis", sa.JSON(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_footprint_basis_since_second"), "(arithmetic = 1) = (basis IS NULL)"
        )
    with op.batch_alter_table("footprint", schema=None) as batch_op:
        batch_op.alter_column("arithmetic", server_default=None)


def downgrade():
    with op.batch_alter_table("footprint", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_footprint_basis_since_second"), type_="check")
        batch_op.drop_column("basis")
        batch_op.drop_column("arithmetic")
