"""Keep who drew up an edition and who approved it, and the signature of the owner of the list."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

# Whoever redrafted an edition or showed it for objection drew it up; who began it stands in no step.
DREW = """
INSERT INTO edition_hand (edition_id, person_id, person, did, at)
SELECT subject_id, actor_id, min(actor), 'drew', min(at) FROM step_taken
WHERE kind = 'edition' AND step IN ('redraft', 'open_notice') AND actor_id IS NOT NULL
AND subject_id IN (SELECT id FROM list_edition)
GROUP BY subject_id, actor_id
"""


def upgrade():
    op.create_table(
        "edition_hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("did", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("did IN ('drew', 'approved')", name=op.f("ck_edition_hand_did_known")),
        sa.ForeignKeyConstraint(["edition_id"], ["list_edition.id"], name=op.f("fk_edition_hand_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_edition_hand_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_hand")),
        sa.UniqueConstraint(
            "edition_id", "person_id", "did", name=op.f("uq_edition_hand_edition_id_person_id_did")
        ),
    )
    op.create_index(op.f("ix_edition_hand_edition_id"), "edition_hand", ["edition_id"])
    op.execute(DREW)
    with op.batch_alter_table("list_edition") as batch_op:
        for name in ("signed_by", "signature"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("list_edition") as batch_op:
        for name in ("signed_by", "signature"):
            batch_op.alter_column(name, server_default=None)


def downgrade():
    with op.batch_alter_table("list_edition") as batch_op:
        for name in ("signature", "signed_by"):
            batch_op.drop_column(name)
    op.drop_index(op.f("ix_edition_hand_edition_id"), "edition_hand")
    op.drop_table("edition_hand")
