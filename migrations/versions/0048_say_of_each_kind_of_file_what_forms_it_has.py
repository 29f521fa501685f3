"""Say of each kind of file which form it has, and whether it comes with every case

The house knew by its slug which kind of file had a blank form and which one may come with every case of a client.
A scheme says so from now on.  What people were told of a file names it in both languages.

Revision ID: 0048
Revises: 0046
Create Date: 2026-11-29 21:40:00

"""

import hashlib
import json

import rfc8785
import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0046"
branch_labels = None
depends_on = None

# As the house had it on the day of this migration.
STANDING = {"application_form", "business_licence", "management_system", "process_flow"}
MATERIALS = {
    "序号": "No.",
    "原辅材料": "Material",
    "规格": "Specification",
    "统计期用量": "Amount in the period",
    "单位": "Unit",
    "供应商": "Supplier",
    "产地": "Origin",
    "运输方式": "Mode of transport",
    "运距（km）": "Distance (km)",
    "证明文件": "Supporting files",
}
ENERGY = {
    "月份": "Month",
    "能源": "Energy",
    "仪表或账户编号": "Meter or account",
    "期初读数": "Reading at the beginning",
    "期末读数": "Reading at the end",
    "用量": "Amount used",
    "单位": "Unit",
    "结算单号": "Bill number",
    "备注": "Remark",
}
SHEETS = {
    "application_form": ("head", {}),
    "material_list": ("numbered", MATERIALS),
    "energy_records": ("monthly", ENERGY),
}
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
OWN = ("standing", "sheet", "columns")
SCHEMES = sa.table("scheme_version", *map(sa.column, ("id", "document", "digest")))
DRAFTS = sa.table("rule_draft", sa.column("id"), sa.column("document", sa.JSON))
NOTICES = sa.table("notice", sa.column("id"), sa.column("facts", sa.JSON))


def upgrade():
    rewrite_schemes(told)
    rewrite(DRAFTS, "document", lambda document: each_kind(document, told))
    rewrite(NOTICES, "facts", lambda facts: each_line(facts, named))


def downgrade():
    rewrite_schemes(untold)
    rewrite(DRAFTS, "document", lambda document: each_kind(document, untold))
    rewrite(NOTICES, "facts", lambda facts: each_line(facts, unnamed))


def rewrite_schemes(change):
    connection = op.get_bind()
    for row in connection.execute(sa.select(SCHEMES)).all():
        text = rfc8785.dumps(each_kind(json.loads(row.document), change)).decode()
        new = {"document": text, "digest": hashlib.sha256(text.encode()).hexdigest()}
        connection.execute(sa.update(SCHEMES).where(SCHEMES.c.id == row.id).values(**new))


def rewrite(table, column, change):
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        before = getattr(row, column)
        if (after := change(before)) != before:
            connection.execute(sa.update(table).where(table.c.id == row.id).values({column: after}))


def each_kind(document, change):
    """A draft may hold anything; what is no list of kinds stays as it was."""
    kinds = document.get("documents") if isinstance(document, dict) else None
    if not isinstance(kinds, list):
        return document
    return document | {"documents": [change(kind) if isinstance(kind, dict) else kind for kind in kinds]}


def told(kind):
    sheet, columns = SHEETS.get(kind.get("slug"), (None, {}))
    found = {"columns": [{"zh": zh, "en": en} for zh, en in columns.items()]} if columns else {}
    found |= {"sheet": sheet} if sheet else {}
    return found | ({"standing": True} if kind.get("slug") in STANDING else {}) | kind


def untold(kind):
    return {name: value for name, value in kind.items() if name not in (*OWN, "blank_file")}


def each_line(facts, change):
    lines = facts.get("lines") if isinstance(facts, dict) else None
    if not isinstance(lines, list):
        return facts
    return facts | {"lines": [line | {"at": change(line["at"])} for line in lines]}


def named(at):
    slug = str(at.get("word", "")).removeprefix("file.") if isinstance(at, dict) else ""
    if slug not in FILES or at["word"] == slug:
        return at
    zh, en = FILES[slug]
    return {"zh": zh, "en": en}


def unnamed(at):
    slugs = {names: slug for slug, names in FILES.items()}
    slug = slugs.get((at.get("zh"), at.get("en"))) if isinstance(at, dict) else None
    return {"word": f"file.{slug}"} if slug else at
