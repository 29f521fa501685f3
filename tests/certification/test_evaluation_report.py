"""The client finds the report of the evaluation where the case is, once the decision is countersigned."""

import hashlib
import io
import json

import pypdf
import pytest

from accounts.operations import create_token
from certification.reporting.operations import FORMAT, statement
from core import jobs
from core.canonical import canonical
from core.db import db
from core.errors import OutOfOrder
from tests.certification.world import reload

PDF = "/certification/cases/%s/evaluation-report.pdf"


@pytest.fixture
def case(world):
    return world.case("certified")


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_it_is_kept_as_the_decision_is_countersigned_in_one_spelling_under_its_digest(world):
    case = world.case("granted")
    assert case.application.evaluation_reports == []
    case.to_certified()
    [report] = case.application.evaluation_reports
    said = json.loads(report.statement)
    assert report.number == f"{case.application.number}-E1"
    assert (said["format"], said["number"]) == (FORMAT, report.number)
    assert canonical(said).decode() == report.statement
    assert report.digest == hashlib.sha256(report.statement.encode()).hexdigest()
    report.statement = "{}"
    with pytest.raises(OutOfOrder, match="evaluation-report-is-frozen"):
        db.session.flush()


def test_it_says_what_was_found_on_which_days_and_by_whom(case, world):
    said = statement(case.application)
    assert {each["function"] for each in said["team"]} == {"document_reviewer", "lead_verifier"}
    assert said["decision"]["kind"] == "grant"
    assert said["verification"]["opinion"] == "unmodified"
    assert {each["name"] for each in said["evidence"]} == {"烧成用天然气", "坯料"}
    assert {(each["planned"], each["seen"]) for each in said["evidence"]} == {(1, 1)}
    [test] = said["tests"]
    assert {row["verdict"] for row in test["results"]} == {"pass", "reported"}
    assert said["site"]["started_on"] == case.application.site.started_on
    assert said["client"]["name"] == case.application.applicant.name


def test_a_refusal_is_reported_too(world):
    case = world.case("pending_decision")
    case.take("refuse", "decision_maker", signed=True, reason="依据不足。")
    [report] = case.application.evaluation_reports
    assert json.loads(report.statement)["decision"]["kind"] == "refuse"


def test_it_is_drawn_by_the_worker_in_chinese_with_english_beside_and_found_where_the_case_is(case, browser):
    db.session.commit()
    applicant = browser("applicant")
    assert applicant.get(PDF % case.id).status_code == 404  # not drawn yet
    jobs.run_due()
    drawn = applicant.get(PDF % case.id, buffered=True)
    assert (drawn.status_code, drawn.mimetype) == (200, "application/pdf")
    text = text_of(drawn.data)
    for said in (
        "评价报告",
        "Evaluationreport",
        "烧成用天然气",
        "Verificationofdeclareddata",
        "无保留意见",
        "没有开出不符合项",
    ):
        assert said in text, said
    assert reload(case).evaluation_reports[0].digest in text
    assert PDF % case.id in applicant.get(f"/certification/applications/{case.id}").text
    officer = browser("case_officer")
    assert officer.get(PDF % case.id, buffered=True).data == drawn.data
    assert PDF % case.id in officer.get(f"/certification/reviews/{case.id}").text
    entries = [each.filename for each in _archive(officer, case).infolist()]
    assert any(name.startswith("evaluation/") for name in entries), entries


def _archive(officer, case):
    from zipfile import ZipFile

    sent = officer.get(f"/certification/reviews/{case.id}/dossier.zip", buffered=True)
    return ZipFile(io.BytesIO(sent.data))


def test_nobody_else_reads_it_and_there_is_none_before_the_decision_is_told(case, world, browser):
    db.session.commit()
    jobs.run_due()
    assert browser("tester").get(PDF % case.id).status_code in (403, 404)
    young = world.case("granted")
    db.session.commit()
    assert browser("applicant").get(PDF % young.id).status_code == 404


def test_programs_read_what_it_says(case, world, client):
    def ask(role: str, case_id: int):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.get(f"/api/v1/applications/{case_id}/evaluation-report", headers=headers)

    answer = ask("applicant", case.id)
    assert answer.status_code == 200
    [report] = reload(case).evaluation_reports
    assert (answer.json["number"], answer.json["digest"]) == (report.number, report.digest)
    assert answer.json["statement"] == report.statement
    young = ask("applicant", world.case("granted").id)
    assert (young.status_code, young.json["slug"]) == (404, "evaluation-report-not-found")
