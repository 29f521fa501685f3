"""Let buildings be rated, in the running of a year, and keep the paper of each version of a rule."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0048"
branch_labels = None
depends_on = None

CHECKS = (
    ("scheme_version", "ck_scheme_version_family_known"),
    ("inventory", "ck_inventory_boundary_known"),
    ("label_licence", "ck_label_licence_kind_known"),
)
PAPER = "fk_scheme_version_paper"
BEFORE = (
    "family IN ('low_carbon', 'footprint_label')",
    "boundary IN ('cradle_to_gate', 'cradle_to_site', 'cradle_to_grave')",
    "kind IN ('low_carbon', 'footprint_label')",
)
AFTER = (
    "family IN ('low_carbon', 'footprint_label', 'building_energy')",
    "boundary IN ('cradle_to_gate', 'cradle_to_site', 'cradle_to_grave', 'operation')",
    "kind IN ('low_carbon', 'footprint_label', 'building_energy')",
)


def upgrade():
    know(*AFTER)
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.add_column(sa.Column("paper", sa.String(), nullable=True))
        batch_op.create_foreign_key(op.f(PAPER), "stored_file", ["paper"], ["digest"])


def downgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        batch_op.drop_constraint(op.f(PAPER), type_="foreignkey")
        batch_op.drop_column("paper")
    know(*BEFORE)


def know(*words):
    for (table, name), text in zip(CHECKS, words, strict=True):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(name), type_="check")
            batch_op.create_check_constraint(op.f(name), text)
