"""Say more of policy: goods that are encouraged or of which nothing is asked, and last days of former versions."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

RULES = ("policy_rule", "policy_proposal")
BEFORE = "treatment IN ('mandatory', 'priority')"
LISTED = "treatment IN ('mandatory', 'priority', 'encouraged')"
EVERY = "treatment IN ('mandatory', 'priority', 'encouraged', 'not-required')"


def upgrade():
    for table in RULES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("last_use", sa.JSON(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("last_use", server_default=None)
        _ask(table, EVERY)
    _ask("edition_line", LISTED)


def downgrade():
    for table in RULES:
        _ask(table, BEFORE)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("last_use")
    _ask("edition_line", BEFORE)


def _ask(table: str, words: str) -> None:
    name = op.f(f"ck_{table}_treatment_known")
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, words)
