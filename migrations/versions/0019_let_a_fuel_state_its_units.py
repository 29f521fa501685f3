"""Let a fuel state its heating value, carbon and oxidation with their units

They were numbers in GJ/t (of a gas GJ/万Nm3), tC/TJ and parts of one.

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-29 10:59:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NAMES = ("ncv", "carbon_content", "oxidation")
UNITS = {"ncv": ("GJ/t", "GJ/万Nm3"), "carbon_content": ("tC/TJ",), "oxidation": ("1",)}
ROWS = sa.table(
    "activity_row",
    sa.column("id", sa.Integer()),
    sa.column("unit", sa.String()),
    sa.column("kind", sa.String()),
    sa.column("stated", sa.JSON()),
    *(sa.column(name, sa.String()) for name in NAMES),
)


def upgrade():
    connection = op.get_bind()
    fuels = connection.execute(sa.select(ROWS).where(sa.or_(*(ROWS.c[name].is_not(None) for name in NAMES))))
    for row in fuels.all():
        stated = {
            name: {"amount": getattr(row, name), "unit": _unit(name, row.unit)}
            for name in NAMES
            if getattr(row, name) is not None
        }
        connection.execute(sa.update(ROWS).where(ROWS.c.id == row.id).values(kind="fuel", stated=stated))


def downgrade():
    connection = op.get_bind()
    for row in connection.execute(sa.select(ROWS).where(ROWS.c.kind == "fuel")).all():
        values = {name: _bare(name, row.stated.get(name)) for name in NAMES}
        connection.execute(sa.update(ROWS).where(ROWS.c.id == row.id).values(values))


def _unit(name, unit):
    gas = name == "ncv" and unit.endswith("Nm3")
    return UNITS[name][1 if gas else 0]


def _bare(name, stated):
    """A number in the unit that went without saying; one in another has no column to go to."""
    return stated["amount"] if stated and stated["unit"] in UNITS[name] else None
