"""Propose a suspension for a missed check

Checks that are missed already are found by the next round of the timer.

Revision ID: 0068
Revises: 0067
Create Date: 2026-11-30 05:10:00

"""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

BEFORE = ("holder", "suspension_ended", "surveillance", "retraction", "rule_change")
AFTER = ("holder", "suspension_ended", "surveillance", "check_missed", "retraction", "rule_change")
NAME = "ck_status_proposal_source_known"


def upgrade():
    _let(AFTER)


def downgrade():
    op.execute("DELETE FROM status_proposal WHERE source = 'check_missed'")
    _let(BEFORE)


def _let(sources):
    known = ", ".join(f"'{source}'" for source in sources)
    with op.batch_alter_table("status_proposal") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), f"source IN ({known})")
