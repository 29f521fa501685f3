"""Ask makers."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "supply_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("pledge", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer <> 'confirmed' OR pledge <> ''", name=op.f("ck_supply_answer_confirmed_with_pledge")
        ),
        sa.CheckConstraint(
            "answer <> 'refused' OR reason <> ''", name=op.f("ck_supply_answer_refused_with_reason")
        ),
        sa.CheckConstraint("answer IN ('confirmed', 'refused')", name=op.f("ck_supply_answer_answer_known")),
        sa.CheckConstraint("contact <> ''", name=op.f("ck_supply_answer_contact_given")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["list_edition.id"], name=op.f("fk_supply_answer_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_supply_answer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_answer")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_supply_answer_edition_id_number")),
    )
    with op.batch_alter_table("supply_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_answer_edition_id"), ["edition_id"], unique=False)


def downgrade():
    with op.batch_alter_table("supply_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supply_answer_edition_id"))

    op.drop_table("supply_answer")
