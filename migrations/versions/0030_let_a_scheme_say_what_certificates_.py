"""Let a scheme say what certificates of electricity count

Revision ID: 0030
Revises: 0029
Create Date: 2026-11-29 15:11:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.add_column(
            sa.Column("certificates", sa.String(length=100), nullable=False, server_default="outside")
        )
        batch_op.create_check_constraint(
            op.f("ck_scheme_version_certificates_known"), "certificates IN ('outside', 'counted')"
        )
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.alter_column("certificates", server_default=None)


def downgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.drop_constraint(op.f("ck_scheme_version_certificates_known"), type_="check")
        batch_op.drop_column("certificates")
