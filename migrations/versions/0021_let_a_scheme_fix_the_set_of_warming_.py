"""Let a scheme fix the set of warming potentials."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gwp", sa.String(), server_default="AR6", nullable=False))
        batch_op.create_check_constraint(op.f("ck_scheme_version_gwp_known"), "gwp IN ('AR4', 'AR5', 'AR6')")
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.alter_column("gwp", server_default=None)


def downgrade():
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_scheme_version_gwp_known"), type_="check")
        batch_op.drop_column("gwp")
