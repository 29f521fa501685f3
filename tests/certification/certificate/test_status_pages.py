"""The pages on which a holder reads its certificates and a body changes what they are worth."""

from datetime import timedelta

import pytest

from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from certification.label.operations.labels import request_label
from core import lifecycle
from core.clock import today
from core.db import db as tables
from tests import factories


@pytest.fixture
def issued(world):
    return certificates.certificate(certificates.number_of(world.case("certified").id))


@pytest.fixture
def suspend(issued):
    """What is sent to suspend the certificate, and where."""
    return f"/certification/certificates/{issued.id}/suspend", {
        "version": 0,
        "cause": "surveillance_finding",
        "reason": "监督发现不符合",
        "until": today() + timedelta(days=60),
    }


def state_of(issued) -> str:
    tables.session.expire_all()
    return tables.session.get(Certificate, issued.id).state


def test_a_decision_maker_suspends_with_one_form(browser, issued, suspend):
    body = browser("decision_maker")
    form = body.get(f"/certification/certificates/{issued.number}?step=suspend").text
    assert 'name="cause"' in form
    assert 'name="until"' in form
    answer = body.post(suspend[0], data=suspend[1])
    assert (answer.status_code, state_of(issued)) == (303, "suspended")
    assert "监督发现不符合" in body.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reason", " ", "写明理由"),
        ("cause", "", "从列表里选择原因"),
        ("cause", "production_ended", None),
        ("until", "", "填写暂停的截止日期"),
        ("until", "2019-01-01", "日期不能早于今天"),
        ("until", "soon", "日期应写成"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    browser, issued, suspend, field, value, words
):
    answer = browser("decision_maker").post(suspend[0], data=suspend[1] | {field: value})
    assert (answer.status_code, state_of(issued)) == (422, "valid")
    assert 'aria-invalid="true"' in answer.text
    assert f'id="{field}-e"' in answer.text
    assert words is None or words in answer.text
    assert "<title>错误：" in answer.text
    if field != "reason":
        assert "监督发现不符合" in answer.text


def test_a_stale_page_is_refused(browser, issued, suspend):
    body = browser("decision_maker")
    body.post(suspend[0], data=suspend[1])
    again = suspend[0].replace("suspend", "withdraw"), suspend[1] | {"cause": "fraud"}
    answer = body.post(again[0], data=again[1])
    assert (answer.status_code, state_of(issued)) == (409, "suspended")


@pytest.mark.parametrize(("role", "status"), [("applicant", 403), ("head_of_body", 403), ("tester", 404)])
def test_nobody_else_can(browser, issued, suspend, role, status):
    assert browser(role).post(suspend[0], data=suspend[1]).status_code == status
    assert state_of(issued) == "valid"


def test_a_body_cannot_touch_the_certificates_of_another(app, sign_in, issued, suspend):
    elsewhere = factories.user(factories.organisation("certification_body"), "decision_maker")
    answer = sign_in(app.test_client(), elsewhere).post(suspend[0], data=suspend[1])
    assert (answer.status_code, state_of(issued)) == (404, "valid")


def test_an_unknown_act_is_refused(browser, issued):
    answer = browser("decision_maker").post(f"/certification/certificates/{issued.id}/forget", data={})
    assert answer.status_code == 409


def test_the_holder_sees_no_button_and_the_decision_maker_those_of_the_state(browser, issued, suspend):
    page = f"/certification/certificates/{issued.number}"
    assert "撤销证书" not in browser("applicant").get(page).text
    body = browser("decision_maker")
    assert "暂停证书" in body.get(page).text
    body.post(suspend[0], data=suspend[1])
    assert "恢复证书" in body.get(page).text


def test_the_list_holds_the_own_certificates_only(app, browser, sign_in, issued):
    for role in ("applicant", "head_of_body"):
        assert issued.number in browser(role).get("/certification/certificates/").text
    stranger = sign_in(app.test_client(), factories.user(factories.organisation(), "applicant"))
    page = stranger.get("/certification/certificates/").text
    assert issued.number not in page
    assert "还没有证书" in page


@pytest.mark.parametrize(
    ("text", "found"), [("YT-6016", True), ("抛釉", True), ("LCP-32", True), ("水泥", False)]
)
def test_the_list_is_searched_by_number_product_and_model(browser, issued, text, found):
    page = browser("applicant").get("/certification/certificates/", query_string={"q": text}).text
    assert (issued.number in page) is found


def test_somebody_signed_out_is_sent_to_the_door(client, issued):
    for page in ("", f"{issued.number}", f"{issued.number}/full.pdf"):
        assert "/sign-in" in client.get(f"/certification/certificates/{page}").headers["Location"]


# Labels


@pytest.fixture
def officer(world):
    world.people["label_officer"] = factories.user(world.body, "label_officer")
    return world.actor("label_officer")


def ask(browser, issued, **data):
    data = {"version": 0, "uses": "外包装、网店", **data}
    return browser("applicant").post(f"/certification/labels/{issued.number}/request", data=data)


def test_the_holder_asks_the_officer_licenses_and_the_artwork_is_there(browser, officer, issued):
    art = f"/certification/labels/{issued.number}/full.svg"
    assert browser("applicant").get(art).status_code == 422
    assert ask(browser, issued).status_code == 303
    waiting = browser("label_officer").get("/certification/labels/").text
    assert "外包装、网店" in waiting
    licence = f"/certification/labels/{issued.licence.id}/license"
    assert browser("label_officer").post(licence, data={"version": 1}).status_code == 303
    answer = browser("applicant").get(art)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "full.svg" in browser("applicant").get(f"/certification/labels/{issued.number}").text
    named = browser("applicant").get(f"{art}?download=1&mono=1&lang=en").headers["Content-Disposition"]
    assert named == f'attachment; filename="{issued.number}-full-en-mono.svg"'


def test_the_artwork_is_for_the_parties(client, browser, officer, issued):
    ask(browser, issued)
    tables.session.refresh(issued)
    art = f"/certification/labels/{issued.number}/full.svg"
    assert browser("tester").get(art).status_code == 404
    assert "/sign-in" in client.get(art).headers["Location"]


def test_suspended_the_artwork_is_gone_at_once(browser, world, officer, issued, suspend):
    lifecycle.take(request_label(issued, world.actor("applicant"), "包装"), "license", officer)
    browser("decision_maker").post(suspend[0], data=suspend[1])
    holder = browser("applicant")
    assert holder.get(f"/certification/labels/{issued.number}/full.svg").status_code == 422
    page = holder.get(f"/certification/labels/{issued.number}").text
    assert "标签已停用" in page
    assert "full.svg" not in page


def test_a_request_says_what_for(browser, issued):
    answer = ask(browser, issued, uses=" ")
    assert answer.status_code == 422
    assert "写明标签用在哪里" in answer.text


def test_a_second_request_is_refused_while_one_is_open(browser, issued):
    ask(browser, issued)
    answer = ask(browser, issued)
    assert answer.status_code == 422
    assert "已有一份标签申请" in answer.text


def test_a_refusal_needs_its_reason_and_keeps_the_request(browser, officer, issued):
    ask(browser, issued)
    tables.session.refresh(issued)
    address = f"/certification/labels/{issued.licence.id}/refuse"
    answer = browser("label_officer").post(address, data={"version": 1, "reason": ""})
    assert answer.status_code == 422
    assert "写明理由" in answer.text
    assert (
        browser("label_officer").post(address, data={"version": 1, "reason": "用途不清"}).status_code == 303
    )
    assert "上次申请没有许可" in browser("applicant").get(f"/certification/labels/{issued.number}").text


@pytest.mark.parametrize(("role", "status"), [("applicant", 403), ("decision_maker", 403), ("tester", 404)])
def test_only_a_label_officer_answers(browser, officer, issued, role, status):
    ask(browser, issued)
    tables.session.refresh(issued)
    address = f"/certification/labels/{issued.licence.id}/license"
    assert browser(role).post(address, data={"version": 1}).status_code == status
