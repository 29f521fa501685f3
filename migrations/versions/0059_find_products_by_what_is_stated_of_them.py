"""Find products by the parameters that are stated of them, and show the grade they reach."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

GRADE = ("grade", "grade_name", "grade_name_en")


def upgrade():
    """No product of before has a grade or a parameter: no rule could ask for one."""
    op.create_table(
        "catalog_entry_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("parameter", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["catalog_entry.id"], name=op.f("fk_catalog_entry_fact_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_entry_fact")),
        sa.UniqueConstraint(
            "entry_id", "parameter", "value", name=op.f("uq_catalog_entry_fact_entry_id_parameter_value")
        ),
    )
    with op.batch_alter_table("catalog_entry_fact") as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_entry_fact_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_entry_fact_parameter"), ["parameter"], unique=False)
    with op.batch_alter_table("catalog_entry") as batch_op:
        for name in GRADE:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("catalog_entry") as batch_op:
        for name in GRADE:
            batch_op.alter_column(name, server_default=None)


def downgrade():
    with op.batch_alter_table("catalog_entry") as batch_op:
        for name in GRADE:
            batch_op.drop_column(name)
    op.drop_table("catalog_entry_fact")
