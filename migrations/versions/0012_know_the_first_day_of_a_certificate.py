"""Know the first day of a certificate

Every one that was issued before began on its day of issue.

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-28 16:12:00

"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CERTIFIED = (
    "(kind = 'certified') = (certificate_id IS NOT NULL AND number IS NOT NULL AND issued_on IS NOT NULL"
)
LISTED = f"{CERTIFIED} AND begins_on IS NOT NULL AND valid_to IS NOT NULL)"
FORMERLY_LISTED = f"{CERTIFIED} AND valid_to IS NOT NULL)"


def upgrade():
    for table in ("certificate", "catalog_entry"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("begins_on", sa.Date(), nullable=True))
        op.execute(sa.text(f"UPDATE {table} SET begins_on = issued_on WHERE valid_to IS NOT NULL"))
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.alter_column("begins_on", existing_type=sa.Date(), nullable=False)
        batch_op.drop_constraint(op.f("ck_certificate_validity_in_order"), type_="check")
        batch_op.create_check_constraint(op.f("ck_certificate_validity_in_order"), "valid_to >= begins_on")
        batch_op.create_check_constraint(op.f("ck_certificate_begins_once_issued"), "begins_on >= issued_on")
    _list(LISTED)
    with op.batch_alter_table("catalog_entry") as batch_op:
        batch_op.create_index(op.f("ix_catalog_entry_begins_on"), ["begins_on"], unique=False)


def downgrade():
    with op.batch_alter_table("catalog_entry") as batch_op:
        batch_op.drop_index(op.f("ix_catalog_entry_begins_on"))
    _list(FORMERLY_LISTED)
    with op.batch_alter_table("catalog_entry") as batch_op:
        batch_op.drop_column("begins_on")
    with op.batch_alter_table("certificate") as batch_op:
        batch_op.drop_constraint(op.f("ck_certificate_begins_once_issued"), type_="check")
        batch_op.drop_constraint(op.f("ck_certificate_validity_in_order"), type_="check")
        batch_op.create_check_constraint(op.f("ck_certificate_validity_in_order"), "valid_to >= issued_on")
        batch_op.drop_column("begins_on")


def _list(condition):
    with op.batch_alter_table("catalog_entry") as batch_op:
        batch_op.drop_constraint(op.f("ck_catalog_entry_certified_has_certificate"), type_="check")
        batch_op.create_check_constraint(op.f("ck_catalog_entry_certified_has_certificate"), condition)
