"""Let one factory visit serve several certificates"""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "factory_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("factory", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person_days", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_factory_visit_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factory_visit")),
    )
    op.create_index(op.f("ix_factory_visit_body_id"), "factory_visit", ["body_id"])
    with op.batch_alter_table("surveillance") as batch_op:
        batch_op.add_column(sa.Column("visit_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_surveillance_visit_id"), ["visit_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_surveillance_visit_id"), "factory_visit", ["visit_id"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("surveillance") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_surveillance_visit_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_surveillance_visit_id"))
        batch_op.drop_column("visit_id")
    op.drop_table("factory_visit")
