"""The verdict over certificates that were really issued, changed and ended: page and API say the same."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from core import clock, lifecycle
from core.clock import today
from procurement import operations
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of
from tests.support.editions import approve
from tests.support.reading import moods

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
MAKER = "宜兴云陶新材有限公司"


def test_where_the_category_is_enough_a_certificate_of_today_is_bought(issued, law, asked):
    law("category")
    overall, grounds = asked(issued.number, maker="宜兴云陶新材有限公司")
    assert (overall, grounds["category"], grounds["maker"]) == ("buyable", "preferred", "maker-same")
    assert "listing" not in grounds
    assert asked(issued.number, on=today() - DAY)[1]["in-force"] == "issued-after-the-day"
    overall, grounds = asked(issued.number, on=today() + DAY)
    assert (overall, grounds["in-force"]) == ("not-yet-known", "covered-until")


def test_without_a_policy_the_answer_is_not_required_and_cites_nothing(issued, asked):
    assert asked(issued.number)[0] == "not-required"


def test_a_suspension_counts_from_its_own_day(world, issued, law, asked):
    law("category")
    with clock.travel(clock.now() + 10 * DAY):
        until = today() + 60 * DAY
        decider = world.actor("decision_maker")
        lifecycle.take(issued, "suspend", decider, cause="misuse", reason="标签误用", until=until)
        assert asked(issued.number)[:1] == ("not-buyable",)
        assert asked(issued.number)[1]["in-force"] == "suspended"
        assert asked(issued.number, on=today() - DAY)[0] == "buyable"


def test_a_model_that_a_reduction_took_away_is_in_before_that_day_and_out_from_it(world, issued, law, asked):
    law("category")
    before = today()
    with clock.travel(clock.now() + 10 * DAY):
        case_about(world, issued, "reduction", ("YT-6015",)).to("certified")
        assert asked(issued.number, "YT-6016")[0] == "not-buyable"
        assert asked(issued.number, "YT-6016")[1]["model"] == "model-left-scope"
        assert asked(issued.number, "YT-6016", on=before)[0] == "buyable"
        assert asked(issued.number)[0] == "buyable"


def test_a_recertified_product_is_bought_without_a_gap_under_the_new_number(world, issued, law, asked):
    law("category")
    with clock.travel(clock.now() + (issued.valid_to - today() - 90 * DAY)):
        case_about(world, issued, "recertification").to("certified")
    new = issued.replaced_by
    with clock.travel(clock.now() + (new.begins_on - today())):
        overall, grounds = asked(issued.number)
        assert (overall, grounds["in-force"]) == ("buyable", "succeeded-by")
        assert asked(issued.number, on=issued.valid_to)[1]["in-force"] == "in-force"
        assert asked(new.number)[1]["in-force"] == "in-force"


def test_what_is_not_exactly_the_same_is_not_bought_and_told_how_near_it_is(client, issued, law, asked):
    law("category")
    assert asked(issued.number, "YT-6O15")[1]["model"] == "model-not-covered"
    page = client.get("/procurement/verdict", query_string={"number": issued.number, "model": "YT-6O15"}).text
    assert 'YT-6<mark class="dfc ok">0</mark>15' in page
    overall, grounds = asked(issued.number, maker="宜兴云淘新材有限公司")
    assert (overall, grounds["maker"]) == ("not-buyable", "maker-differs")


@pytest.mark.parametrize(
    ("said", "subject", "ground", "near", "asked_differs", "message"),
    [
        ({"model": "YT-6O15"}, "model", "model-not-covered", "YT-6015", [{"start": 4, "end": 5}],
         "第 5 位写的是 字母 O，证书上是 数字 0"),
        ({"maker": "宜兴云淘新材有限公司"}, "maker", "maker-differs", MAKER, [{"start": 3, "end": 4}],
         "第 4 位写的是 淘，证书上是 陶"),
    ],
)  # fmt: skip
def test_a_single_wrong_sign_is_a_no_that_page_and_program_point_at(
    client, program, issued, law, said, subject, ground, near, asked_differs, message
):
    law("category")
    item = {"number": issued.number, "model": "YT-6015"} | said
    day = today().isoformat()
    body = {"on": day, "items": [item]}
    headers = program() | {"Accept-Language": "zh"}
    [found] = client.post("/api/v1/verifications", json=body, headers=headers).json["items"]
    assert found["overall"] == "not-buyable"
    [finding] = [each for each in found["findings"] if each["subject"] == subject]
    first = finding["near"][0]
    assert (finding["ground"], first["text"]) == (ground, near)
    assert (first["asked_differs"], first["message"]) == (asked_differs, message)
    page = client.get("/procurement/verdict", query_string={**item, "on": day, "lang": "zh"}).text
    assert message in page
    assert 'class="vf-s stop"' in page


def test_a_bid_before_the_issue_is_a_no_by_page_and_program(client, issued, law, asked):
    law("category")
    day = today() - DAY
    overall, grounds = asked(issued.number, on=day)
    assert (overall, grounds["in-force"]) == ("not-buyable", "issued-after-the-day")
    query = {"number": issued.number, "model": "YT-6015", "on": day.isoformat()}
    assert 'class="vf-s stop"' in client.get("/procurement/verdict", query_string=query).text


def test_what_no_policy_asks_for_is_signed_for_a_program_with_the_day_of_the_policy(
    client, app, program, issued, law, editor, editions
):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        app.test_cli_runner().invoke(args=["keys", "create", edition.owner.uscc])
        item = {"number": issued.number, "model": "YT-6015", "category": "A02061908"}
        body = {"title": "第 2 包", "on": today().isoformat(), "items": [item]}
        made = client.post("/api/v1/checks", json=body, headers=program()).json
        assert (made["signed"], made["counts"]) == (True, {"not-required": 1})
        [line] = client.get(urlsplit(made["annex"]).path).json["lines"]
        assert line["findings"][0]["facts"]["policy_date"] == "2020-01-01"
        assert client.get(urlsplit(made["signature"]).path).status_code == 200
        page = client.get(urlsplit(made["address"]).path + "?lang=zh").text
        assert "最近一条自 2020-01-01 起" in page
        assert "验签通过" in page


def test_the_list_in_force_that_day_counts_where_the_rule_says_so(world, issued, law, asked):
    law("list")
    editor = factories.actor("regulator", "list_editor")
    assert asked(issued.number)[1]["listing"] == "no-edition"
    with clock.travel(clock.now() + DAY):
        edition = operations.draft_edition(editor, "2026-1", "第一期", today(), today())
        lifecycle.take(edition, "open_notice", editor, notice_from=today(), notice_to=today())
        young = certificate_of(world.case("certified"))
    with clock.travel(clock.now() + 2 * DAY):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示〔2026〕1号")
        overall, grounds = asked(issued.number)
        assert (overall, grounds["listing"]) == ("buyable", "listed")
        assert asked(issued.number, on=today() - DAY)[1]["listing"] == "no-edition"
        assert asked(young.number)[0] == "not-buyable"


def test_a_number_nobody_holds_is_answered_as_unknown(law, asked):
    law("category")
    overall, grounds = asked("LCP-32-01-2026-99999")
    assert (overall, grounds["in-force"]) == ("unknown", "certificate-unknown")


@pytest.mark.parametrize("day", ["2026-13-45", "gestern", "0001-01-01"])
def test_of_an_unreadable_day_nothing_is_answered(client, program, issued, day):
    page = client.get("/procurement/verdict", query_string={"number": issued.number, "on": day})
    assert (page.status_code, "逐项核对" in page.text) == (422, False)
    body = {"on": day, "items": [{"number": issued.number}]}
    answer = client.post("/api/v1/verifications", json=body, headers=program())
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == ["/on"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"on": "2026-11-28"}, "/items"),
        ({"on": "2026-11-28", "items": []}, "/items"),
        ({"on": "2026-11-28", "items": [{"number": "1"}] * 5001}, "/items"),
        ({"on": "2026-11-28", "items": [{"model": "YT"}]}, "/items/0/number"),
        ({"on": "2026-11-28", "items": [{"number": "1", "modell": "YT"}]}, "/items/0/modell"),
        ({"on": "2026-11-28", "items": [{"number": "1" * 201}]}, "/items/0/number"),
    ],
)
def test_a_call_that_cannot_be_read_is_refused_at_its_member(client, program, body, pointer):
    answer = client.post("/api/v1/verifications", json=body, headers=program())
    assert (answer.status_code, list(answer.json["fields"])) == (422, [pointer])


def test_nobody_asks_by_program_without_signing_in(client, issued):
    assert client.post("/api/v1/verifications", json={"on": "2026-11-28", "items": []}).status_code == 401


def test_a_question_sent_by_post_takes_no_write_lock(client, program, issued):
    headers = program()
    body = {"on": today().isoformat(), "items": [{"number": issued.number}]}
    with moods() as seen:
        assert client.post("/api/v1/verifications", json=body, headers=headers).status_code == 200
    assert seen == {True}


GREEN = ("p-ok", "c-ok", '<div class="vf-s" role="status">')
DATED = (
    "/procurement/verdict?number={number}&model=YT-6015",
    "/procurement/lists/2026-1",
    "/procurement/lists/2026-1.csv",
    "/procurement/lists/2026-1.xlsx",
    "/api/v1/lists/2026-1",
    "/verify/{number}?model=YT-6015",
    "/certificates/{number}.json",
)


@pytest.mark.parametrize("day", ["2026-13-45", "gestern"])
def test_at_no_door_is_an_unreadable_day_green(client, issued, law, editions, day):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        for door in DATED:
            address = door.format(number=issued.number)
            answer = client.get(f"{address}{'&' if '?' in address else '?'}on={day}")
            assert (door, 400 <= answer.status_code < 500) == (door, True)
            assert [sign for sign in GREEN if sign in answer.text] == []


def test_a_page_beyond_the_end_is_empty_and_not_green(client, issued, law, editions):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        for number in ("2", "1000000", "99999999999999999999"):
            page = client.get(f"/procurement/lists/2026-1?page={number}")
            assert (page.status_code, "这一页没有内容" in page.text) == (200, True)
            assert "p-ok" not in page.text.partition('id="lines"')[2]
            answer = client.get(f"/api/v1/lists/2026-1?page={number}")
            assert answer.status_code in (200, 422)
            assert answer.json.get("items", []) == []


@pytest.mark.parametrize(
    "door",
    [
        "/procurement/verdict",
        "/procurement/lists/2026-1",
        "/procurement/lists/2026-1.csv",
        "/api/v1/lists/2026-1",
    ],
)
def test_a_misspelt_parameter_is_refused(client, issued, law, editions, door):
    law("list")
    editions("2026-1")
    answer = client.get(f"{door}?stauts=valid")
    assert (400 <= answer.status_code < 500, "stauts" in answer.text) == (True, True)
    assert [sign for sign in GREEN if sign in answer.text] == []
