"""Name both ends of asking for recertification

What a scheme stated as its window was the first day on which asking was allowed, and no day up to the last
was late: this stays so.  Where nothing was stated the usual terms hold.

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-28 16:05:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCHEMES = sa.table("scheme_version", sa.column("id", sa.Integer), sa.column("clocks", sa.JSON))


def upgrade():
    for row, clocks in _stating("recertification_window"):
        window = clocks.pop("recertification_window")
        clocks["recertification_earliest"] = window
        clocks["recertification_latest"] = window | {"months": 0}
        _keep(row, clocks)


def downgrade():
    for row, clocks in _stating("recertification_earliest"):
        clocks["recertification_window"] = clocks.pop("recertification_earliest")
        clocks.pop("recertification_latest", None)
        _keep(row, clocks)


def _stating(name):
    for row, clocks in op.get_bind().execute(sa.select(SCHEMES.c.id, SCHEMES.c.clocks)).all():
        if clocks and name in clocks:
            yield row, dict(clocks)


def _keep(row, clocks):
    op.get_bind().execute(sa.update(SCHEMES).where(SCHEMES.c.id == row).values(clocks=clocks))
