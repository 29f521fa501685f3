"""Bound what is listed by what is left of its validity, say what holds for open tenders, and strike models."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

ACTS = ("suspend", "restore", "withdraw", "cancel", "supersede")
MODEL_ACTS = ("leave", "enter")


def upgrade():
    with op.batch_alter_table("list_edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valid_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("grace", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("list_edition", schema=None) as batch_op:
        batch_op.alter_column("grace", server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_list_edition_valid_days_bounded"), "valid_days IS NULL OR valid_days BETWEEN 1 AND 1095"
        )
    _ask((*ACTS, *MODEL_ACTS))


def downgrade():
    with op.batch_alter_table("list_edition", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_list_edition_valid_days_bounded"), type_="check")
        batch_op.drop_column("grace")
        batch_op.drop_column("valid_days")
    op.execute("DELETE FROM struck_line WHERE act IN ('leave', 'enter')")
    _ask(ACTS)


def _ask(acts: tuple[str, ...]) -> None:
    name = op.f("ck_struck_line_act_known")
    with op.batch_alter_table("struck_line", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"act IN {acts}")
