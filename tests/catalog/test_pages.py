"""The catalogue in a browser without JavaScript, by htmx, as a file and for programs."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import unquote

import pytest

from catalog import queries
from core import clock
from core.clock import today
from core.words import sentence
from tests.support.statements import statements

OPEN = ["/", "/catalog/", "/catalog/technologies/", "/catalog/products.csv", "/api/v1/products"]


@pytest.fixture
def shelf(db, issue, declared):
    made = [
        issue(product_name="云陶抛釉砖", models=("YT-6012",)),
        issue(product_name="淮岭水泥", category="cement", models=("P·O 42.5",), carbon_unit="kgCO2e/t"),
        declared("Latitude 5330"),
    ]
    db.session.commit()
    return [entry.id for entry in made]


@pytest.mark.parametrize("address", OPEN)
def test_everybody_may_read_an_empty_catalogue(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("view", ["", "?view=table"])
def test_a_page_full_of_products_asks_the_database_no_oftener_than_for_one(db, client, issue, act, view):
    asked = []
    for number in (1, 24):
        made = [issue(product_name=f"瓷砖 {number}-{each}") for each in range(number)]
        act(made[0], "suspend")
        db.session.commit()
        client.get(f"/catalog/{view}")  # what is kept until the catalogue changes
        with statements() as sent:
            assert client.get(f"/catalog/{view}").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("address", [*OPEN, "/catalog/?view=table", "/catalog/?lang=en"])
def test_everybody_may_read_a_full_one(client, shelf, address):
    assert client.get(address).status_code == 200


def test_the_home_page_shows_what_is_valid(client, shelf):
    page = client.get("/").text
    assert "云陶抛釉砖" in page
    assert "Latitude" not in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("q=yt6012", "云陶抛釉砖", "淮岭水泥"),
        ("category=cement", "淮岭水泥", "云陶抛釉砖"),
        ("status=not_certified", "Latitude 5330", "云陶抛釉砖"),
        ("q=yt6012&view=table", "云陶抛釉砖", "淮岭水泥"),
    ],
)
def test_an_address_shows_the_same_to_everybody(client, shelf, query, there, not_there):
    page = client.get(f"/catalog/?{query}").text
    assert there in page
    assert f">{not_there}<" not in page


def test_nothing_found_says_what_to_do(client, shelf):
    page = client.get("/catalog/?q=没有这种东西").text
    assert "没有符合全部条件的产品" in page
    assert "型号不必写标点" in page


def test_a_fragment_is_part_of_the_page_and_names_its_address(client, shelf):
    answer = client.get("/catalog/?q=yt6012&carbon_from=&sort=carbon", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert answer.text.lstrip().startswith('<div id="catalogue">')
    assert answer.headers["HX-Push-Url"] == "/catalog/?q=yt6012&sort=carbon"
    assert answer.headers["Vary"].count("HX-Request") == 1


def test_going_back_in_history_gets_the_whole_page(client, shelf):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/catalog/?q=yt6012", headers=headers).text


def test_a_chip_takes_its_own_choice_away_and_keeps_the_others(client, shelf):
    page = client.get("/catalog/?category=cement&category=laptop&q=水泥&page=2").text
    others = {"/catalog/?category=laptop&q=水泥", "/catalog/?category=cement&category=laptop"}
    assert others <= {
        unquote(unescape(address)) for address in re.findall(r'class="chip" href="([^"]+)"', page)
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [("abc", "应填写数字"), ("NaN", "应填写数字"), ("Infinity", "应填写数字"), ("--1", "应填写数字"),
     ("1,5", "逗号的意思不清楚"), ("1e99", "不合常理")],
)  # fmt: skip
def test_a_bound_that_is_no_number_is_told_at_its_field_and_kept(client, shelf, value, said):
    answer = client.get(f"/catalog/?carbon_from={value}")
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{value}"' in answer.text
    assert "<title>错误：" in answer.text


def test_bounds_the_wrong_way_round_are_told(client, shelf):
    assert sentence("carbon-range-backwards") in client.get("/catalog/?carbon_from=9&carbon_to=3").text


@pytest.mark.parametrize("query", ["carbon_from=abc", "carbon_from=5&carbon_to=1", "q=" + "x" * 201])
def test_a_filter_that_cannot_be_read_exports_nothing(client, shelf, query):
    answer = client.get(f"/catalog/products.csv?{query}")
    assert answer.status_code == 422
    assert sentence("filter-unreadable", {"faults": []})[:10] in answer.text


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=x", "per_page=7", "q=%00"])
def test_an_address_that_cannot_be_read_is_refused_in_a_sentence(client, shelf, query):
    answer = client.get(f"/catalog/?{query}")
    assert answer.status_code == 422
    assert "<h1>地址中" in answer.text


@pytest.mark.parametrize("number", ["2", "999", "1000000000", "100000000000000000000"])
@pytest.mark.parametrize("sort", ["", "newest", "relevance"])
def test_a_page_beyond_the_last_is_the_empty_page(client, shelf, number, sort):
    answer = client.get(f"/catalog/?page={number}&sort={sort}")
    assert answer.status_code == 200
    assert "这一页没有内容" in answer.text
    assert "最后一页是第 1 页" in answer.text


def test_what_is_typed_is_shown_as_text(client, shelf):
    assert "<script>alert" not in client.get("/catalog/?q=<script>alert(1)</script>").text


def test_different_units_are_not_ranked_without_a_warning(client, shelf):
    assert "单位不同" in client.get("/catalog/?sort=carbon").text
    assert "单位不同" not in client.get("/catalog/?sort=carbon&category=cement").text


def test_a_certificate_number_typed_on_the_home_page_leads_to_its_verification(client, shelf):
    answer = client.get("/catalog/?scope=certificate&q=LCP-32-2026-00001")
    assert answer.location == "/verify?q=LCP-32-2026-00001"


# One product


def test_a_product_page_tells_footprint_certificate_and_history(client, shelf):
    page = client.get(f"/catalog/products/{shelf[0]}").text
    for text in (
        "8.45",
        "kgCO₂e/m²",
        "LCP-32-2026-00001",
        "YT-6012",
        "演示数据",
        "2026-09-18",
        "从摇篮到大门",
        "有效",
    ):
        assert text in page


def test_a_suspended_product_says_so_first_with_day_and_reason(client, db, issue, act):
    entry = issue()
    act(entry, "suspend", until=today() + timedelta(days=30), reason="监督抽查不合格")
    db.session.commit()
    page = client.get(f"/catalog/products/{entry.id}").text
    assert "已暂停" in page
    assert "监督抽查不合格" in page
    assert str(today()) in page


def test_a_declared_product_names_its_source_and_licence(client, shelf):
    page = client.get(f"/catalog/products/{shelf[2]}").text
    for text in ("没有获证", "ODbL-1.0", "https://example.org", "不进入政府采购清单"):
        assert text in page


def test_a_product_nobody_has_is_not_found(client, db):
    answer = client.get("/catalog/products/999")
    assert answer.status_code == 404
    assert sentence("product-not-found") in answer.text


def test_peers_are_only_valid_products_of_the_same_unit_and_boundary(db, issue, act):
    like = [issue(carbon=Decimal(value)) for value in range(1, 7)]
    issue(carbon=Decimal(50), boundary="cradle_to_grave")
    issue(carbon=Decimal(60), carbon_unit="kgCO2e/t")
    act(issue(carbon=Decimal(70)), "withdraw")
    db.session.commit()
    peers = queries.overview().peers_of(like[0])
    assert peers.values == [1, 2, 3, 4, 5, 6]
    assert peers.quarters[1] == 3.5
    assert peers.rank(3) == 50


def test_the_overview_follows_a_status_act_and_the_day(db, issue, act):
    entry = issue(valid_to=today() + timedelta(days=3))
    issue()
    db.session.commit()
    assert queries.overview().valid == 2
    with clock.travel(today() + timedelta(days=4)):
        assert queries.overview().valid == 1
    act(entry, "suspend", until=today())
    db.session.commit()
    assert queries.overview().valid == 1


# Files and programs


def test_the_csv_is_whole_and_opens_in_excel(client, db, issue):
    for _ in range(30):
        issue(product_name="=HYPERLINK(1)", models=("0012", "-7"))
    db.session.commit()
    answer = client.get("/catalog/products.csv?q=0012")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 31
    assert answer.headers["X-Total-Count"] == "30"
    assert "30" in answer.headers["Content-Disposition"]
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[1][2] == "0012；-7"
    assert rows[1][7] == "8.45"


def test_the_api_gives_total_items_and_the_next_page(client, db, issue):
    made = [issue().id for _ in range(5)]
    db.session.commit()
    seen, address = [], "/api/v1/products?per_page=2&category=ceramic_tile"
    while address:
        answer = client.get(address).json
        assert answer["total"] == 5
        seen += [item["id"] for item in answer["items"]]
        address = answer["next"]
    assert seen == made[::-1]


def test_the_api_marks_what_is_invented_and_tells_the_status_of_today(client, shelf):
    items = {item["id"]: item for item in client.get("/api/v1/products").json["items"]}
    tile, device = items[shelf[0]], items[shelf[2]]
    assert (tile["demo"], tile["status"], tile["status_on"]) == (True, "valid", str(today()))
    assert tile["carbon"] == {"value": "8.45", "unit": "kgCO2e/m2"}
    assert (device["demo"], device["status"], device["certificate"]) == (False, "not_certified", None)


def test_the_api_takes_a_choice_several_times(client, shelf):
    answer = client.get("/api/v1/products?category=cement&category=ceramic_tile&status=valid").json
    assert answer["total"] == 2


@pytest.mark.parametrize("query", ["per_page=0", "per_page=101", "page=0", "carbon_from=x", "carbon_to=NaN"])
def test_the_api_refuses_what_it_cannot_read(client, db, query):
    answer = client.get(f"/api/v1/products?{query}")
    assert answer.status_code == 422
    assert answer.json["slug"] == "body-invalid"


def test_the_api_gives_one_product_with_stages_and_acts(client, db, issue, act):
    entry = issue()
    act(entry, "withdraw", reason="弄虚作假")
    db.session.commit()
    answer = client.get(f"/api/v1/products/{entry.id}").json
    assert answer["stages"][0] == {"stage": "raw_material", "value": "2.38"}
    assert answer["acts"] == [{"act": "withdraw", "on": str(today()), "until": None, "reason": "弄虚作假"}]
    assert answer["status"] == "withdrawn"
    assert client.get("/api/v1/products/999").status_code == 404
