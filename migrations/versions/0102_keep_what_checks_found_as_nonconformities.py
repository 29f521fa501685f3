"""Keep what a follow-up check found as nonconformities

What was found wanting stood in the record of the check, and one answer to all of it beside.  Each is a row now:
with the answer that was given to all, judged as the check was concluded.  The record of the check stays.
"""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None


FINDINGS = sa.table(
    "check_finding",
    *(sa.column(name) for name in ("id", "surveillance_id", "number", "state", "version", "grade", "anchor")),
    *(sa.column(name) for name in ("fact", "clause", "raised_by")),
    sa.column("raised_at", sa.DateTime(timezone=True)),
)
ANSWERS = sa.table(
    "check_answer",
    *(sa.column(name) for name in ("finding_id", "round", "text", "evidence", "evidence_name")),
    *(sa.column(name) for name in ("answered_by", "outcome", "verdict", "judged_by")),
    sa.column("answered_at", sa.DateTime(timezone=True)),
    sa.column("judged_at", sa.DateTime(timezone=True)),
)
STEPS = sa.table(
    "step_taken",
    *(sa.column(name) for name in ("id", "kind", "subject_id", "step", "actor")),
    sa.column("at", sa.DateTime(timezone=True)),
)
CHECKS = sa.table(
    "surveillance",
    *(sa.column(name) for name in ("id", "state", "items", "lead", "answer", "evidence", "evidence_name")),
    *(sa.column(name) for name in ("conclusion", "concluded_by")),
    sa.column("conducted_on", sa.Date()),
)
GRADES = ("minor", "major")


def move(connection):
    """A row for each finding, and its answer; who did what, and when, as the history of the check has it."""
    number = 0
    for check in connection.execute(sa.select(CHECKS).order_by(CHECKS.c.id)).mappings().all():
        items = json.loads(check["items"]) if isinstance(check["items"], str) else check["items"]
        wanting = [item for item in items or () if item.get("finding") in GRADES]
        if not wanting:
            continue
        taken = steps_of(connection, check["id"])
        for place, item in enumerate(wanting, 1):
            number += 1
            found = {"id": number, "surveillance_id": check["id"], "number": f"NC-{place:02d}"}
            connection.execute(FINDINGS.insert().values(**found, **said_of(check, item, taken)))
            if check["answer"] and check["evidence"]:
                connection.execute(ANSWERS.insert().values(finding_id=number, **answer_of(check, taken)))
    if number and connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval('check_finding_id_seq', :last)"), {"last": number})


def steps_of(connection, check):
    """The last of each kind."""
    query = sa.select(STEPS).where(STEPS.c.kind == "surveillance", STEPS.c.subject_id == check)
    return {row["step"]: row for row in connection.execute(query.order_by(STEPS.c.id)).mappings()}


def said_of(check, item, taken):
    answered = "answered" if check["answer"] and check["evidence"] else "raised"
    conduct = taken.get("conduct")
    return {
        "state": "closed" if check["state"] == "passed" else answered,
        "version": 1,
        "grade": item["finding"],
        "anchor": item["slug"],
        "fact": item.get("note") or "",
        "clause": "",
        "raised_by": conduct["actor"] if conduct else check["lead"],
        "raised_at": conduct["at"] if conduct else midnight(check["conducted_on"]),
    }


def answer_of(check, taken):
    gave, judged = taken.get("answer"), taken.get("pass")
    said = {"round": 1, "text": check["answer"], "evidence": check["evidence"]}
    said |= {"evidence_name": check["evidence_name"], "answered_by": gave["actor"] if gave else ""}
    said |= {"answered_at": gave["at"] if gave else midnight(check["conducted_on"])}
    if check["state"] != "passed" or not check["conclusion"]:
        return said | {"outcome": "", "verdict": "", "judged_by": "", "judged_at": None}
    said |= {"outcome": "close", "verdict": check["conclusion"], "judged_by": check["concluded_by"]}
    return said | {"judged_at": judged["at"] if judged else None}


def midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def put_back(connection):
    """The last answer to the first finding that has one is the answer of the check."""
    query = sa.text(
        "SELECT f.surveillance_id AS id, a.text, a.evidence, a.evidence_name FROM check_answer a "
        "JOIN check_finding f ON f.id = a.finding_id ORDER BY f.id DESC, a.round"
    )
    for row in connection.execute(query).mappings().all():
        told = {"answer": row["text"], "evidence": row["evidence"], "evidence_name": row["evidence_name"]}
        connection.execute(CHECKS.update().where(CHECKS.c.id == row["id"]).values(**told))


def upgrade():
    op.create_table(
        "check_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surveillance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade IN ('minor', 'major')", name=op.f("ck_check_finding_grade_known")),
        sa.ForeignKeyConstraint(
            ["surveillance_id"], ["surveillance.id"], name=op.f("fk_check_finding_surveillance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_finding")),
        sa.UniqueConstraint(
            "surveillance_id", "number", name=op.f("uq_check_finding_surveillance_id_number")
        ),
    )
    with op.batch_alter_table("check_finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_check_finding_surveillance_id"), ["surveillance_id"], unique=False
        )

    op.create_table(
        "check_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_name", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("judged_by", sa.String(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome = '' OR verdict <> ''", name=op.f("ck_check_answer_verdict_given")),
        sa.CheckConstraint("outcome IN ('', 'reject', 'close')", name=op.f("ck_check_answer_outcome_known")),
        sa.ForeignKeyConstraint(["evidence"], ["stored_file.digest"], name=op.f("fk_check_answer_evidence")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["check_finding.id"], name=op.f("fk_check_answer_finding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_answer")),
        sa.UniqueConstraint("finding_id", "round", name=op.f("uq_check_answer_finding_id_round")),
    )
    with op.batch_alter_table("check_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_answer_finding_id"), ["finding_id"], unique=False)

    move(op.get_bind())
    with op.batch_alter_table("surveillance", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_surveillance_evidence"), type_="foreignkey")
        batch_op.drop_column("evidence_name")
        batch_op.drop_column("evidence")
        batch_op.drop_column("answer")


def downgrade():
    with op.batch_alter_table("surveillance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("evidence", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("evidence_name", sa.String(), nullable=False, server_default=""))
        batch_op.create_foreign_key(
            batch_op.f("fk_surveillance_evidence"), "stored_file", ["evidence"], ["digest"]
        )
    put_back(op.get_bind())
    with op.batch_alter_table("surveillance", schema=None) as batch_op:
        batch_op.alter_column("answer", server_default=None)
        batch_op.alter_column("evidence_name", server_default=None)

    with op.batch_alter_table("check_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_answer_finding_id"))

    op.drop_table("check_answer")
    with op.batch_alter_table("check_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_finding_surveillance_id"))

    op.drop_table("check_finding")
