"""Record purchases."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("spend", sa.String(length=64), nullable=False),
        sa.Column("overall", sa.String(), nullable=False),
        sa.Column("certified", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "overall IN ('buyable', 'not-buyable', 'not-required', 'committee', 'not-yet-known', 'unknown')",
            name=op.f("ck_purchase_overall_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_purchase_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint(
            "organisation_id",
            "reference",
            "product",
            "number",
            "model",
            name=op.f("uq_purchase_organisation_id_reference_product_number_model"),
        ),
    )
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purchase_bought_on"), ["bought_on"], unique=False)
        batch_op.create_index(
            "ix_purchase_organisation_id_bought_on", ["organisation_id", "bought_on"], unique=False
        )


def downgrade():
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.drop_index("ix_purchase_organisation_id_bought_on")
        batch_op.drop_index(batch_op.f("ix_purchase_bought_on"))

    op.drop_table("purchase")
