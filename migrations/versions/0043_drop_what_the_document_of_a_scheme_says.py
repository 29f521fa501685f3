"""Drop what the document of a scheme says

Revision ID: 0043
Revises: 0042
Create Date: 2026-11-29 18:40:02

"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

# What stood in columns: their types, and how each is read back from the document.
DROPPED = {
    "rule_number": (sa.String(), lambda d: d["identity"]["rule"]["number"]),
    "rule_source": (sa.String(), lambda d: d["identity"]["rule"]["source"]),
    "demo": (sa.Boolean(), lambda d: d["identity"]["demo"]),
    "mode": (sa.String(), lambda d: d["identity"]["mode"]["zh"]),
    "mode_en": (sa.String(), lambda d: d["identity"]["mode"]["en"]),
    "declared_amount": (sa.String(64), lambda d: d["identity"]["declared"]["amount"]),
    "declared_unit": (sa.String(), lambda d: d["identity"]["declared"]["unit"]),
    "boundary": (sa.String(), lambda d: d["identity"]["boundary"]),
    "validity_years": (sa.Integer(), lambda d: d["identity"]["validity"]["years"]),
    "validity_source": (sa.String(), lambda d: d["identity"]["validity"]["source"]),
    "limit_value": (sa.String(64), lambda d: limit(d).get("rows", [{}])[0].get("limit")),
    "limit_source": (sa.String(), lambda d: limit(d).get("source", {}).get("text", "")),
    "limit_demo": (sa.Boolean(), lambda d: limit(d).get("source", {}).get("demo", False)),
    "comparison": (sa.String(), lambda d: limit(d).get("comparison", "full")),
    "rounding_digits": (sa.Integer(), lambda d: d["accounting"].get("digits", 2)),
    "gwp": (sa.String(), lambda d: d["accounting"].get("gwp", "AR6")),
    "person_days": (sa.String(64), lambda d: d["person_days"]["least"]),
    "retests": (sa.Integer(), lambda d: min((test.get("retests", 1) for test in d["tests"]), default=1)),
    "materiality": (sa.String(64), lambda d: d["accounting"].get("materiality")),
    "certificates": (sa.String(), lambda d: d["accounting"].get("certificates", "outside")),
    "required_files": (sa.JSON(), lambda d: [kind["slug"] for kind in d["documents"]]),
    "tests": (sa.JSON(), lambda d: [item(d, test) for test in d["tests"]]),
    "clocks": (sa.JSON(), lambda d: {name: clock(name, each) for name, each in d["clocks"].items()}),
}
TERMS = (
    "surveillance_from",
    "surveillance_interval",
    "suspension_max",
    "recertification_earliest",
    "recertification_latest",
    "reapplication_wait",
)
NULLABLE = ("limit_value", "materiality")
CHECKS = {
    "validity_positive": "validity_years > 0",
    "comparison_known": "comparison IN ('full', 'rounded')",
    "gwp_known": "gwp IN ('AR4', 'AR5', 'AR6')",
    "certificates_known": "certificates IN ('outside', 'counted')",
}


def upgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_scheme_version_{name}"), type_="check")
        for name in DROPPED:
            batch_op.drop_column(name)
        for name, kind in (("document", sa.Text()), ("digest", sa.String()), ("is_tested", sa.Boolean())):
            batch_op.alter_column(name, existing_type=kind, nullable=False)


def downgrade():
    with op.batch_alter_table("scheme_version") as batch_op:
        for name, (kind, _read) in DROPPED.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        for name, kind in (("document", sa.Text()), ("digest", sa.String()), ("is_tested", sa.Boolean())):
            batch_op.alter_column(name, existing_type=kind, nullable=True)
    connection = op.get_bind()
    columns = (sa.column(name, kind) for name, (kind, _read) in DROPPED.items())
    table = sa.table("scheme_version", sa.column("id"), sa.column("document"), *columns)
    for row in connection.execute(sa.select(table.c.id, table.c.document)).all():
        document = json.loads(row.document)
        told = {name: read(document) for name, (_kind, read) in DROPPED.items()}
        connection.execute(sa.update(table).where(table.c.id == row.id).values(**told))
    with op.batch_alter_table("scheme_version") as batch_op:
        for name, (kind, _read) in DROPPED.items():
            batch_op.alter_column(name, existing_type=kind, nullable=name in NULLABLE)
        for name, text in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_scheme_version_{name}"), text)


def limit(document):
    return on(document, "footprint")


def on(document, quantity):
    return next((each for each in document["criteria"] if each["quantity"] == quantity), {})


def item(document, test):
    asked = on(document, f"test:{test['slug']}")
    return {
        "slug": test["slug"],
        "name": test["names"]["zh"],
        "name_en": test["names"]["en"],
        "method": test["method"],
        "unit": test["unit"],
        "comparator": asked.get("comparator"),
        "limit": asked.get("rows", [{}])[0].get("limit"),
        "demo": test.get("demo", False),
    }


def clock(name, stated):
    more = {rule: stated[rule] for rule in ("first", "term", "weak") if stated.get(rule)}
    if name in TERMS:
        return {"months": stated["length"], "source": stated["source"], **more}
    return {"days": stated["length"], "unit": stated["unit"], "source": stated["source"], **more}
