"""What an earlier version wrote of a follow-up check, as its nonconformities have it."""

import json

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from tests.core.test_migrations import lay_whole

pytestmark = pytest.mark.engines("sql")

ITEMS = [
    {"slug": "label_use", "finding": "minor", "note": "旧包装还在用"},
    {"slug": "footprint_kept", "finding": "conform", "note": ""},
    {"slug": "energy_monitoring", "finding": "major", "note": "电表没有检定"},
]
DIGEST = "ab" * 32
ANSWERED = {"answer": "已整改", "evidence": DIGEST, "evidence_name": "照片.pdf"}
NOTHING = {"answer": "", "evidence": None, "evidence_name": ""}
CHECKS = {
    1001: {"state": "passed", "conclusion": "整改有效", "concluded_by": "顾言", **ANSWERED},
    1002: {"state": "correcting", "conclusion": "", **ANSWERED},
    1003: {"state": "failed", "conclusion": "不合格", **NOTHING},
}
FOUND = """SELECT surveillance_id, number, state, grade, anchor, fact, raised_by FROM check_finding
ORDER BY surveillance_id, number"""
ANSWERS = """SELECT f.surveillance_id, a.text, a.evidence, a.evidence_name, a.answered_by, a.outcome,
a.verdict, a.judged_by FROM check_answer a JOIN check_finding f ON f.id = a.finding_id
WHERE f.number = 'NC-02' ORDER BY f.surveillance_id"""
KEPT = "SELECT id, answer, evidence, evidence_name FROM surveillance ORDER BY id"


def lay_checks(engine) -> None:
    stands = {"boundary": "cradle_to_gate", "gwp": "AR6", "declared_amount": 1}
    lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
    lay_whole(engine, "scheme_version", id=1001, effective_from="2024-01-01", family="low_carbon")
    lay_whole(engine, "inventory", id=1001, organisation_id=1001, **stands)
    case = {"state": "draft", "purpose": "initial", "applicant_id": 1001, "body_id": 1001, "scheme_id": 1001}
    lay_whole(engine, "application", id=1001, inventory_id=1001, **case)
    lay_whole(engine, "stored_file", digest=DIGEST)
    whose = {"application_id": 1001, "holder_id": 1001, "body_id": 1001, "scheme_id": 1001}
    lay_whole(engine, "certificate", id=1001, number="LCP-1", statement="xxx", **whose)
    for number, said in CHECKS.items():
        row = {"certificate_id": 1001, "ordinal": number, "items": json.dumps(ITEMS), "lead": "叶笙"}
        row |= {"conducted_on": "2026-02-03", "due": "2026-05-01", "window_from": "2026-01-01"}
        lay_whole(engine, "surveillance", id=number, **row, **said)
        taken = {"kind": "surveillance", "subject_id": number, "at": "2026-03-04 05:06:07"}
        lay_whole(engine, "step_taken", id=number, step="answer", actor="周叙", **taken)


def test_what_a_check_found_is_a_nonconformity_with_its_answer_and_goes_back_as_it_came(fresh):
    with fresh("found", "0101") as engine:
        lay_checks(engine)
        upgrade(revision="0102")
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(text(FOUND))]
            answers = [tuple(row) for row in connection.execute(text(ANSWERS))]
        assert found == [
            (1001, "NC-01", "closed", "minor", "label_use", "旧包装还在用", "叶笙"),
            (1001, "NC-02", "closed", "major", "energy_monitoring", "电表没有检定", "叶笙"),
            (1002, "NC-01", "answered", "minor", "label_use", "旧包装还在用", "叶笙"),
            (1002, "NC-02", "answered", "major", "energy_monitoring", "电表没有检定", "叶笙"),
            (1003, "NC-01", "raised", "minor", "label_use", "旧包装还在用", "叶笙"),
            (1003, "NC-02", "raised", "major", "energy_monitoring", "电表没有检定", "叶笙"),
        ]
        assert answers == [
            (1001, "已整改", DIGEST, "照片.pdf", "周叙", "close", "整改有效", "顾言"),
            (1002, "已整改", DIGEST, "照片.pdf", "周叙", "", "", ""),
        ]
        downgrade(revision="0101")
        with engine.connect() as connection:
            kept = connection.execute(text(KEPT))
            assert [tuple(row) for row in kept] == [
                (number, said["answer"], said["evidence"], said["evidence_name"])
                for number, said in CHECKS.items()
            ]
