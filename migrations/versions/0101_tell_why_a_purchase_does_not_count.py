"""Tell why a purchase does not count as low in carbon: a certificate alone is not enough."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

CERTIFIES = ("in-force", "model", "body", "standard")
PURCHASE = sa.table(
    "purchase",
    sa.column("certified", sa.Boolean),
    *(sa.column(name) for name in ("id", "number", "answer", "left_out")),
)


def upgrade():
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    rows = connection.execute(sa.select(PURCHASE.c.id, PURCHASE.c.number, PURCHASE.c.answer)).all()
    for row in rows:
        reason = _left_out(row.number, json.loads(row.answer))
        connection.execute(sa.update(PURCHASE).where(PURCHASE.c.id == row.id).values(left_out=reason))
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.alter_column("left_out", server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_purchase_left_out_known"),
            "left_out IN ('', 'no-certificate', 'not-certified', 'part-of-other-goods', 'not-buyable', "
            "'committee', 'not-yet-known', 'unknown')",
        )
        batch_op.drop_column("certified")


def _left_out(number, answer):
    """As it was reckoned when this was written: what is recorded later is told by the product."""
    if answer["overall"] == "buyable":
        return ""
    if not number:
        return "no-certificate"
    if answer["overall"] != "not-required":
        return answer["overall"]
    found = {each["subject"]: each for each in answer["findings"]}
    if found["category"]["ground"] == "part-of-other-goods":
        return "part-of-other-goods"
    good = all(found[subject]["answer"] == "met" for subject in CERTIFIES)
    return "" if good and found["maker"]["answer"] != "not-met" else "not-certified"


def downgrade():
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.add_column(sa.Column("certified", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.update(PURCHASE).where(PURCHASE.c.left_out == "").values(certified=True))
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.alter_column("certified", server_default=None)
        batch_op.drop_constraint(op.f("ck_purchase_left_out_known"), type_="check")
        batch_op.drop_column("left_out")
