"""Count every body as having adopted each rule that it is approved for

Its cases run on, with the papers, checklists, person-days and numbers of the house, as before.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

SCOPE = sa.table(
    "body_scope", sa.column("body_id"), sa.column("scheme_code"), sa.column("valid_from", sa.Date())
)
ADOPTION = sa.table(
    "adoption",
    *(sa.column(name) for name in ("body_id", "scheme_code", "number", "state", "version", "pattern")),
    *(sa.column(name) for name in ("logo_name", "seal_name", "approved_by")),
    *(sa.column(name, sa.JSON()) for name in ("checklists", "papers", "previews", "writers")),
    sa.column("in_force_from", sa.Date()),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
HOUSE = {
    "number": 1,
    "state": "in_force",
    "version": 1,
    "pattern": "",
    "logo_name": "",
    "seal_name": "",
    "approved_by": "",
    "checklists": {},
    "papers": {},
    "previews": {},
    "writers": [],
}


def upgrade():
    connection = op.get_bind()
    first = sa.select(SCOPE.c.body_id, SCOPE.c.scheme_code, sa.func.min(SCOPE.c.valid_from).label("day"))
    rows = connection.execute(first.group_by(SCOPE.c.body_id, SCOPE.c.scheme_code)).all()
    made = datetime.now(UTC)
    for row in rows:
        facts = {"body_id": row.body_id, "scheme_code": row.scheme_code, "in_force_from": row.day}
        connection.execute(ADOPTION.insert().values(**HOUSE, **facts, created_at=made))


def downgrade():
    """The table goes with the step before."""
