"""The list as everybody reads it, and the pages of those who draw it up."""

import re
from datetime import date, timedelta

import pytest

from core import clock, lifecycle
from core.clock import today
from core.words import explain
from procurement import queries
from procurement.models import Edition
from tests import factories
from tests.support.markup import faults


@pytest.fixture
def person(db, sign_in, client):
    """person(kind, role, ...): a browser of somebody who holds these roles."""

    def enter(kind: str, *roles: str, of=None):
        user = factories.user(of or factories.organisation(kind), *roles)
        db.session.commit()
        return sign_in(client, user)

    return enter


@pytest.fixture
def published(issue, publish, db):
    entry = issue(models=("A-1", "A-2"))
    publish()
    return entry


@pytest.mark.parametrize("address", ["/procurement/lists/", "/api/v1/lists"])
def test_everybody_may_ask_for_the_lists_before_there_is_one(client, db, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/procurement/lists/",
        "/procurement/lists/2026-1",
        "/procurement/lists/2026-1?lang=en",
        "/procurement/lists/2026-1.xlsx",
        "/procurement/lists/2026-1.csv",
        "/procurement/lists/2026-1.json",
        "/api/v1/lists/2026-1",
        "/api/v1/lists/2026-1/difference",
    ],
)
def test_everybody_may_read_a_published_edition(client, published, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("suffix", ["", ".xlsx", ".csv", ".json"])
def test_a_draft_is_nobodys_but_its_editors(client, issue, draft, db, suffix):
    issue()
    draft()
    db.session.commit()
    assert client.get(f"/procurement/lists/2026-1{suffix}").status_code == 404
    assert client.get("/api/v1/lists").json["total"] == 0


def test_a_notice_tells_its_days_and_how_to_object(client, issue, draft, editor, db):
    issue()
    edition = draft()
    start, end = today() + timedelta(days=1), today() + timedelta(days=20)
    lifecycle.take(edition, "open_notice", editor, notice_from=start, notice_to=end)
    db.session.commit()
    page = client.get("/procurement/lists/2026-1").text
    assert f"正在公示：{start} 至 {end}" in page
    assert "有异议" in page
    assert client.get("/procurement/lists/2026-1.json").status_code == 404


def test_the_page_shows_a_suspension_with_day_and_reason_and_the_line_all_the_same(
    client, published, act, db
):
    act(published, "suspend", until=today() + timedelta(days=30), reason="监督抽查不合格")
    db.session.commit()
    page = client.get("/procurement/lists/2026-1").text
    assert page.count("已暂停") >= 2
    until = today() + timedelta(days=30)
    assert f"自 {today()} 起暂停，至 {until}：监督抽查不合格" in page
    assert "2 行在" in page
    before = client.get(f"/procurement/lists/2026-1?on={today() - timedelta(days=1)}").text
    assert "已经失效" not in before


def test_a_day_that_is_none_is_told(client, published):
    for address in ("/procurement/lists/2026-1", "/procurement/lists/2026-1.xlsx"):
        answer = client.get(f"{address}?on=tomorrow")
        assert answer.status_code == 422
        assert "日期应写成" in answer.text


@pytest.mark.parametrize("number", [10**6, 10**9, 10**18, 10**20])
def test_a_page_of_lines_beyond_the_end_is_empty(client, published, number):
    for address, empty in (
        ("/procurement/lists/2026-1", "这一页没有内容"),
        ("/api/v1/lists/2026-1", '"items":[]'),
    ):
        answer = client.get(f"{address}?page={number}")
        assert answer.status_code == 200
        assert empty in answer.text


def test_a_fragment_holds_the_lines_alone_and_spells_nothing_anew(client, published, monkeypatch):
    monkeypatch.delattr("procurement.queries.printed")
    monkeypatch.delattr("procurement.queries.difference")
    answer = client.get("/procurement/lists/2026-1?q=A-1", headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="lines">')
    assert "A-2" not in answer.text


@pytest.mark.parametrize(
    ("query", "there"),
    [("q=a2", "A-2"), ("category=A07010327", "A-1"), ("treatment=mandatory", "没有符合条件")],
)
def test_officers_find_lines(client, published, query, there):
    assert there in client.get(f"/procurement/lists/2026-1?{query}").text


def test_the_lists_page_warns_of_codes_that_changed_their_meaning(client, policy, command, db):
    command("procurement", "load-codes")
    db.session.commit()
    page = client.get("/procurement/lists/").text
    assert "A02010105 旧目录指便携式计算机" in page
    assert page.count("演示数据") >= 2


def test_the_catalogue_tells_on_which_list_a_product_stands(client, published, act, db):
    assert "采购清单 2026-1" in client.get(f"/catalog/products/{published.id}").text
    assert "采购清单 2026-1" in client.get("/catalog/").text
    act(published, "withdraw")
    db.session.commit()
    assert "采购清单 2026-1" not in client.get(f"/catalog/products/{published.id}").text


# The officer


def test_an_officer_works_with_the_list_in_force(person, published):
    page = person("purchasing_unit", "procurement_officer").get("/procurement/").text
    assert "第 2026-1 期" in page
    assert "A-2" in page


def test_an_officer_is_told_when_there_is_no_list_yet(person, policy):
    assert "还没有公布的清单" in person("purchasing_unit", "procurement_officer").get("/procurement/").text


@pytest.mark.parametrize(
    ("kind", "role"), [("manufacturer", "applicant"), ("purchasing_unit", "organisation_admin")]
)
def test_the_workbench_is_for_officers(person, published, kind, role):
    assert person(kind, role).get("/procurement/").status_code == 403


@pytest.mark.parametrize("address", ["/procurement/", "/procurement/editions/"])
def test_a_visitor_is_asked_to_sign_in(client, db, address):
    assert client.get(address).status_code == 303


# The editor


DRAFT = {"number": "2026-7", "title": "第七期", "cutoff": "2026-10-01", "policy_date": "2026-10-01"}


def test_an_edition_goes_from_draft_to_print_by_hand(person, issue, policy, sign_in, app, db):
    """Without JavaScript: each step is a form of its page."""
    issue(models=("A-1",))
    browser = person("regulator", "list_editor")
    with clock.travel(date(2026, 10, 2)):
        answer = browser.post("/procurement/editions/", data=DRAFT)
        address = answer.location
        page = browser.get(address).text
        assert "A-1" in page
        facts = {"notice_from": "2026-10-05", "notice_to": "2026-10-23"}
        browser.post(f"{address}/open_notice", data=facts | {"version": version_of(page)})
        page = browser.get(address).text
        assert "公示还没有结束" in page
    with clock.travel(date(2026, 10, 24)):
        edition = db.session.query(Edition).one()
        for role in ("list_editor", "regulator"):
            user = factories.user(edition.owner, role)
            db.session.commit()
            other = sign_in(app.test_client(), user)
            page = other.get(address).text
            assert faults(page) == []
            assert other.post(f"{address}/approve", data={"version": version_of(page)}).status_code == 302
        page = browser.get(address).text
        facts = {"document_number": "演示 7 号", "version": version_of(page)}
        assert browser.post(f"{address}/publish", data=facts).status_code == 302
        page = browser.get(address).text
        assert "已公布" in page
        assert "演示 7 号" in page
        assert browser.get("/procurement/lists/2026-7").status_code == 200


def version_of(page: str) -> str:
    return re.search(r'name="version"[^>]* value="(\d+)"', page)[1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"number": "第七期"}, "edition-number-shape"),
        ({"number": ""}, "edition-number-shape"),
        ({"title": ""}, "title-missing"),
        ({"cutoff": "yesterday"}, "2026"),
        ({"cutoff": ""}, "date-missing"),
        ({"cutoff": "2099-01-01"}, "不能晚于今天"),
    ],
)
def test_a_wrong_draft_is_told_at_its_field_and_keeps_what_was_typed(person, policy, db, wrong, message):
    browser = person("regulator", "list_editor")
    answer = browser.post("/procurement/editions/", data=DRAFT | wrong)
    assert answer.status_code == 422
    assert explain(message) in answer.text
    assert "<title>错误：" in answer.text
    if "title" not in wrong:
        assert 'value="第七期"' in answer.text
    assert db.session.query(Edition).count() == 0


def test_a_number_taken_is_told_at_its_field(person, policy, db):
    browser = person("regulator", "list_editor")
    assert browser.post("/procurement/editions/", data=DRAFT).status_code == 302
    answer = browser.post("/procurement/editions/", data=DRAFT)
    assert answer.status_code == 422
    assert "第 2026-7 期已经有了" in answer.text


@pytest.mark.parametrize(
    ("step", "facts", "status"),
    [
        ("open_notice", {"notice_from": "", "notice_to": ""}, 422),
        ("open_notice", {"notice_from": "2020-01-01", "notice_to": "2020-02-01"}, 422),
        ("publish", {"document_number": "x"}, 409),
        ("take_back", {"reason": "x"}, 409),
        ("no_such_step", {}, 404),
        ("open_notice", {"notice_from": "2090-01-01", "notice_to": "2090-02-01", "version": "77"}, 409),
    ],
)
def test_a_step_out_of_order_or_a_stale_page_changes_nothing(person, issue, policy, db, step, facts, status):
    issue()
    browser = person("regulator", "list_editor")
    address = browser.post("/procurement/editions/", data=DRAFT).location
    version = version_of(browser.get(address).text)
    answer = browser.post(f"{address}/{step}", data={"version": version} | facts)
    assert answer.status_code == status
    if status == 422 and facts["notice_to"]:
        assert "公示应从今天或以后开始" in answer.text
        assert 'value="2020-02-01"' in answer.text
    db.session.expire_all()
    assert db.session.query(Edition).one().state == "draft"


def test_another_editor_s_draft_is_not_there(person, issue, draft, db):
    issue()
    edition = draft()
    db.session.commit()
    browser = person("regulator", "list_editor")
    assert browser.get(f"/procurement/editions/{edition.id}").status_code == 404
    assert browser.post(f"/procurement/editions/{edition.id}/redraft").status_code == 404


def test_the_edition_s_own_editor_sees_its_omissions_with_reasons(person, issue, act, draft, editor, db):
    entry = issue(product_name="暂停的砖")
    with clock.travel(date(2026, 9, 20)):
        act(entry, "suspend", until=date(2026, 12, 1))
    edition = draft()
    db.session.commit()
    page = (
        person("regulator", "list_editor", of=edition.owner).get(f"/procurement/editions/{edition.id}").text
    )
    assert "没有列入的获证产品：1 个" in page
    assert "已暂停" in page
    assert "清单里没有产品，不能公示" in page


# For programs


def test_the_api_tells_print_and_status_apart(client, published, act, db):
    act(published, "suspend", until=today() + timedelta(days=30), reason="原因")
    db.session.commit()
    answer = client.get("/api/v1/lists/2026-1").json
    assert (answer["total"], answer["lines"], answer["state"], answer["demo"]) == (2, 2, "published", True)
    line = answer["items"][0]
    assert (line["category_edition"], line["category_code"]) == ("2022", "A07010327")
    assert (line["status"], line["act"]["reason"], line["demo"]) == ("suspended", "原因", True)
    early = client.get("/api/v1/lists/2026-1?on=2026-10-25").json
    assert early["items"][0]["status"] == "valid"


def test_the_api_pages_through_an_edition(client, published):
    first = client.get("/api/v1/lists/2026-1?per_page=1").json
    second = client.get(first["next"]).json
    assert [first["items"][0]["model"], second["items"][0]["model"]] == ["A-1", "A-2"]
    assert second["next"] is None


def test_the_api_says_what_is_not_there(client, db):
    answer = client.get("/api/v1/lists/1999-1")
    assert (answer.status_code, answer.json["slug"]) == (404, "edition-not-found")


def test_the_next_number_is_proposed(publish, draft, issue):
    issue()
    publish("2026-9")
    draft("2026-10")
    assert queries.next_number(date(2026, 12, 1)) == "2026-11"
    assert queries.next_number(date(2027, 1, 1)) == "2027-1"
