"""Let a ground that was raised as a nonconformity be accepted after its correction."""

from alembic import op

revision = "0040"
down_revision = "0043"
branch_labels = None
depends_on = None

BEFORE = "(state = 'raised') = (nonconformity_id IS NOT NULL)"
SINCE = "state <> 'raised' OR nonconformity_id IS NOT NULL"


def upgrade():
    _say(SINCE)


def downgrade():
    op.execute("UPDATE question SET nonconformity_id = NULL WHERE state <> 'raised'")
    _say(BEFORE)


def _say(condition: str) -> None:
    name = op.f("ck_question_raised_as_finding")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, condition)
