"""Verify a restoration before it is decided

What holders have asked for stays as it is: nobody has verified it yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

IN_FULL = "state <> 'verified' OR (verified_on IS NOT NULL AND verification <> '' AND verdict <> '')"
KNOWN = "verdict IN ('', 'confirmed', 'not_confirmed')"
BEFORE = "source = 'holder' AND state = 'open'"
AFTER = "source = 'holder' AND state IN ('open', 'verified')"


def upgrade():
    with op.batch_alter_table("status_proposal") as batch_op:
        for name in ("verdict", "verification", "verified_by", "evidence_name"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("verified_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("verified_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("evidence", sa.String(length=64), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_status_proposal_verified_by_id"), "user", ["verified_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            op.f("fk_status_proposal_evidence"), "stored_file", ["evidence"], ["digest"]
        )
        batch_op.create_check_constraint(op.f("ck_status_proposal_verified_in_full"), IN_FULL)
        batch_op.create_check_constraint(op.f("ck_status_proposal_verdict_known"), KNOWN)
    with op.batch_alter_table("status_proposal") as batch_op:
        for name in ("verdict", "verification", "verified_by", "evidence_name"):
            batch_op.alter_column(name, server_default=None)
    _asked_once_while(AFTER)


def downgrade():
    op.execute("UPDATE status_proposal SET state = 'open' WHERE state = 'verified'")
    _asked_once_while(BEFORE)
    with op.batch_alter_table("status_proposal") as batch_op:
        batch_op.drop_constraint(op.f("ck_status_proposal_verdict_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_status_proposal_verified_in_full"), type_="check")
        batch_op.drop_constraint(op.f("fk_status_proposal_evidence"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_status_proposal_verified_by_id"), type_="foreignkey")
        for name in ("evidence", "verified_by_id", "verified_on"):
            batch_op.drop_column(name)
        for name in ("evidence_name", "verified_by", "verification", "verdict"):
            batch_op.drop_column(name)


def _asked_once_while(asked):
    op.drop_index("uq_status_proposal_asked", "status_proposal")
    op.create_index(
        "uq_status_proposal_asked",
        "status_proposal",
        ["certificate_id", "kind"],
        unique=True,
        sqlite_where=sa.text(asked),
        postgresql_where=sa.text(asked),
    )
