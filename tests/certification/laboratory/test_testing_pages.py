"""The pages of orders, reports, batches and twins, as each of their readers sees them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from certification.aftercare.queries import evidence
from certification.application.operations.documents import attach_file
from certification.laboratory.models import TestReport
from core.clock import today
from core.db import db
from core.words import sentence
from tests import factories
from tests.certification.aftercare.test_testing_retraction import batch_of, certified
from tests.certification.laboratory.test_testing_reports import issue, measured
from tests.certification.world import PDF, World, reload

LABORATORY = "/certification/laboratory"
REVIEWS = "/certification/reviews"


def day() -> str:
    return today().isoformat()


def later() -> str:
    return (today() + timedelta(days=30)).isoformat()


@pytest.fixture
def case(world):
    case = world.case("evaluating")
    case.review_documents()
    return case


@pytest.fixture
def inspector(app, world, sign_in):
    user = factories.user(factories.organisation("regulator"), "regulator")
    return sign_in(app.test_client(), user)


def post(browser, address: str, subject, **fields):
    return browser.post(address, data={"version": subject.version, **fields})


# The laboratory


def test_a_laboratory_answers_an_order_on_its_page(world, browser, case):
    sample, receiver = case.order(), browser("sample_receiver")
    address = f"{LABORATORY}/samples/{sample.id}"
    assert "轮到您办" in receiver.get(f"{LABORATORY}/").text
    assert "accept_order" in receiver.get(address).text
    assert post(receiver, f"{address}/accept_order", sample, expected_on="").status_code == 422
    assert post(receiver, f"{address}/accept_order", sample, expected_on=later()).status_code == 302
    page = receiver.get(address).text
    assert later() in page
    assert "accept_order" not in page
    assert later() in browser("lead_verifier").get(f"{REVIEWS}/{case.id}?tab=tests").text
    assert later() in browser("applicant").get(f"/certification/applications/{case.id}").text


def test_an_order_that_was_declined_is_told_to_the_body_with_its_reason(world, browser, case):
    sample = case.order()
    address = f"{LABORATORY}/samples/{sample.id}/decline_order"
    assert post(browser("sample_receiver"), address, sample, reason="设备检修").status_code == 302
    page = browser("lead_verifier").get(f"{REVIEWS}/{case.id}?tab=history").text
    assert "设备检修" in page


@pytest.mark.parametrize("role", ["sample_receiver", "lead_verifier", "applicant"])
def test_the_order_can_be_read_as_a_paper_by_its_parties(world, browser, case, role):
    sample = case.order()
    page = browser(role).get(f"{LABORATORY}/samples/{sample.id}/order").text
    for part in (sample.number, "GB/T 3810.3", world.laboratory.name, world.body.name):
        assert part in page


def test_the_order_is_no_paper_for_others(app, world, sign_in, case):
    sample = case.order()
    stranger = sign_in(app.test_client(), factories.user(factories.organisation("testing_body"), "tester"))
    assert stranger.get(f"{LABORATORY}/samples/{sample.id}/order").status_code == 404


def test_the_way_of_a_sample_ends_with_its_disposal_on_the_page(world, browser, case):
    case.test()
    sample = case.application.samples[0]
    address, tester = f"{LABORATORY}/samples/{sample.id}", browser("tester")
    kept = {"retained_until": day(), "retained_at": "三号样品间"}
    assert post(tester, f"{address}/retain", sample, **kept).status_code == 302
    sample = reload(case).samples[0]
    gone = {"disposal": "粉碎后处置", "witness": "程远"}
    assert post(tester, f"{address}/dispose", sample, **gone).status_code == 302
    page = tester.get(address).text
    assert "已处置" in page
    assert "粉碎后处置" in page


def test_a_broken_seal_is_doubted_and_the_body_decides_on_its_page(world, browser, case):
    sample = case.order()
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number="F-1")
    address = f"{LABORATORY}/samples/{sample.id}"
    fields = {"received_on": day(), "condition": "三片", "seal": "broken"}
    post(browser("sample_receiver"), f"{address}/receive", sample, **fields)
    page = browser("tester").get(address).text
    assert "请报告真实性存疑" in page[page.index('id="gate-record"') :]
    post(browser("sample_receiver"), f"{address}/doubt", reload(case).samples[0], reason="封条断开")
    lead = browser("lead_verifier")
    page = lead.get(f"{REVIEWS}/{case.id}?tab=tests").text
    assert "封条断开" in page
    assert f"samples/{sample.id}/resume" in page
    answer = post(lead, f"{REVIEWS}/samples/{sample.id}/replace", reload(case).samples[0], reason="重新抽样")
    assert answer.status_code == 302
    assert [each.state for each in reload(case).samples] == ["replaced", "planned"]


def test_the_margin_stands_beside_the_verdict(world, browser, case):
    issue(case, measured(case, "0.9"))
    page = browser("lead_verifier").get(f"{REVIEWS}/{case.id}?tab=tests").text
    assert re.search(r"超出 0\.4.*?%", page)


# The body


def test_the_form_of_a_retest_begins_with_what_failed(world, browser, case):
    sample = measured(case, "0.9")
    issue(case, sample)
    lead = browser("lead_verifier")
    page = lead.get(f"{REVIEWS}/{case.id}?tab=tests").text
    assert f"retest={sample.id}" in page
    form = lead.get(f"{REVIEWS}/{case.id}?step=order_sample&retest={sample.id}").text
    assert re.search(rf'name="retest_of"[^>]*value="{sample.id}"', form)
    fields = {"method": "sealed", "model": "YT-6015", "quantity": "3", "retest_of": sample.id}
    fields |= {"items": ["absorption"], "laboratory_id": world.laboratory.id}
    refused = post(lead, f"{REVIEWS}/{case.id}/order_sample", case.application, **fields)
    assert refused.status_code == 422
    assert "写明复检的理由" in refused.text
    done = post(lead, f"{REVIEWS}/{case.id}/order_sample", reload(case), **fields, reason="首样有裂纹")
    assert done.status_code == 302
    again = reload(case).samples[-1]
    assert (again.retest_of_id, again.items, again.order_reason) == (sample.id, ["absorption"], "首样有裂纹")


def test_the_plan_gives_a_test_to_another_laboratory(world, browser):
    second = factories.organisation("testing_body", name="苏州示例检测")
    world.scope(second, "GB/T 3810.2")
    case = world.case("contracted")
    officer = browser("case_officer")
    page = officer.get(f"{REVIEWS}/{case.id}?step=plan").text
    assert "个别项目由另一家检测机构做" in page
    fields = {
        "document_reviewers": [world.people["document_reviewer"].id],
        "lead_verifiers": [world.people["lead_verifier"].id],
        "laboratory_id": world.laboratory.id,
        "person_days": "2",
        "site_from": day(),
        "site_to": later(),
        "allotments-0": "",
        "allotments-1": second.id,
    }
    answer = post(officer, f"{REVIEWS}/{case.id}/plan", case.application, **fields)
    assert answer.status_code == 302, answer.text
    planned = {row.laboratory_id: row.items for row in reload(case).plan.laboratories}
    assert planned == {world.laboratory.id: ["absorption"], second.id: ["density"]}


# Reports


@pytest.mark.parametrize("role", ["authorised_signatory", "lead_verifier", "applicant"])
def test_a_report_is_read_by_its_parties(world, browser, case, role):
    report = issue(case, measured(case))
    page = browser(role).get(f"/certification/reports/{report.id}").text
    for part in (report.number, "结果仅与受检样品有关", "南京某路 3 号", "无偏离", "0.29"):
        assert part in page


def test_a_report_is_not_read_by_others(app, world, sign_in, case):
    report = issue(case, measured(case))
    for kind, role in (("testing_body", "tester"), ("certification_body", "decision_maker")):
        stranger = sign_in(app.test_client(), factories.user(factories.organisation(kind), role))
        hidden = stranger.get(f"/certification/reports/{report.id}")
        assert (hidden.status_code, sentence("report-not-found") in hidden.text) == (404, True)


def test_the_original_is_handed_out_as_it_came(world, browser, case):
    sample = measured(case)
    fields = {"number": "TR-7", "place": "南京", "issued_on": day()}
    fields |= {"upload": (BytesIO(PDF), "TR-7.pdf")}
    address = f"{LABORATORY}/samples/{sample.id}/report"
    assert post(browser("authorised_signatory"), address, sample, **fields).status_code == 302
    report = reload(case).reports[0]
    with browser("lead_verifier").get(f"/certification/reports/{report.id}/original") as answer:
        assert answer.data == PDF


def test_a_report_without_an_original_has_none_to_hand_out(world, browser, case):
    report = issue(case, measured(case))
    assert browser("tester").get(f"/certification/reports/{report.id}/original").status_code == 404


def test_a_report_is_amended_on_its_page_and_both_stay(world, browser, case):
    report = issue(case, measured(case))
    signatory, address = browser("authorised_signatory"), f"/certification/reports/{report.id}"
    fields = {"number": "TR-1-A1", "issued_on": day(), "reason": "小数点误录"}
    fields |= {"results-0-value": "0.31", "results-0-performed_on": day()}
    fields |= {"results-1-value": "22.46", "results-1-performed_on": day()}
    assert post(signatory, f"{address}/amend", report, **fields | {"reason": ""}).status_code == 422
    answer = post(signatory, f"{address}/amend", db.session.get(TestReport, report.id), **fields)
    assert answer.status_code == 302, answer.text
    assert "已被修订报告取代" in signatory.get(address).text
    page = signatory.get(answer.location).text
    assert "小数点误录" in page
    assert "0.19" in page  # what is left to the limit


def test_a_report_is_retracted_on_its_page(world, browser, case):
    report = issue(case, measured(case))
    address = f"/certification/reports/{report.id}/retract"
    assert post(browser("authorised_signatory"), address, report, reason="").status_code == 422
    report = db.session.get(TestReport, report.id)
    assert post(browser("authorised_signatory"), address, report, reason="设备未校准").status_code == 302
    page = browser("lead_verifier").get(f"{REVIEWS}/{case.id}?tab=tests").text
    assert "不再作为依据" in page


@pytest.mark.parametrize("role", ["tester", "lead_verifier", "applicant"])
def test_only_who_signs_reports_takes_one_back(world, browser, case, role):
    report = issue(case, measured(case))
    answer = post(browser(role), f"/certification/reports/{report.id}/retract", report, reason="因")
    assert answer.status_code == 403


# guard 21
def test_the_regulators_reading_of_a_report_is_written_down(world, inspector, case):
    from core.audit import Entry

    report = issue(case, measured(case))
    assert inspector.get(f"/certification/reports/{report.id}").status_code == 200
    assert "test_report.read" in db.session.scalars(select(Entry.verb)).all()


def test_the_regulator_orders_a_retraction_on_the_page(world, browser, inspector, case):
    report = issue(case, measured(case))
    address = f"/certification/reports/{report.id}/annul"
    assert post(inspector, address, report, reason="").status_code == 422
    assert post(inspector, address, report, reason="查实数据不实").status_code == 302
    assert db.session.get(TestReport, report.id).state == "retracted"
    answer = post(browser("authorised_signatory"), address, report, reason="查实数据不实")
    assert answer.status_code == 403


# Batches


def test_a_batch_is_carried_out_on_its_page(world, browser):
    batch, *certificates = batch_of(world)
    decider = browser("decision_maker")
    assert batch.report.number in decider.get("/certification/evidence/").text
    address = f"/certification/evidence/batches/{batch.id}"
    page = decider.get(address).text
    assert "暂停 2 张证书" in page
    assert all(each.number in page for each in certificates)
    assert decider.post(f"{address}/suspend", data={"reason": "撤回", "until": ""}).status_code == 422
    assert decider.post(f"{address}/suspend", data={"reason": "撤回", "until": later()}).status_code == 303
    db.session.expire_all()
    assert {each.state for each in certificates} == {"suspended"}
    assert "没有等您决定的证书" in decider.get(address).text


def test_a_batch_is_nobodys_who_has_no_certificate_in_it(app, world, sign_in):
    batch, *_ = batch_of(world)
    stranger = sign_in(
        app.test_client(), factories.user(factories.organisation("certification_body"), "decision_maker")
    )
    address = f"/certification/evidence/batches/{batch.id}"
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/suspend", data={"reason": "因", "until": later()}).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("case_officer", 403), ("tester", 403), ("applicant", 403)])
def test_others_carry_no_batch_out(world, browser, role, status):
    batch, *_ = batch_of(world)
    fields = {"reason": "撤回", "until": later()}
    answer = browser(role).post(f"/certification/evidence/batches/{batch.id}/suspend", data=fields)
    assert answer.status_code == status


def test_the_regulator_sees_every_certificate_of_a_batch(world, inspector):
    batch, *certificates = batch_of(world)
    assert batch.report.number in inspector.get("/certification/evidence/").text
    page = inspector.get(f"/certification/evidence/batches/{batch.id}").text
    assert all(each.number in page for each in certificates)


@pytest.mark.parametrize("role", ["tester", "applicant"])
def test_the_evidence_page_is_the_bodys_and_the_regulators(world, browser, role):
    assert browser(role).get("/certification/evidence/").status_code == 403


# The same paper, the same number


def twin(world, kind: str = "energy_records", content: bytes = PDF + b"meter"):
    """A case of this world that holds a paper."""
    case = world.case("draft")
    attach_file(case.application, world.actor("applicant"), "other", BytesIO(content), "台账.pdf")
    case.application.files[-1].kind = kind
    return case.to("submitted")


def found(world, case) -> list[tuple]:
    twins = evidence.twins_of(world.actor("case_officer"), case.application)
    return [(each.kind, each.what, each.other) for each in twins if each.what in ("台账.pdf", "TR-77")]


def test_the_same_measured_paper_in_two_cases_is_noticed_and_named_to_the_own_body(world):
    first, second = twin(world), twin(world)
    assert found(world, second) == [("file", "台账.pdf", first.application.number)]


def test_a_clients_standing_papers_may_come_with_each_of_its_cases(world):
    first = twin(world, "business_licence")
    twin(world, "business_licence")
    assert found(world, first) == []


def test_a_case_of_another_body_is_not_named(db, world):
    case = twin(world)
    other = twin(World(code="lc-tile-2"))
    assert found(world, case) == [("file", "台账.pdf", "")]
    assert other.application.body_id != case.application.body_id


def test_what_is_not_handed_in_yet_is_nobodys_twin(world):
    case = twin(world)
    draft = world.case("draft")
    attach_file(draft.application, world.actor("applicant"), "other", BytesIO(PDF + b"meter"), "台账.pdf")
    assert found(world, case) == []


def test_the_same_report_number_in_two_cases_is_noticed(world):
    case, other = world.case("evaluating"), world.case("evaluating")
    issue(case, measured(case), number="TR-77")
    report = issue(other, measured(other), number="TR-78")
    report.laboratory_id, report.number = factories.organisation("testing_body").id, "TR-77"
    db.session.flush()
    assert found(world, case) == [("report_number", "TR-77", other.application.number)]


def test_the_warning_stands_on_the_case_and_in_the_list(world, browser):
    first, second = twin(world), twin(world)
    officer = browser("application_reviewer")
    page = officer.get(f"{REVIEWS}/{second.id}").text
    assert "与其他案卷相同，请核实" in page
    listed = officer.get("/certification/evidence/").text
    assert first.application.number in listed
    assert second.application.number in listed


def test_every_page_of_testing_speaks_english(world, browser):
    case, _ = certified(world)
    report = case.application.reports[0]
    case.take("retract", "authorised_signatory", report, reason="x")
    pages = (
        ("decision_maker", "/certification/evidence/"),
        ("decision_maker", f"/certification/evidence/batches/{report.batch.id}"),
        ("authorised_signatory", f"/certification/reports/{report.id}"),
        ("tester", f"{LABORATORY}/samples/{report.sample_id}"),
        ("tester", f"{LABORATORY}/samples/{report.sample_id}/order"),
    )
    for role, address in pages:
        answer = browser(role).get(f"{address}?lang=en")
        assert answer.status_code == 200
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids))
