"""Sort products by a parameter."""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

RULES = ("policy_rule", "policy_proposal")


def upgrade():
    op.create_table(
        "category_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)",
            name=op.f("ck_category_assignment_confirmed_complete"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["organisation.id"], name=op.f("fk_category_assignment_owner_id")
        ),
        sa.ForeignKeyConstraint(["writer_id"], ["user.id"], name=op.f("fk_category_assignment_writer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_assignment")),
    )
    with op.batch_alter_table("category_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_category_assignment_state"), ["state"], unique=False)

    op.create_table(
        "assigned_product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("category_edition", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("category_name", sa.String(), nullable=False),
        sa.Column("decided", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("values", sa.String(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('by-parameter', 'parameter-not-stated', 'fits-no-category', 'fits-several-categories')",
            name=op.f("ck_assigned_product_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["category_assignment.id"], name=op.f("fk_assigned_product_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assigned_product")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_assigned_product_assignment_id_number")),
    )
    with op.batch_alter_table("assigned_product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assigned_product_number"), ["number"], unique=False)

    for table in RULES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("parameter", sa.String(), nullable=False, server_default=""))
            batch_op.add_column(sa.Column("above", sa.String(length=64), nullable=True))
            batch_op.add_column(sa.Column("up_to", sa.String(length=64), nullable=True))
            batch_op.add_column(sa.Column("choices", sa.JSON(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("parameter", server_default=None)
            batch_op.alter_column("choices", server_default=None)


def downgrade():
    for table in RULES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in ("choices", "up_to", "above", "parameter"):
                batch_op.drop_column(column)

    with op.batch_alter_table("assigned_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assigned_product_number"))

    op.drop_table("assigned_product")
    with op.batch_alter_table("category_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_category_assignment_state"))

    op.drop_table("category_assignment")
