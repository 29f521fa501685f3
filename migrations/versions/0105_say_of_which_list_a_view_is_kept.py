"""Say of which list a view is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listing", sa.String(), nullable=False, server_default="cases"))
        batch_op.drop_constraint(batch_op.f("uq_saved_view_user_id_organisation_id_name"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_saved_view_user_id_organisation_id_listing_name"),
            ["user_id", "organisation_id", "listing", "name"],
        )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.alter_column("listing", server_default=None)


def downgrade():
    op.execute("DELETE FROM saved_view WHERE listing <> 'cases'")  # there was no other list to keep one of
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_saved_view_user_id_organisation_id_listing_name"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_saved_view_user_id_organisation_id_name"), ["user_id", "organisation_id", "name"]
        )
        batch_op.drop_column("listing")
