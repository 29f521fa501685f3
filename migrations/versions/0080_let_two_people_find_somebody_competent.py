"""Let two people find somebody competent: proposed by one on evidence, approved by another

What was entered before stands as approved from its first day, for every product of its family.
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

BEFORE = ("review", "decide")
AFTER = ("accept", "plan", "review_documents", "verify", "review", "decide", "handle_appeal")
KNOWN = "ck_competence_function_known"
ONCE = "uq_competence_user_id_body_id_family_function_valid_from"
OPEN = "uq_competence_proposed"
EVIDENCE, PROPOSER = "fk_competence_evidence", "fk_competence_proposed_by_id"
PROPOSED = sa.text("state = 'proposed'")
TOLD = ("category", "state", "evidence_name", "proposed_by", "approved_by")


def upgrade():
    with op.batch_alter_table("competence") as batch_op:
        for name in TOLD:
            stands = "approved" if name == "state" else ""
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=stands))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("evidence", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("proposed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approved_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.drop_constraint(op.f(ONCE), type_="unique")
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
        batch_op.create_check_constraint(op.f(KNOWN), _one_of(AFTER))
        batch_op.create_check_constraint(
            op.f("ck_competence_on_evidence"), "evidence IS NOT NULL OR proposed_by_id IS NULL"
        )
        batch_op.create_foreign_key(op.f(EVIDENCE), "stored_file", ["evidence"], ["digest"])
        batch_op.create_foreign_key(op.f(PROPOSER), "user", ["proposed_by_id"], ["id"])
    op.execute("UPDATE competence SET approved_on = valid_from")
    with op.batch_alter_table("competence") as batch_op:
        for name in (*TOLD, "version", "pauses"):
            batch_op.alter_column(name, server_default=None)
    op.create_index(
        OPEN,
        "competence",
        ["user_id", "body_id", "family", "category", "function"],
        unique=True,
        sqlite_where=PROPOSED,
        postgresql_where=PROPOSED,
    )


def downgrade():
    """What only two people can say is lost: that it waits, was declined or ended, or is for one category."""
    op.drop_index(OPEN, "competence")
    op.execute("DELETE FROM competence WHERE state <> 'approved' OR proposed_by_id IS NOT NULL")
    with op.batch_alter_table("competence") as batch_op:
        batch_op.drop_constraint(op.f("ck_competence_on_evidence"), type_="check")
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
        batch_op.drop_constraint(op.f(EVIDENCE), type_="foreignkey")
        batch_op.drop_constraint(op.f(PROPOSER), type_="foreignkey")
        for name in (
            "pauses",
            "ended_on",
            "approved_on",
            "proposed_at",
            "proposed_by_id",
            "evidence",
            "version",
        ):
            batch_op.drop_column(name)
        for name in reversed(TOLD):
            batch_op.drop_column(name)
    with op.batch_alter_table("competence") as batch_op:
        batch_op.create_check_constraint(op.f(KNOWN), _one_of(BEFORE))
        batch_op.create_unique_constraint(
            op.f(ONCE), ["user_id", "body_id", "family", "function", "valid_from"]
        )


def _one_of(functions):
    known = ", ".join(f"'{name}'" for name in functions)
    return f"function IN ({known})"
