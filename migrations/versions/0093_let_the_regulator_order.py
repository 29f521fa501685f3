"""Let the regulator order a check or a status act"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

BEFORE = (
    "holder",
    "suspension_ended",
    "surveillance",
    "check_missed",
    "complaint",
    "retraction",
    "rule_change",
)
AFTER = (
    "holder",
    "suspension_ended",
    "surveillance",
    "check_missed",
    "complaint",
    "regulator",
    "retraction",
    "rule_change",
)
NAME = "ck_status_proposal_source_known"


def upgrade():
    with op.batch_alter_table("surveillance") as batch_op:
        batch_op.add_column(sa.Column("ordered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ordered_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("order_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("surveillance") as batch_op:
        batch_op.alter_column("ordered_by", server_default=None)
        batch_op.alter_column("order_reason", server_default=None)
    with op.batch_alter_table("status_proposal") as batch_op:
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
    _let(AFTER)


def downgrade():
    op.execute("DELETE FROM status_proposal WHERE source = 'regulator'")
    _let(BEFORE)
    with op.batch_alter_table("status_proposal") as batch_op:
        batch_op.drop_column("due_on")
    with op.batch_alter_table("surveillance") as batch_op:
        batch_op.drop_column("order_reason")
        batch_op.drop_column("ordered_by")
        batch_op.drop_column("ordered_on")


def _let(sources):
    known = ", ".join(f"'{source}'" for source in sources)
    with op.batch_alter_table("status_proposal") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), f"source IN ({known})")
