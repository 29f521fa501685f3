"""Keep the yearly footprint of a follow-up check"""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

COLUMNS = {
    "footprint_from": sa.Date(),
    "footprint_to": sa.Date(),
    "footprint_declared": sa.String(length=64),
    "footprint_verified": sa.String(length=64),
}


def upgrade():
    with op.batch_alter_table("surveillance") as batch_op:
        for name, kind in COLUMNS.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))


def downgrade():
    with op.batch_alter_table("surveillance") as batch_op:
        for name in COLUMNS:
            batch_op.drop_column(name)
