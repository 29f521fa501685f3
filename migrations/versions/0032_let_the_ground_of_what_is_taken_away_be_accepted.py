"""Let the ground of what is taken away be accepted, with a reason."""

from alembic import op

revision = "0032"
down_revision = "0026"
branch_labels = None
depends_on = None

BEFORE = "state <> 'accepted' OR reason <> ''"
SINCE = "state NOT IN ('accepted', 'counted') OR reason <> ''"


def upgrade():
    _say(SINCE)


def downgrade():
    _say(BEFORE)


def _say(condition: str) -> None:
    name = op.f("ck_question_reason_given")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, condition)
