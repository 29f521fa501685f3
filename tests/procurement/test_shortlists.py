"""Shortlists: what was looked at, why it was taken or left, locked at the award, and watched from then on."""

import hashlib
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from accounts.models import Notice
from catalog.models import Entry
from core import clock, lifecycle
from core.clock import today
from core.errors import OutOfOrder, Unmet
from core.words import explain, sentence
from procurement.shortlists import operations
from procurement.shortlists.models import Shortlist, ShortlistLine, ShortlistLoss
from tests import factories
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
PAGES = "/procurement/shortlists/"


@pytest.fixture
def person(db):
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    return user


@pytest.fixture
def officer(client, sign_in, person):
    return sign_in(client, person)


@pytest.fixture
def begun(officer, db):
    """begun(text): a shortlist on which these lines stand."""

    def make(text: str = "") -> Shortlist:
        sent = {"title": "第 2 包", "query": "瓷砖 =1+1", "on": today().isoformat()}
        answer = officer.post(PAGES, data=sent)
        assert answer.status_code == 303, answer.text
        made = db.session.get(Shortlist, int(answer.location.rpartition("/")[2]))
        if text:
            sent = {"pasted": text, "version": made.version}
            assert officer.post(f"{PAGES}{made.id}/lines", data=sent).status_code == 303
        return made

    return make


@pytest.fixture
def decide(officer, db):
    """decide(line, decision, reason, slug): the status of the answer, which says the slug."""

    def post(line: ShortlistLine, decision: str, reason: str = "", slug: str = "") -> int:
        of = line.shortlist
        sent = {"decision": decision, "reason": reason, "version": of.version}
        answer = officer.post(f"{PAGES}{of.id}/lines/{line.id}", data=sent)
        assert not slug or sentence(slug) in answer.text
        return answer.status_code

    return post


@pytest.fixture
def award(officer):
    """award(of, days): the answer to an award whose contract runs so long."""

    def post(of: Shortlist, days: int = 100):
        until = (today() + days * DAY).isoformat()
        sent = {"reason": "选第一个", "until": until, "version": of.version}
        return officer.post(f"{PAGES}{of.id}/steps/award", data=sent)

    return post


def page(client, of: Shortlist, **query) -> str:
    answer = client.get(f"{PAGES}{of.id}", query_string={"lang": "zh", **query})
    assert (answer.status_code, faults(answer.text)) == (200, [])
    return answer.text


def test_each_product_is_answered_when_it_is_put_there_and_the_answer_is_kept(issued, law, begun, client, db):
    law("category")
    made = begun(f"{issued.number},,,YT-6015\n{issued.number},,,YT-6O15")
    assert [line.model for line in made.lines] == ["YT-6015", "YT-6O15"]
    told = page(client, made)
    for said in ("瓷砖 =1+1", "可以采购", "不可以凭此采购", "8.45", "未定", made.number):
        assert said in told
    assert faults(client.get(f"{PAGES}{made.id}?lang=en").text) == []
    assert faults(client.get(f"{PAGES}?lang=en").text) == []
    sent = {"pasted": f"{issued.number},,,YT-6015", "version": made.version}
    client.post(f"{PAGES}{made.id}/lines", data=sent)
    assert len(made.lines) == 2


def test_a_product_is_put_on_a_shortlist_from_its_own_page_in_one_click(
    issued, law, begun, officer, client, sign_in, db
):
    law("category")
    entry = db.session.scalars(select(Entry).where(Entry.number == issued.number)).one()
    product = f"/catalog/products/{entry.id}?lang=zh"
    assert "加入选品清单" not in officer.get(product).text  # no list is open
    of = begun()
    text = officer.get(product).text
    assert faults(text) == []
    for part in (f'action="{PAGES}add"', 'name="csrf_token"', f'value="{issued.number}"', "第 2 包"):
        assert part in text
    sent = {"number": issued.number, "model": issued.models[0].code, "shortlist": str(of.id)}
    for _twice in range(2):
        assert officer.post(f"{PAGES}add", data=sent).status_code == 303
    [line] = of.lines
    assert (line.number, line.model) == (issued.number, issued.models[0].code)
    for name, status in (("", 404), ("x", 422), ("99", 404)):
        assert officer.post(f"{PAGES}add", data=sent | {"shortlist": name}).status_code == status
    empty = officer.post(f"{PAGES}add?lang=zh", data=sent | {"number": "", "model": ""})
    assert (empty.status_code, "没有证书编号" in empty.text, faults(empty.text)) == (422, True, [])
    stranger = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    sign_in(officer, stranger)
    assert "加入选品清单" not in officer.get(product).text
    assert officer.post(f"{PAGES}add", data=sent | {"model": "X"}).status_code == 404
    assert len(of.lines) == 1


def test_what_is_left_out_and_what_is_taken_against_its_answer_needs_a_reason(issued, law, begun, decide):
    law("category")
    good, bad = begun(f"{issued.number},,,YT-6015\n{issued.number},,,YT-6O15").lines
    assert decide(good, "excluded", slug="shortlist-reason-missing") == 422
    assert decide(bad, "chosen", slug="shortlist-reason-missing") == 422
    assert decide(good, "taken") == 422
    assert (good.decision, bad.decision) == ("undecided", "undecided")
    assert decide(good, "chosen") == 303
    assert decide(bad, "excluded", "型号不符") == 303
    assert (good.decision, bad.decision, bad.reason) == ("chosen", "excluded", "型号不符")


def test_awarded_it_is_locked_with_the_digest_of_all_of_it(
    issued, law, begun, decide, award, client, person, db
):
    law("category")
    made = begun(f"{issued.number},,,YT-6015\n{issued.number},,,YT-6O15")
    assert sentence("shortlist-undecided") in award(made).text
    for line in made.lines:
        decide(line, "excluded", "不合")
    assert sentence("shortlist-nothing-chosen") in award(made).text
    decide(made.lines[0], "chosen")
    past = award(made, -1)
    assert (past.status_code, sentence("shortlist-until-past") in past.text) == (422, True)
    with pytest.raises(Unmet, match="shortlist-until-missing"):
        lifecycle.take(made, "award", person.memberships[0].actor(), reason="选第一个")
    assert award(made).status_code == 303
    body = client.get(f"{PAGES}{made.id}.json").data
    assert hashlib.sha256(body).hexdigest() == made.digest
    kept = client.get(f"{PAGES}{made.id}.json").json
    assert (kept["query"], kept["outcome"]) == ("瓷砖 =1+1", "选第一个")
    assert [(line["decision"], line["answer"]["overall"]) for line in kept["lines"]] == [
        ("chosen", "buyable"),
        ("excluded", "not-buyable"),
    ]
    assert made.digest in page(client, made)
    assert decide(made.lines[0], "excluded", "改主意", "shortlist-is-awarded") == 409
    sent = {"pasted": f"{issued.number},,,X", "version": made.version}
    assert client.post(f"{PAGES}{made.id}/lines", data=sent).status_code == 409
    made.lines[0].reason = "改了"
    with pytest.raises(OutOfOrder, match="shortlist-is-awarded"):
        db.session.flush()
    db.session.rollback()


def test_a_page_that_is_stale_decides_nothing(issued, law, begun, officer):
    law("category")
    made = begun(f"{issued.number},,,YT-6015")
    [line] = made.lines
    sent = {"decision": "chosen", "reason": "", "version": made.version - 1}
    assert officer.post(f"{PAGES}{made.id}/lines/{line.id}", data=sent).status_code == 409
    assert line.decision == "undecided"


def test_what_is_answered_otherwise_today_stands_beside_what_was_kept(world, issued, law, begun, client):
    law("category")
    made = begun(f"{issued.number},,,YT-6015")
    assert "答复都与当时相同" in page(client, made, again=1)
    with clock.travel(clock.now() + 3 * DAY):
        facts = {"cause": "fraud", "reason": "材料造假"}
        lifecycle.take(issued, "withdraw", world.actor("decision_maker"), **facts)
        told = page(client, made, again=1)
    assert "1 个产品的答复与当时不同" in told
    assert "材料造假" in told


def test_officers_are_told_once_of_a_chosen_product_that_loses_its_footing(
    world, issued, law, begun, decide, award, client, person, db
):
    law("category")
    made = begun(f"{issued.number},,,YT-6015")
    decide(made.lines[0], "chosen")
    award(made, 100)
    assert operations.watch() == 0
    with clock.travel(clock.now() + 3 * DAY):
        facts = {"cause": "fraud", "reason": "材料造假"}
        lifecycle.take(issued, "withdraw", world.actor("decision_maker"), **facts)
        db.session.commit()
        assert (operations.watch(), operations.watch()) == (1, 0)
        db.session.commit()
        [notice] = db.session.scalars(select(Notice).where(Notice.kind == "shortlist.lost"))
        assert (notice.user_id, notice.urgent, notice.link) == (person.id, True, f"{PAGES}{made.id}")
        assert "撤销：材料造假" in notice.facts["why"]["zh"]
        assert "ithdrawn" in notice.facts["why"]["en"]
        for language, why, other in (("zh", "撤销：材料造假", "ithdrawn"), ("en", "ithdrawn", "撤销")):
            told = client.get(f"/account/inbox?lang={language}").text
            assert (why in told, other in told) == (True, False)
        assert "情况有变" in page(client, made)
    assert len(db.session.scalars(select(ShortlistLoss)).all()) == 1


def test_nobody_is_told_after_the_contract_nor_of_what_was_left_out(
    world, issued, law, begun, decide, award, db
):
    law("category")
    made = begun(f"{issued.number},,,YT-6015\n{issued.number},,,YT-6014")
    first, second = made.lines
    decide(first, "excluded", "贵")
    decide(second, "chosen", "样品相符")
    award(made, 1)
    with clock.travel(clock.now() + 3 * DAY):
        facts = {"cause": "fraud", "reason": "材料造假"}
        lifecycle.take(issued, "withdraw", world.actor("decision_maker"), **facts)
        db.session.commit()
        assert operations.watch() == 0


def test_the_workbook_carries_what_was_looked_for_and_nothing_of_it_runs(issued, law, begun, client):
    law("category")
    made = begun(f"{issued.number},,,=1+1")
    sheet, about = load_workbook(io.BytesIO(client.get(f"{PAGES}{made.id}.xlsx").data))
    assert dict(about.iter_rows(values_only=True))["所找的条件"] == "瓷砖 =1+1"
    cells = [cell for part in (sheet, about) for row in part.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert sheet["B2"].value == "=1+1"


def test_a_program_does_the_same_and_the_page_shows_it(issued, law, client, db):
    law("category")
    actor = factories.actor("purchasing_unit", "procurement_officer")
    from accounts import operations as accounts

    headers = {"Authorization": f"Bearer {accounts.create_token(actor, '选品')[1]}"}
    db.session.commit()
    body = {"title": "第 3 包", "query": "瓷砖", "on": today().isoformat()}
    made = client.post("/api/v1/shortlists", json=body, headers=headers)
    assert made.status_code == 201, made.text
    at = made.headers["Location"]
    items = [{"number": issued.number, "model": "YT-6015"}]
    put = client.post(f"{at}/lines", json={"version": made.json["version"], "items": items}, headers=headers)
    [line] = put.json["lines"]
    assert (line["overall"], line["now"], line["changed"]) == ("buyable", "buyable", False)
    stale = {"version": made.json["version"], "decision": "chosen"}
    assert client.put(f"{at}/lines/{line['id']}", json=stale, headers=headers).status_code == 409
    said = {"version": put.json["version"], "decision": "chosen"}
    missing = client.put(f"{at}/lines/{line['id'] + 1}", json=said, headers=headers)
    assert (missing.status_code, missing.json["slug"]) == (404, "shortlist-line-not-found")
    assert client.put(f"{at}/lines/{line['id']}", json=said, headers=headers).status_code == 200
    facts = {"reason": "定了", "until": (today() + DAY).isoformat()}
    done = client.post(f"{at}/award", json=facts, headers=headers)
    assert (done.status_code, done.json["state"]) == (200, "awarded")
    [head] = client.get("/api/v1/shortlists", headers=headers).json["items"]
    assert head["state"] == "awarded"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "shortlist-title-missing"),
        ({"query": " "}, "shortlist-query-missing"),
        ({"on": ""}, "date-missing"),
        ({"on": "2026-13-45"}, "日期"),
    ],
)
def test_a_project_without_name_query_or_day_is_refused(officer, db, change, said):
    sent = {"title": "包", "query": "瓷砖", "on": today().isoformat()} | change
    answer = officer.post(PAGES, data=sent)
    assert (answer.status_code, explain(said) in answer.text, faults(answer.text)) == (422, True, [])
    assert db.session.query(Shortlist).count() == 0


def test_lines_that_cannot_be_read_or_are_too_many_are_refused(begun, officer):
    made = begun()
    for text, said in (
        ("", sentence("check-empty")),
        ("A" * 201, sentence("check-unreadable", {"count": 1})),
        ("\n".join(map(str, range(51))), sentence("shortlist-too-long", {"most": 50})),
    ):
        answer = officer.post(f"{PAGES}{made.id}/lines", data={"pasted": text, "version": made.version})
        assert (answer.status_code, said in answer.text) == (422, True), said
    assert made.lines == []


def test_a_shortlist_is_its_organisations_alone(issued, begun, client, sign_in, db):
    made = begun()
    other = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    maker = factories.user(factories.organisation("manufacturer"), "applicant")
    db.session.commit()
    for user in (other, maker):
        sign_in(client, user)
        for path in (f"{PAGES}{made.id}", f"{PAGES}{made.id}.json", f"{PAGES}{made.id}.xlsx"):
            answer = client.get(path)
            assert (answer.status_code, sentence("shortlist-not-found") in answer.text) == (404, True)
    assert client.get(PAGES).status_code == 403


def test_the_database_keeps_no_decision_that_is_none(issued, begun, db):
    made = begun(f"{issued.number},,,YT-6015")
    with pytest.raises(Exception, match="decision_known"):
        db.session.execute(
            update(ShortlistLine).where(ShortlistLine.shortlist_id == made.id).values(decision="x")
        )
    db.session.rollback()
