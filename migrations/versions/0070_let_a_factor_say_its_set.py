"""Let a factor say with which set of potentials it was made, and its source in English

Of what stands, the factors that are potentials themselves are of the set in their code; of the others nobody
said.  The source is told in English as it was told so far.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

SETS = ("AR4", "AR5", "AR6")


def upgrade():
    with op.batch_alter_table("factor") as batch_op:
        for name in ("source_en", "gwp"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
    factor = sa.table(
        "factor", *(sa.column(name) for name in ("code", "category", "source", "source_en", "gwp"))
    )
    op.execute(factor.update().values(source_en=factor.c.source))
    for each in SETS:
        of_set = factor.c.code.startswith(f"GWP100-{each}-")
        op.execute(factor.update().where(factor.c.category == "gwp", of_set).values(gwp=each))
    with op.batch_alter_table("factor") as batch_op:
        for name in ("source_en", "gwp"):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_factor_gwp_known"), "gwp IN ('', 'AR4', 'AR5', 'AR6')"
        )


def downgrade():
    with op.batch_alter_table("factor") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_factor_gwp_known"), type_="check")
    with op.batch_alter_table("factor") as batch_op:
        for name in ("source_en", "gwp"):
            batch_op.drop_column(name)
