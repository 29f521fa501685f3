"""Let bodies adopt rules."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=True),
        sa.Column("checklists", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("papers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("logo", sa.String(), nullable=True),
        sa.Column("logo_name", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=True),
        sa.Column("seal_name", sa.String(), nullable=False),
        sa.Column("previews", sa.JSON(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('in_force', 'superseded', 'ended') OR in_force_from IS NOT NULL",
            name=op.f("ck_adoption_dated"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_adoption_body_id")),
        sa.ForeignKeyConstraint(["logo"], ["stored_file.digest"], name=op.f("fk_adoption_logo")),
        sa.ForeignKeyConstraint(["seal"], ["stored_file.digest"], name=op.f("fk_adoption_seal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint(
            "body_id", "scheme_code", "number", name=op.f("uq_adoption_body_id_scheme_code_number")
        ),
    )
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adoption_scheme_code"), ["scheme_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_adoption_state"), ["state"], unique=False)


def downgrade():
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_state"))
        batch_op.drop_index(batch_op.f("ix_adoption_scheme_code"))
        batch_op.drop_index(batch_op.f("ix_adoption_body_id"))

    op.drop_table("adoption")
