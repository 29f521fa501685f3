"""What was evaluated before verification was recorded: what was declared is what counts, and says so."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

NAME = "ck_verification_opinion_opinion_known"
BEFORE = "opinion IN ('unmodified', 'modified', 'adverse', 'disclaimed')"
SINCE = "opinion IN ('unmodified', 'modified', 'adverse', 'disclaimed', 'unrecorded')"
NOTE = "此案卷在记录数据核查以前完成评审：没有逐项的核查记录，以申报值为准。"


STATES = ("in_review", "pending_decision", "granted", "countersigned", "certified", "refused")

CASE = sa.table(
    "application",
    *(sa.column(name) for name in ("id", "footprint_id", "state")),
    sa.column("updated_at", sa.DateTime(timezone=True)),
)
OPINION = sa.table(
    "verification_opinion",
    *(sa.column(name) for name in ("application_id", "declared_id", "verified_id", "materiality")),
    *(sa.column(name) for name in ("assurance", "opinion", "text", "given_by")),
    sa.column("misstatements", sa.JSON()),
    sa.column("given_at", sa.DateTime(timezone=True)),
    sa.column("superseded", sa.Boolean()),
)


def upgrade():
    _constrain(SINCE)
    connection = op.get_bind()
    evaluated = sa.select(CASE).where(CASE.c.state.in_(STATES), CASE.c.footprint_id.is_not(None))
    found = [
        {
            "application_id": case.id,
            "declared_id": case.footprint_id,
            "verified_id": case.footprint_id,
            "materiality": "0",
            "assurance": "",
            "misstatements": [],
            "opinion": "unrecorded",
            "text": NOTE,
            "given_by": "",
            "given_at": case.updated_at,
            "superseded": False,
        }
        for case in connection.execute(evaluated)
    ]
    if found:
        op.bulk_insert(OPINION, found)


def downgrade():
    op.execute("DELETE FROM verification_opinion WHERE opinion = 'unrecorded'")
    _constrain(BEFORE)


def _constrain(rule):
    with op.batch_alter_table("verification_opinion") as batch_op:
        batch_op.drop_constraint(batch_op.f(NAME), type_="check")
        batch_op.create_check_constraint(batch_op.f(NAME), rule)
