"""Keep every reading

What stands in each place is its first reading: nothing is changed.

Revision ID: 0066
Revises: 0065
Create Date: 2026-11-30 01:20:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

TEXTS = ("edition", "equipment", "environment", "rule", "reason")


def upgrade():
    with op.batch_alter_table("test_result") as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("test_result") as batch_op:
        for name in TEXTS:
            batch_op.alter_column(name, server_default=None)
        batch_op.create_foreign_key(
            batch_op.f("fk_test_result_replaces_id_test_result"), "test_result", ["replaces_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_test_result_rule_known"), "rule IN ('', 'simple', 'guard_band')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_test_result_change_has_reason"), "replaces_id IS NULL OR reason <> ''"
        )


def downgrade():
    with op.batch_alter_table("test_result") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_test_result_change_has_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_test_result_rule_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_test_result_replaces_id_test_result"), type_="foreignkey")
    with op.batch_alter_table("test_result") as batch_op:
        for name in (*TEXTS, "entered_at", "replaces_id"):
            batch_op.drop_column(name)
