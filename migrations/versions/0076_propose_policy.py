"""Propose policy rules: written by one person, approved by another, with what they ask and what belongs to them."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

# Rules for the same goods and scheme are counted by the day they begin.
COUNTED = """
UPDATE policy_rule SET number = (
    SELECT count(*) FROM policy_rule AS other
    WHERE other.category_edition = policy_rule.category_edition
    AND other.category_code = policy_rule.category_code
    AND other.scheme_code = policy_rule.scheme_code
    AND other.valid_from <= policy_rule.valid_from
)
"""
TEXTS = ("criterion", "scope_note", "drafted_by", "approved_by")


def upgrade():
    with op.batch_alter_table("policy_rule") as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(
            sa.Column(
                "entered_at",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.text("'1970-01-01 00:00:00'"),
            )
        )
    op.execute(COUNTED)
    op.execute("UPDATE policy_rule SET entered_at = CURRENT_TIMESTAMP")
    with op.batch_alter_table("policy_rule") as batch_op:
        for name in (*TEXTS, "number", "entered_at"):
            batch_op.alter_column(name, server_default=None)
    op.create_table(
        "policy_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category_edition", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("category_name", sa.String(), nullable=False),
        sa.Column("scheme_code", sa.String(length=100), nullable=False),
        sa.Column("treatment", sa.String(length=100), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("mode", sa.String(length=100), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("scope_note", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "treatment IN ('mandatory', 'priority')", name=op.f("ck_policy_proposal_treatment_known")
        ),
        sa.CheckConstraint(
            "mode IN ('list', 'category', 'criteria')", name=op.f("ck_policy_proposal_mode_known")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_policy_proposal_dates_in_order")
        ),
        sa.CheckConstraint("basis <> ''", name=op.f("ck_policy_proposal_basis_given")),
        sa.CheckConstraint(
            "state <> 'approved' OR rule_id IS NOT NULL", name=op.f("ck_policy_proposal_approved_complete")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_policy_proposal_owner_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["policy_rule.id"], name=op.f("fk_policy_proposal_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_proposal")),
    )
    op.create_index(op.f("ix_policy_proposal_state"), "policy_proposal", ["state"])


def downgrade():
    op.drop_index(op.f("ix_policy_proposal_state"), "policy_proposal")
    op.drop_table("policy_proposal")
    with op.batch_alter_table("policy_rule") as batch_op:
        for name in (*TEXTS, "number", "entered_at"):
            batch_op.drop_column(name)
