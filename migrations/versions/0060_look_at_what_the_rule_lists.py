"""Look at what the rule lists, not only at the seven checks of the house

The checks of a visit are data of a rule, so that no constraint names them; reviews of documents and technical
reviews keep an answer for each item of their list.  What people were told of a check names it in both languages.
The test whose result is held against the clinker of the activity data was known by its slug; it says so itself.

Revision ID: 0060
Revises: 0059
Create Date: 2026-11-29 22:30:00

"""

import hashlib
import json

import rfc8785
import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

KNOWN = "ck_site_photograph_check_known"
# As the house called them on the day of this migration.
CHECKS = {
    "process_flow": ("工艺流程与申报文件一致", "Process flow agrees with the submitted files"),
    "energy_material_balance": ("能源与物料平衡", "Energy and material balance"),
    "evidence_reliability": ("证据可靠", "Reliability of evidence"),
    "product_consistency": ("生产的产品与受检样品一致", "Produced goods agree with the tested sample"),
    "energy_monitoring": ("能源计量器具状况", "State of the energy meters"),
    "calculation_completeness": ("碳排放核算完整", "Completeness of the carbon calculation"),
    "quality_assurance": ("质量保证水平与能力", "Quality assurance level and ability"),
}
CLINKER = "clinker_share"
SCHEMES = sa.table("scheme_version", *map(sa.column, ("id", "document", "digest")))
NOTICES = sa.table("notice", sa.column("id"), sa.column("facts", sa.JSON))


def upgrade():
    with op.batch_alter_table("site_photograph") as batch_op:
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
    for table in ("document_review", "technical_review"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("items", sa.JSON(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("items", server_default=None)
    retell(named)
    rewrite(lambda test: test | {"against": "clinker"} if test.get("slug") == CLINKER else test)


def downgrade():
    rewrite(lambda test: {name: value for name, value in test.items() if name != "against"})
    retell(unnamed)
    for table in ("technical_review", "document_review"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("items")
    known = ", ".join(f"'{slug}'" for slug in CHECKS)
    op.execute(sa.text(f"DELETE FROM site_photograph WHERE check_slug NOT IN ({known})"))  # ours
    with op.batch_alter_table("site_photograph") as batch_op:
        batch_op.create_check_constraint(op.f(KNOWN), f"check_slug IN ({known})")


def rewrite(change):
    connection = op.get_bind()
    for row in connection.execute(sa.select(SCHEMES)).all():
        document = json.loads(row.document)
        tests = [change(test) for test in document.get("tests", [])]
        if tests == document.get("tests", []):
            continue
        text = rfc8785.dumps(document | {"tests": tests}).decode()
        new = {"document": text, "digest": hashlib.sha256(text.encode()).hexdigest()}
        connection.execute(sa.update(SCHEMES).where(SCHEMES.c.id == row.id).values(**new))


def retell(change):
    connection = op.get_bind()
    for row in connection.execute(sa.select(NOTICES)).all():
        lines = row.facts.get("lines") if isinstance(row.facts, dict) else None
        if not isinstance(lines, list):
            continue
        facts = row.facts | {"lines": [line | {"at": change(line["at"])} for line in lines]}
        if facts != row.facts:
            connection.execute(sa.update(NOTICES).where(NOTICES.c.id == row.id).values(facts=facts))


def named(at):
    word = at.get("word", "") if isinstance(at, dict) else ""
    slug = word.removeprefix("check.")
    if slug == word or slug not in CHECKS:
        return at
    zh, en = CHECKS[slug]
    return {"zh": zh, "en": en}


def unnamed(at):
    slugs = {names: slug for slug, names in CHECKS.items()}
    slug = slugs.get((at.get("zh"), at.get("en"))) if isinstance(at, dict) else None
    return {"word": f"check.{slug}"} if slug else at
