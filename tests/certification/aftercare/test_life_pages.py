"""The pages of what comes after issue: the holder asks, the body checks and decides."""

from datetime import timedelta
from io import BytesIO

import pytest

from certification.aftercare.models import Surveillance
from certification.aftercare.operations.proposals import request_status
from certification.certificate.models import Certificate
from certification.label.operations.labels import request_label
from certification.label.queries import licence
from certification.workflow.surveillance import CHECKS
from core import clock, jobs, lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import NotFound
from core.words import sentence
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of
from tests.certification.world import PDF


@pytest.fixture
def issued(world):
    found = certificate_of(world.case("certified"))
    tables.session.commit()
    return found


@pytest.fixture
def page(issued):
    return f"/certification/certificates/{issued.number}/life"


def again(issued) -> Certificate:
    tables.session.expire_all()
    return tables.session.get(Certificate, issued.id)


def version(check) -> int:
    tables.session.expire_all()
    return tables.session.get(Surveillance, check.id).version


def post(browser, address: str, **data):
    return browser.post(address, data=data)


def test_the_holder_opens_a_case_from_the_page_of_the_certificate(browser, issued, page):
    holder = browser("applicant")
    assert "提出变更" in holder.get(page).text
    answer = post(holder, page.replace("/life", "/cases"), version=0, purpose="change")
    assert answer.status_code == 303
    assert "变更" in holder.get(answer.headers["Location"]).text
    assert [case.purpose for case in again(issued).open_cases] == ["change"]
    shown = holder.get(page).text
    assert "变更中" in shown
    assert "已有一件在办" in shown


def test_what_cannot_be_asked_for_yet_says_from_when(browser, issued, page):
    from certification.workflow.purpose import recertification_from

    shown = browser("applicant").get(page).text
    assert str(recertification_from(issued)) in shown
    answer = post(browser("applicant"), page.replace("/life", "/cases"), version=0, purpose="recertification")
    assert answer.status_code == 422


def test_a_stale_page_is_refused(browser, issued, page):
    answer = post(browser("applicant"), page.replace("/life", "/cases"), version=7, purpose="change")
    assert answer.status_code == 409
    assert again(issued).cases == []


def test_a_second_case_is_not_opened_beside_one_that_is_open(browser, issued, page):
    post(browser("applicant"), page.replace("/life", "/cases"), version=0, purpose="change")
    assert sentence("case-is-open") in browser("applicant").get(page).text


@pytest.mark.parametrize("role", ["decision_maker", "tester"])
def test_nobody_else_opens_a_case(browser, issued, page, role):
    answer = post(browser(role), page.replace("/life", "/cases"), version=0, purpose="change")
    assert answer.status_code in (403, 404)
    assert again(issued).cases == []


def test_another_body_sees_nothing_of_it(app, sign_in, issued, page):
    other = factories.user(factories.organisation("certification_body"), "decision_maker")
    stranger = sign_in(app.test_client(), other)
    tables.session.commit()
    desk = "/certification/surveillance"
    for address, slug in (
        (page, "certificate-not-found"),
        (f"{desk}/{issued.surveillance[0].id}", "surveillance-not-found"),
        (f"{desk}/findings/4711/evidence/1", "check-finding-not-found"),
        ("/certification/certificates/proposals/4711/evidence", "proposal-not-found"),
    ):
        answer = stranger.get(address)
        assert (answer.status_code, sentence(slug) in answer.text) == (404, True)
    with pytest.raises(NotFound, match="label-not-found"):
        licence(other.memberships[0].actor(), 4711)


def test_former_versions_are_read_by_the_parties_and_listed_for_everybody(
    browser, client, world, issued, page
):
    case_about(world, issued).to("certified")
    tables.session.commit()
    jobs.run_due()
    assert "第 2 版" in browser("applicant").get(page).text
    old = page.replace("/life", "/versions/1.pdf")
    with browser("decision_maker").get(old) as paper:
        assert paper.data.startswith(b"%PDF")
    assert browser("applicant").get(page.replace("/life", "/versions/9.pdf")).status_code == 404
    public = client.get(f"/certificates/{issued.number}").text
    assert "第 1 版" in public
    assert "现行" in public
    assert client.get(old).status_code in (302, 303, 401, 404)


# Requests


def test_the_holder_asks_and_the_decision_maker_finds_the_form_filled_in(browser, issued, page):
    facts = {"kind": "suspend", "reason": "季节性停产", "until": today() + timedelta(days=60)}
    answer = post(browser("applicant"), page.replace("/life", "/requests"), version=0, **facts)
    assert answer.status_code == 303
    proposal = again(issued).proposals[0]
    body = browser("decision_maker")
    assert "季节性停产" in body.get(page).text
    assert (
        "季节性停产" in body.get("/certification/surveillance/").text
        or "暂停证书" in body.get("/certification/surveillance/").text
    )
    form = body.get(f"/certification/certificates/{issued.number}?step=suspend&proposal={proposal.id}").text
    assert "季节性停产" in form
    assert str(facts["until"]) in form


def test_the_body_declines_a_request_with_its_reason(browser, world, issued, page):
    request_status(issued, world.actor("applicant"), "cancel", "不再生产")
    tables.session.commit()
    proposal = issued.proposals[0]
    address = f"/certification/certificates/proposals/{proposal.id}/decline"
    body = browser("decision_maker")
    assert post(body, address, version=proposal.version, reason="").status_code == 422
    assert post(body, address, version=proposal.version, reason="还有未结检查").status_code == 303
    assert again(issued).proposals[0].state == "declined"
    assert "还有未结检查" in browser("applicant").get(page).text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "suspend", "reason": ""}, "写明理由"),
        ({"kind": "", "reason": "停产"}, "可以申请的是"),
    ],
)
def test_an_incomplete_request_comes_back(browser, issued, page, facts, words):
    answer = post(browser("applicant"), page.replace("/life", "/requests"), version=0, **facts)
    assert answer.status_code == 422
    assert words in answer.text


# Label uses


@pytest.fixture
def licensed(world, issued):
    licence = request_label(issued, world.actor("applicant"), "外包装")
    officer = factories.user(world.body, "label_officer").memberships[0].actor()
    lifecycle.take(licence, "license", officer)
    tables.session.commit()
    return issued


def test_the_holder_records_a_use_with_a_picture_and_ends_it(browser, licensed, page):
    holder = browser("applicant")
    uses = page.replace("/life", "/uses")
    data = {
        "version": 0,
        "medium": "packaging",
        "place": "外箱侧面",
        "since": today(),
        "quantity": "12,000",
        "upload": (BytesIO(PDF), "外箱.pdf"),
    }
    assert holder.post(uses, data=data).status_code == 303
    [use] = again(licensed).uses
    assert (use.place, int(use.quantity)) == ("外箱侧面", 12000)
    with holder.get(f"{uses}/{use.id}/picture") as picture:
        assert picture.data == PDF
    assert "外箱侧面" in browser("decision_maker").get(page).text
    assert post(holder, f"{uses}/{use.id}/end", version=0, until=today()).status_code == 303
    assert again(licensed).uses[0].until == today()


def test_a_use_that_is_not_complete_comes_back_with_the_reason(browser, licensed, page):
    answer = post(
        browser("applicant"), page.replace("/life", "/uses"), version=0, medium="packaging", since=today()
    )
    assert answer.status_code == 422
    assert "写明具体用在哪里" in answer.text


# Follow-up checks


def test_a_follow_up_check_is_announced_made_corrected_and_concluded_by_hand(browser, world, issued):
    check = issued.surveillance[0]
    place = f"/certification/surveillance/{check.id}"
    with clock.travel(check.window_from + timedelta(days=1)):
        officer, lead = browser("case_officer"), browser("lead_verifier")
        assert check.number in officer.get("/certification/surveillance/").text
        team = {"lead_verifiers": world.people["lead_verifier"].id}
        answer = post(officer, f"{place}/notify", version=version(check), on=today(), person_days="1", **team)
        assert answer.status_code == 303
        items = {f"items-{index}-finding": "conform" for index, _ in enumerate(CHECKS)}
        items |= {"items-4-finding": "minor", "items-4-note": "旧包装还在用"}
        record = {
            "version": version(check),
            "conducted_on": today(),
            "person_days": "1",
            "summary": "总体符合",
        }
        assert post(lead, f"{place}/conduct", **record, **items).status_code == 303
        decider = browser("decision_maker")
        assert "先要求整改" in decider.get(f"{place}?step=pass").text
        demand = {"version": version(check), "reason": "清理旧包装", "due": today() + timedelta(days=30)}
        assert post(decider, f"{place}/require", **demand).status_code == 303
        holder = browser("applicant")
        assert "清理旧包装" in holder.get(place).text
        beside = f"/certification/surveillance/findings/{check.findings[0].id}"
        empty = holder.post(f"{beside}/answer", data={"version": 1, "answer": "已销毁"})
        assert (empty.status_code, "已销毁" in empty.text) == (422, True)
        said = {"version": 1, "answer": "已销毁", "evidence": (BytesIO(PDF), "销毁记录.pdf")}
        assert holder.post(f"{beside}/answer", data=said).status_code == 303
        with decider.get(f"{beside}/evidence/1") as evidence:
            assert evidence.data == PDF
        assert decider.get(f"{beside}/evidence/2").status_code == 404
        assert post(lead, f"{beside}/close", version=1, reason="照片清楚").status_code == 409
        assert post(lead, f"{beside}/close", version=2, reason="照片清楚").status_code == 303
        assert "照片清楚" in holder.get(place).text
        assert post(decider, f"{place}/pass", version=version(check), reason="整改有效").status_code == 303
        assert "整改有效" in holder.get(place).text
    tables.session.expire_all()
    assert tables.session.get(Surveillance, check.id).state == "passed"


def test_an_incomplete_record_comes_back_with_what_was_typed(browser, world, issued):
    check = issued.surveillance[0]
    place = f"/certification/surveillance/{check.id}"
    with clock.travel(check.window_from):
        team = {"lead_verifiers": world.people["lead_verifier"].id}
        facts = {"version": version(check), "on": today(), "person_days": "1"}
        post(browser("case_officer"), f"{place}/notify", **facts, **team)
        facts = {"version": version(check), "person_days": "1", "summary": "没有填完"}
        answer = post(browser("lead_verifier"), f"{place}/conduct", **facts)
        assert answer.status_code == 422
        assert "没有填完" in answer.text
        assert "每个检查项目都要写结论" in answer.text


def test_a_step_that_does_not_exist_is_refused(browser, issued):
    check = issued.surveillance[0]
    assert post(browser("case_officer"), f"/certification/surveillance/{check.id}/fly").status_code == 409


def test_a_missed_check_is_seen_at_once_by_the_body(browser, issued):
    check = issued.surveillance[0]
    with clock.travel(check.due + timedelta(days=5)):
        shown = browser("case_officer").get("/certification/surveillance/").text
        assert "逾期 5 天" in shown
        assert "已经逾期 5 天" in browser("applicant").get(f"/certification/surveillance/{check.id}").text


# The plan of a change


def test_the_case_officer_plans_only_what_the_change_concerns(browser, world, issued):
    case = case_about(world, issued).to("contracted").application
    tables.session.commit()
    place = f"/certification/reviews/{case.id}"
    officer = browser("case_officer")
    assert "只评审受影响的部分" in officer.get(f"{place}?step=plan").text
    people = {
        "document_reviewers": world.people["document_reviewer"].id,
        "lead_verifiers": world.people["lead_verifier"].id,
    }
    facts = {"version": case.version, "parts": "documents", **people}
    answer = post(officer, f"{place}/plan", **facts)
    assert answer.status_code == 422
    assert "写明为什么可以不做其余部分" in answer.text
    assert post(officer, f"{place}/plan", **facts, parts_reason="只改商标").status_code == 302
    tables.session.expire_all()
    assert case.planned_parts == ("documents",)
    assert officer.get(place).status_code == 200
