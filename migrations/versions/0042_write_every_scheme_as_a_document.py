"""Write every scheme as a document

What a column said of a test item becomes the item and, where it had a limit, a criterion; days and months become
lengths with a unit.  Clocks that no law runs were never read, and are left out.

Revision ID: 0042
Revises: 0041
Create Date: 2026-11-29 18:40:01

"""

import hashlib
import json
from decimal import Decimal

import rfc8785
import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

# As they were called on the day of this migration; a kind without a name keeps its slug.
FILES = {
    "application_form": ("认证委托书", "Application form"),
    "business_licence": ("营业执照副本", "Business licence (copy)"),
    "process_flow": ("产品工艺流程图", "Process flow chart"),
    "material_list": ("原辅材料清单", "List of materials"),
    "carbon_report": ("低碳产品评价报告", "Low-carbon product assessment report"),
    "energy_records": ("能源计量与结算记录", "Energy metering and billing records"),
    "management_system": ("质量与能源管理体系文件", "Quality and energy management system documents"),
    "footprint_report": ("产品碳足迹报告", "Product carbon footprint report"),
}
# The unit that the law counted in where a scheme stated none.
CLOCKS = {
    "acceptance": "working",
    "correction": "calendar",
    "acceptance_to_certificate": "calendar",
    "site_after_documents": "working",
    "site_to_certificate": "calendar",
    "approval_to_certificate": "working",
    "nonconformity_minor": "calendar",
    "nonconformity_major": "calendar",
    "surveillance_correction": "calendar",
    "appeal": "calendar",
    "appeal_handling": "calendar",
    "second_appeal": "calendar",
}
TERMS = (
    "surveillance_from",
    "surveillance_interval",
    "suspension_max",
    "recertification_earliest",
    "recertification_latest",
    "reapplication_wait",
)
TABLE = sa.table(
    "scheme_version",
    *map(sa.column, ("id", "document", "digest")),
    sa.column("is_tested", sa.Boolean),
)


def upgrade():
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT * FROM scheme_version")).mappings().all()
    for row in rows:
        text = rfc8785.dumps(document(row)).decode()
        told = {"document": text, "digest": hashlib.sha256(text.encode()).hexdigest()}
        tested = bool(loaded(row["tests"]))
        connection.execute(sa.update(TABLE).where(TABLE.c.id == row["id"]).values(is_tested=tested, **told))


def downgrade():
    """The columns that the document was written from are filled by the migration that lays them again."""


def document(row):
    return {
        "format": 1,
        "identity": identity(row),
        "parameters": [],
        "derived": [],
        "criteria": criteria(row),
        "tests": [test(row, item) for item in loaded(row["tests"])],
        "accounting": {
            "gwp": row["gwp"],
            "digits": row["rounding_digits"],
            "materiality": number(row["materiality"]),
            "certificates": row["certificates"],
        },
        "documents": [{"slug": kind, "names": file_names(kind)} for kind in loaded(row["required_files"])],
        "person_days": {"least": number(row["person_days"])},
        "label": {"kind": row["family"]},
        "clocks": dict(clocks(loaded(row["clocks"]))),
    }


def identity(row):
    return {
        "code": row["code"],
        "version": row["version"],
        "family": row["family"],
        "category": row["category"],
        "names": {"zh": row["name"], "en": row["name_en"]},
        "category_names": {"zh": row["category_name"], "en": row["category_name_en"]},
        "rule": {"number": row["rule_number"], "source": row["rule_source"]},
        "demo": bool(row["demo"]),
        "mode": {"zh": row["mode"], "en": row["mode_en"]},
        "declared": {"amount": number(row["declared_amount"]), "unit": row["declared_unit"]},
        "boundary": row["boundary"],
        "validity": {"years": row["validity_years"], "source": row["validity_source"]},
        "conclusion": {"kind": "pass", "grades": []},
        "effective_from": day(row["effective_from"]),
        "effective_to": day(row["effective_to"]),
    }


def criteria(row):
    found = []
    if row["limit_value"] is not None:
        amount = Decimal(row["declared_amount"])
        per = row["declared_unit"] if amount == 1 else f"{amount.normalize():f} {row['declared_unit']}"
        names, source = {"zh": "碳足迹", "en": "Footprint"}, row["limit_source"]
        one = criterion("footprint", names, "footprint", "le", f"kgCO2e/{per}", number(row["limit_value"]))
        about = {"text": source, "demo": bool(row["limit_demo"])}
        found.append({**one, "comparison": row["comparison"], "source": about})
    for item in loaded(row["tests"]):
        if item.get("comparator") and item.get("limit") is not None:
            # Whatever was not `le` was compared as `ge`.
            comparator, limit = "le" if item["comparator"] == "le" else "ge", number(item["limit"])
            quantity = f"test:{item['slug']}"
            one = criterion(item["slug"], names_of(item), quantity, comparator, item.get("unit", ""), limit)
            found.append({**one, "source": {"text": "", "demo": bool(item.get("demo"))}})
    return found


def criterion(slug, names, quantity, comparator, unit, limit):
    return {
        "slug": slug,
        "names": names,
        "quantity": quantity,
        "comparator": comparator,
        "unit": unit,
        "rows": [{"limit": limit}],
    }


def test(row, item):
    return {
        "slug": item["slug"],
        "names": names_of(item),
        "method": item.get("method", ""),
        "unit": item.get("unit", ""),
        "retests": row["retests"],
        "demo": bool(item.get("demo")),
    }


def clocks(stated):
    for name, clock in stated.items():
        length = clock.get("months" if name in TERMS else "days")
        if name not in (*CLOCKS, *TERMS) or length is None:
            continue
        found = {"length": length, "source": clock.get("source", ""), "weak": bool(clock.get("weak"))}
        found["unit"] = "months" if name in TERMS else clock.get("unit", CLOCKS[name])
        yield name, found | {rule: clock[rule] for rule in ("first", "term") if rule in clock}


def names_of(item):
    return {"zh": item.get("name", item["slug"]), "en": item.get("name_en", item["slug"])}


def file_names(kind):
    zh, en = FILES.get(kind, (kind, kind))
    return {"zh": zh, "en": en}


def number(value):
    """As it was kept, digit for digit."""
    return None if value is None else str(value)


def day(value):
    return None if value is None else str(value)[:10]


def loaded(value):
    return json.loads(value) if isinstance(value, str) else value
