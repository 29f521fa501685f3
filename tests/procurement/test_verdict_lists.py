"""What lists, exports and programs tell of a printed line is the verdict of the day asked for."""

import csv
import io
from datetime import date, timedelta

import pytest

from catalog.models import Entry
from core import audit, clock, lifecycle
from core.clock import today
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
WORDS = {"buyable": "可以采购", "not-buyable": "不可以凭此采购", "not-yet-known": "尚不可知"}
FIRST = "/procurement/lists/2026-1"


def later(days: int = 1):
    return clock.travel(clock.now() + days * DAY)


def row(client, address: str, model: str) -> dict[str, str]:
    """The row of a model in the table somebody takes away."""
    text = client.get(address).data.decode("utf-8-sig")
    return next(each for each in csv.DictReader(io.StringIO(text)) if each["规格型号"] == model)


def line(client, model: str, number: str = "2026-1", on: date | None = None) -> dict:
    answer = client.get(f"/api/v1/lists/{number}", query_string={"on": on} if on else {}).json
    return next(each for each in answer["items"] if each["model"] == model)


def verdict_of(client, model: str, on: date | None = None) -> tuple[str, str]:
    """The overall answer and its reason as the API tells them; page and CSV say the same."""
    day = on or today()
    found = line(client, model, on=day)["verdict"]
    word = {"buyable": "可以采购", "not-buyable": "不可以凭此采购", "not-yet-known": "尚不可知"}[
        found["overall"]
    ]
    told = row(client, f"{FIRST}.csv?on={day}", model)
    assert (told[f"{day} 能否采购"], told["理由"], told["作答的证书"]) == (
        word,
        found["message"],
        found["number"],
    )
    page = client.get(f"{FIRST}?on={day}&q={model}").text
    assert word in page
    assert found["message"] in page
    return found["overall"], found["message"]


@pytest.fixture
def printed(issued, law, editions):
    """The certificate, on the first edition since tomorrow."""
    law("list")
    edition = editions("2026-1")
    with later():
        editions.publish(edition)
    return issued


def test_issued_after_the_cut_off_it_is_told_with_the_edition_that_announces_it(
    world, client, printed, asked, editions, db
):
    cutoff = today()
    with later(2):
        young = certificate_of(world.case("certified"))
        entry = db.session.query(Entry).filter_by(number=young.number).one()
        editions("2026-2")
        overall, grounds = asked(young.number)
        assert (overall, grounds["listing"]) == ("not-buyable", "issued-after-cutoff")
        query = {"number": young.number, "model": "YT-6015", "on": today()}
        page = client.get("/procurement/verdict", query_string=query).text
        reason = f"不在第 2026-1 期：证书晚于截止日 {cutoff}；2026-2 期公示中已列入"
        assert reason in page
        card = client.get(f"/catalog/products/{entry.id}").text
        assert reason in card
        assert "不可以凭此采购" in card
        assert faults(card) == []


def test_a_model_that_a_reduction_took_away_is_out_from_that_day_and_of_the_next_edition(
    world, client, printed, editions
):
    with later(5):
        assert verdict_of(client, "YT-6016") == ("buyable", "")
    with later(10):
        case_about(world, printed, "reduction", ("YT-6015",)).to("certified")
        reason = f"{today()} 起不在证书范围（第 2 版）"
        assert verdict_of(client, "YT-6016") == ("not-buyable", reason)
        assert verdict_of(client, "YT-6016", today() - DAY)[0] == "buyable"
        assert verdict_of(client, "YT-6015")[0] == "buyable"
        assert f"{today()} 有效 1 行，失效 1 行" in client.get(FIRST).text
        [struck] = client.get("/api/v1/lists/2026-1/strikes").json["items"]
        assert (struck["model"], struck["act"], struck["on"]) == ("YT-6016", "leave", today().isoformat())
        assert "型号移出证书范围" in client.get(FIRST).text
        next_one = editions("2026-2")
    with later(11):
        editions.publish(next_one)
        [left] = client.get("/api/v1/lists/2026-2/difference").json["removed"]
        assert (left["models"], left["reason"]) == (["YT-6016"], "model-left-scope")
        assert "型号已不在证书范围" in client.get("/procurement/lists/2026-2").text


def test_a_model_that_leaves_while_objections_are_heard_is_not_published(
    world, client, issued, law, editions
):
    law("list")
    edition = editions("2026-1")
    case_about(world, issued, "reduction", ("YT-6015",)).to("certified")
    with later():
        editions.publish(edition)
        assert [each.model for each in edition.lines] == ["YT-6015"]
        assert [(each.number, each.reason) for each in edition.omissions] == [
            (issued.number, "model-left-scope")
        ]


def test_a_recertified_product_has_no_gap_in_list_export_and_api(world, client, printed):
    with clock.travel(clock.now() + (printed.valid_to - today() - 90 * DAY)):
        case_about(world, printed, "recertification").to("certified")
    new = printed.replaced_by
    for day in (new.begins_on - DAY, new.begins_on, new.begins_on + 30 * DAY):
        with clock.travel(clock.now() + (day - today())):
            assert verdict_of(client, "YT-6015")[0] == "buyable"
            assert "2 行" in client.get(FIRST).text
            assert "失效" not in client.get(FIRST).text.partition("<table")[0]
    with clock.travel(clock.now() + (new.begins_on - today())):
        told = f"{printed.number} 已由 {new.number} 接替，{new.number} 当日有效"
        assert verdict_of(client, "YT-6015") == ("buyable", told)
        assert line(client, "YT-6015")["verdict"]["number"] == new.number


def test_a_product_recertified_twice_still_stands_where_it_was_printed(world, client, printed, asked, db):
    first = second = printed
    for _time in range(2):
        first, second = second, recertified(world, second)
    with clock.travel(clock.now() + (second.begins_on - today())):
        for number in (printed.number, first.number, second.number):
            overall, grounds = asked(number)
            assert (overall, grounds["listing"]) == ("buyable", "listed")
        entry = db.session.query(Entry).filter_by(number=second.number).one()
        assert "2026-1" in client.get(f"/catalog/products/{entry.id}").text
        assert verdict_of(client, "YT-6015")[0] == "buyable"


def recertified(world, certificate):
    """The one that takes its place, asked for in good time."""
    with clock.travel(clock.now() + (certificate.valid_to - today() - 90 * DAY)):
        case_about(world, certificate, "recertification").to("certified")
    return certificate.replaced_by


def test_a_product_page_says_of_each_model_whether_it_may_be_bought(client, printed, db):
    entry = db.session.query(Entry).filter_by(number=printed.number).one()
    assert "那一天还没有公布的清单" in client.get(f"/catalog/products/{entry.id}").text
    with later(2):
        card = client.get(f"/catalog/products/{entry.id}").text
        assert "可以采购" in card
        assert "不可以凭此采购" not in card
        assert f"/procurement/verdict?number={printed.number}&amp;model=YT-6015" in card


def test_suspended_on_the_day_itself_and_bought_the_day_before(world, client, printed):
    with later(10):
        until = today() + 60 * DAY
        facts = {"cause": "misuse", "reason": "标签误用", "until": until}
        lifecycle.take(printed, "suspend", world.actor("decision_maker"), **facts)
        assert verdict_of(client, "YT-6015") == ("not-buyable", f"自 {today()} 起暂停，至 {until}：标签误用")
        assert verdict_of(client, "YT-6015", today() - DAY) == ("buyable", "")


def test_of_a_day_to_come_nothing_is_green(client, printed):
    with later(2):
        day = today() + 30 * DAY
        assert verdict_of(client, "YT-6015", day)[0] == "not-yet-known"
        page = client.get(f"{FIRST}?on={day}").text
        assert f"有效期覆盖 {day} 的 2 行" in page
        assert "p-ok" not in page.partition("<table")[2].partition("</table>")[0]


def test_what_has_not_begun_is_not_fallen(client, printed):
    with later(2):
        page = client.get(f"{FIRST}?on={today() - 10 * DAY}").text
        assert "尚未生效 2 行" in page
        assert "失效" not in page.partition("<table")[0]


def test_the_day_chooses_the_edition_and_a_superseded_one_leads_to_it(
    world, client, sign_in, printed, editions, db
):
    with later(10):
        second = editions("2026-2")
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    with later(11):
        editions.publish(second)
        bar = client.get(FIRST).text
        assert "这一期已由第 2026-2 期接替" in bar
        assert f'href="/procurement/lists/2026-2?on={today()}"' in bar
        assert "接替" not in client.get("/procurement/lists/2026-2").text
        assert "接替" not in client.get(f"{FIRST}?on={today() - DAY}").text
        assert "这一期" in client.get(f"/procurement/lists/2026-2?on={today() - DAY}").text
        answer = client.get("/api/v1/lists/2026-2", query_string={"on": today() - DAY}).json
        assert answer["in_force_on"] == "2026-1"
        browser = sign_in(client, officer)
        assert f"{today()} 现行的清单：第 2026-2 期" in browser.get("/procurement/").text
        earlier = today() - DAY
        assert f"{earlier} 现行的清单：第 2026-1 期" in browser.get(f"/procurement/?on={earlier}").text
        before = today() - 30 * DAY
        page = browser.get(f"/procurement/?on={before}")
        assert (page.status_code, f"{before} 还没有公布的清单" in page.text) == (200, True)


@pytest.mark.parametrize("day", ["2026-13-45", "gestern", "0001-01-01"])
def test_the_workbench_answers_nothing_of_an_unreadable_day(client, sign_in, db, day):
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    page = sign_in(client, officer).get(f"/procurement/?on={day}")
    assert (page.status_code, "p-ok" in page.text) == (422, False)


def test_a_file_carries_the_question_and_the_state_of_the_data(client, printed):
    with later(2):
        newest = audit.newest().id
        told = row(client, f"{FIRST}.csv?q=YT-6015&treatment=priority", "YT-6015")
        assert told["数据版本"] == str(newest)
        assert told["查询条件"] == f"日期：{today()}；查找：YT-6015；采购方式：优先采购"
        assert client.get("/api/v1/lists/2026-1").json["data_version"] == newest
