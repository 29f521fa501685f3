"""Let two people give a role: proposed by one on evidence, approved by another, from a day to a day

What was granted before stands as approved, open at both ends.
"""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "role_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_name", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT approved OR decided_at IS NOT NULL", name=op.f("ck_role_proposal_approval_decided")
        ),
        sa.CheckConstraint(
            "NOT approved OR decided_by_id <> proposed_by_id", name=op.f("ck_role_proposal_by_another_hand")
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_role_proposal_dates_in_order")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_role_proposal_decided_by_id")),
        sa.ForeignKeyConstraint(["evidence"], ["stored_file.digest"], name=op.f("fk_role_proposal_evidence")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_role_proposal_membership_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user.id"], name=op.f("fk_role_proposal_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposal")),
    )
    with op.batch_alter_table("role_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_proposal_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(
            "uq_role_proposal_open",
            ["membership_id", "role"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("valid_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("approved_by", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.alter_column("approved_by", server_default=None)


def downgrade():
    """What has not begun or is over is no role any more; what waits for a second person is lost."""
    op.execute("DELETE FROM role_grant WHERE valid_from > CURRENT_DATE OR valid_to < CURRENT_DATE")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_column("approved_by")
        batch_op.drop_column("valid_to")
        batch_op.drop_column("valid_from")

    with op.batch_alter_table("role_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_proposal_open",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_proposal_membership_id"))

    op.drop_table("role_proposal")
