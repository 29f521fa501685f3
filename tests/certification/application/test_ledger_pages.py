"""Months behind an amount, through the page and the API."""

import re
from decimal import Decimal

import pytest

from core.db import db as tables
from tests import factories
from tests.certification.world import reload

HEAD = {"output_amount": "100", "output_unit": "m2", "period_from": "2025-01-01", "period_to": "2025-12-31"}
ROW = {
    "stage": "manufacturing",
    "name": "外购电力",
    "unit": "kWh",
    "own_value": "0.5",
    "own_unit": "kgCO2e/kWh",
    "own_source": "演示数据",
}
METER = {"site": "一号线", "meter": "电表 31"}
TWELVE = [{"month": f"2025-{number:02d}", "amount": f"{number}.5"} for number in range(1, 13)]  # 84 kWh


@pytest.fixture
def maker(browser):
    return browser("applicant")


@pytest.fixture
def draft(world):
    return world.case("draft")


def address(case, more: str = "") -> str:
    return f"/certification/applications/{case.id}/inventory{more}"


def grid(case, months=(), number: int = 0, **cells) -> dict:
    row = {"kind": "own", "quantity": "", **ROW, **cells}
    for place, entry in enumerate(months):
        row |= {f"months-{place}-{name}": value for name, value in entry.items()}
    fields = {f"rows-{number}-{column}": value for column, value in row.items()}
    return {"version": reload(case).inventory.version, "action": "stay", **HEAD, **fields}


def test_a_ledger_that_is_typed_is_kept_shown_and_typed_again(draft, maker):
    assert maker.post(address(draft), data=grid(draft, TWELVE, **METER)).status_code == 302
    [row] = reload(draft).inventory.rows
    assert (row.quantity, row.stated) == (Decimal(84), {**METER, "months": TWELVE})
    page = maker.get(address(draft)).text
    assert page.count("ch-months") == 1
    assert "2025-03 3.5 kWh" in page  # the chart says itself in words
    assert re.search(r'value="84.0"\s+readonly', page)
    # Saving the page as it stands changes nothing.
    boxes = dict(re.findall(r'name="(rows-0-months-\d+-\w+)"\s+value="([^"]+)"', page))
    assert len(boxes) == 24
    again = grid(draft, quantity="84.0", **METER) | boxes
    assert maker.post(address(draft), data=again).status_code == 302
    assert reload(draft).inventory.rows[0].stated == row.stated


def test_the_amount_that_stood_before_gives_way_to_the_months(draft, maker):
    maker.post(address(draft), data=grid(draft, quantity="5000"))
    sent = grid(draft, TWELVE, quantity="5000")
    assert 'data-sum="84.0"' in maker.post(address(draft, "/preview"), data=sent).text
    assert maker.post(address(draft), data=sent).status_code == 302
    assert reload(draft).inventory.rows[0].quantity == Decimal(84)


def test_a_ledger_is_opened_at_the_row_that_asks_and_lists_the_months_of_the_period(draft, maker):
    sent = grid(draft, number=4) | {"ledger": "4"}
    del sent["action"]
    page = maker.post(address(draft), data=sent).text
    assert re.findall(r'months-\d+-month" value="([^"]+)"', page) == [entry["month"] for entry in TWELVE]
    assert 'name="rows-0-meter"' in page
    assert 'name="ledger"' in maker.post(address(draft), data=sent | {"ledger": "9"}).text
    without = sent | {"period_from": ""}
    assert "先填统计期并保存" in maker.post(address(draft), data=without).text


def test_a_month_left_empty_is_a_gap_that_is_named_and_not_a_zero(draft, maker):
    eleven = [entry if entry["month"] != "2025-07" else entry | {"amount": ""} for entry in TWELVE]
    maker.post(address(draft), data=grid(draft, eleven))
    assert len(reload(draft).inventory.rows[0].stated["months"]) == 11
    page = maker.get(address(draft)).text
    assert "2025-07 缺" in page
    assert "缺 1 个月" in page
    [question] = [each for each in reload(draft).questions if each.slug == "ledger-gap"]
    assert (question.severity, question.row, question.detail["months"]) == ("red", 0, "2025-07")


def test_a_month_outside_the_period_is_refused_at_its_row(draft, maker):
    wrong = [*TWELVE, {"month": "2026-01", "amount": "1"}]
    answer = maker.post(address(draft), data=grid(draft, wrong))
    assert answer.status_code == 422
    assert "这个月不在统计期内" in answer.text
    assert 'value="2026-01"' in answer.text  # nothing that was typed is lost
    assert not any(row.stated for row in reload(draft).inventory.rows)


def test_the_next_application_draws_the_months_that_both_periods_have(draft, maker, world):
    maker.post(address(draft), data=grid(draft, TWELVE, **METER))
    later = world.case("draft")
    period = {"period_from": "2025-07-01", "period_to": "2026-06-30"}
    asked = grid(later) | period | {"ledger": "0"}
    del asked["action"]
    page = maker.post(address(later), data=asked).text
    [key] = set(re.findall(rf'<option value="({draft.id}-\d+)"', page))
    drawn = {name: value for name, value in asked.items() if name != "ledger"}
    page = maker.post(address(later), data=drawn | {"draw": "0", "rows-0-draw": key}).text
    assert "已取来统计期内的月份" in page
    months = dict(re.findall(r'id="rows-0-months-(\d+)-amount"[^>]*?value="([^"]*)"', page, re.DOTALL))
    assert list(months.values()) == ["7.5", "8.5", "9.5", "10.5", "11.5", "12.5", *[""] * 6]
    assert 'value="电表 31"' in page
    assert not any(row.stated for row in reload(later).inventory.rows)  # until it is saved
    nothing = {"period_from": "2026-01-01", "period_to": "2026-12-31", "draw": "0", "rows-0-draw": key}
    assert "那份台账没有统计期内的月份" in maker.post(address(later), data=drawn | nothing).text
    for wrong in ({"rows-0-draw": "9-9"}, {"draw": "x"}, {"draw": "7"}):
        answer = maker.post(address(later), data=drawn | {"draw": "0", "rows-0-draw": key} | wrong)
        assert (answer.status_code, "已取来" in answer.text) == (200, False)


def test_every_earlier_ledger_of_the_period_is_offered_however_many_cases_came_since(draft, maker, world):
    maker.post(address(draft), data=grid(draft, TWELVE, **METER))
    for _case in range(21):
        later = world.case("draft")
    asked = grid(later) | {"ledger": "0"}
    del asked["action"]
    offered = f'<option value="{draft.id}-'
    assert offered in maker.post(address(later), data=asked).text
    other = {"period_from": "2026-01-01", "period_to": "2026-12-31"}
    assert offered not in maker.post(address(later), data=asked | other).text
    unknown = {"period_from": "", "period_to": ""}
    assert offered in maker.post(address(later), data=asked | unknown).text


def test_nobody_draws_from_the_ledger_of_another_applicant(draft, world, maker):
    from certification.application.models import Application

    maker.post(address(draft), data=grid(draft, TWELVE, **METER))
    later = world.case("draft")
    other = factories.organisation("manufacturer").id
    tables.session.get(Application, draft.id).applicant_id = other
    tables.session.commit()
    asked = grid(later) | {"ledger": "0"}
    del asked["action"]
    assert "取统计期内的月份" not in maker.post(address(later), data=asked).text


def test_a_copy_of_a_case_leaves_the_months_to_the_period_they_are_of(draft, maker, world):
    from certification.application.operations.clone import clone_application

    maker.post(address(draft), data=grid(draft, TWELVE, **METER))
    source = reload(draft)
    copy = clone_application(source, world.actor("applicant"), source.scheme, source.body_id)
    [row] = copy.inventory.rows
    assert (row.quantity, row.stated) == (Decimal(84), METER)


def test_the_api_takes_a_ledger_gives_it_back_and_takes_that_again(ask, draft):
    path = f"/applications/{draft.id}/inventory"
    share = {
        "product_amount": {"amount": "1", "unit": "t"},
        "site_amount": {"amount": "4", "unit": "t"},
    }
    row = {**ROW, **METER, **share, "months": TWELVE}
    body = {"version": reload(draft).inventory.version, **HEAD, "rows": [row]}
    answer = ask("PUT", path, json=body)
    assert answer.status_code == 200, answer.json
    got = ask("GET", path).json
    [kept] = got["rows"]
    assert {name: kept[name] for name in (*METER, *share, "months")} == {
        **METER,
        **share,
        "months": TWELVE,
    }
    assert Decimal(kept["quantity"]) == 84
    again = ask("PUT", path, json={"version": got["version"], **HEAD, "rows": got["rows"]})
    assert again.status_code == 200, again.json
    other = ask(
        "PUT",
        path,
        json=body | {"version": reload(draft).inventory.version, "rows": [row | {"quantity": "85"}]},
    )
    assert other.status_code == 422
    [(place, fault)] = other.json["fields"].items()
    assert place.endswith("quantity")
    assert fault["slug"] == "amount-not-of-ledger"
    gone = {"months": [{"month": "2024-12", "amount": "1"}]}
    body = body | {"version": reload(draft).inventory.version, "rows": [row | gone]}
    [(_place, fault)] = ask("PUT", path, json=body).json["fields"].items()
    assert fault["slug"] == "month-outside-period"
