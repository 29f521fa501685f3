"""Retire rules."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rule_retirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_rule_retirement_reason_given")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_rule_retirement_author_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_rule_retirement_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_retirement")),
    )
    proposed = sa.text("state = 'proposed'")
    with op.batch_alter_table("rule_retirement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_retirement_code"), ["code"], unique=False)
        batch_op.create_index(
            "uq_rule_retirement_open",
            ["code"],
            unique=True,
            sqlite_where=proposed,
            postgresql_where=proposed,
        )
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired_on", sa.Date(), nullable=True))


def downgrade():
    with op.batch_alter_table("scheme_version", schema=None) as batch_op:
        batch_op.drop_column("retired_on")
    with op.batch_alter_table("rule_retirement", schema=None) as batch_op:
        batch_op.drop_index("uq_rule_retirement_open")
        batch_op.drop_index(batch_op.f("ix_rule_retirement_code"))
    op.drop_table("rule_retirement")
