"""Let what a file is served as follow its name in each case."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# Without a batch: both databases drop a column in place, while rebuilding the table would drop what every
# file of a case points at.


def upgrade():
    op.drop_column("stored_file", "media_type")


def downgrade():
    given = sa.Column("media_type", sa.String(), nullable=False, server_default="application/octet-stream")
    op.add_column("stored_file", given)
