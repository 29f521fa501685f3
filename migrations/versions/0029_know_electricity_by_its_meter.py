"""Know electricity by its meter

Revision ID: 0029
Revises: 0032
Create Date: 2026-11-29 15:10:00

"""

from alembic import op

revision = "0029"
down_revision = "0032"
branch_labels = None
depends_on = None

BEFORE = (
    "activity",
    "fuel",
    "transport",
    "clinker",
    "carbonate",
    "use",
    "amortised",
    "yield",
    "cff",
    "gas_sum",
    "supplier",
    "removal",
    "avoided",
)
AFTER = ("activity", "fuel", "electricity", *BEFORE[2:])


def upgrade():
    _among(AFTER)


def downgrade():
    _among(BEFORE)


def _among(kinds):
    one_of = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("activity_row") as batch_op:
        batch_op.drop_constraint(op.f("ck_activity_row_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_activity_row_kind_known"), f"kind IN ({one_of})")
