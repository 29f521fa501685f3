"""A ledger as it comes from a plant, through the page: everything at once, then again, then refused."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from accounts import operations as accounts
from certification.workbooks.exchange.columns import INVENTORY
from certification.workbooks.models import SheetUpload
from core.db import db
from tests.certification.workbooks.workbooks import GOOD, filled, send, settle
from tests.certification.world import reload

TITLES = [str(column.heading) for column in INVENTORY.columns]
STAGE, NAME, QUANTITY = (INVENTORY.slugs.index(slug) + 1 for slug in ("stage", "name", "quantity"))
WHOLE = {"电一": Decimal(100), "电二": Decimal("200.5"), "电三": Decimal(12000)}
PERIOD = (date(2025, 1, 1), date(2025, 12, 31))


def line(number: int, name: str, quantity: object) -> list:
    told = GOOD | {"name": name, "quantity": quantity}
    return [number, *(told.get(slug, "") for slug in INVENTORY.slugs)]


def ledger() -> bytes:
    """A period typed as people type it, a 序号 column, a merged stage, a formula, a hidden row, a 合计."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("2025年台账")
        sheet.write_row(0, 0, ["统计期开始", "统计期结束", *["-"] * len(TITLES)])
        sheet.write_row(1, 0, ["2025/1/1", "2025年12月31日"])
        sheet.write_row(2, 0, ["序号", *TITLES])
        for place, (name, quantity) in enumerate((("电一", ""), ("电二", "200.5"), ("电三", "1.2万"))):
            sheet.write_row(3 + place, 0, line(place + 1, name, quantity))
        sheet.merge_range(3, STAGE, 5, STAGE, "生产制造")
        sheet.write_formula(3, QUANTITY, "=40+60", value=100)
        sheet.write_row(6, 0, line(4, "去年的电", 900))
        sheet.set_row(6, options={"hidden": True})
        sheet.write(7, NAME, "合计")
        sheet.write_formula(7, QUANTITY, "=SUM(D4:D7)", value="13200.5")
    return file.getvalue()


def table(code: str) -> bytes:
    lines = [["序号", *TITLES], *(line(1, name, amount) for name, amount in WHOLE.items())]
    lines += [["", "", "合计", "12300.5", *[""] * (len(TITLES) - 3)]]
    return "\r\n".join(",".join(map(str, each)) for each in lines).encode(code)


def stands(case) -> dict[str, Decimal | None]:
    rows = reload(case).inventory.rows
    assert len({row.name for row in rows}) == len(rows)
    return {row.name: row.quantity for row in rows}


@pytest.fixture
def maker(browser):
    return browser("applicant")


@pytest.fixture
def case(world):
    return world.case("draft")


@pytest.fixture
def replace(maker, case):
    """replace(content, name): send it through the page and let it take the place of what stands."""

    def done(content: bytes, name: str = "台账.xlsx") -> str:
        page = send(maker, case, content, name=name).text
        came = db.session.query(SheetUpload).order_by(SheetUpload.id.desc()).first()
        settle(maker, came, "replace", version=came.result_version, sure="1")
        return page

    return done


def test_everything_at_once_is_named_and_only_what_counts_is_counted(case, replace):
    page = replace(ledger())
    for said in ("公式单元格，取表里存下的值", "这一行在表里是隐藏的", "没有计入：第 8 行", "序号"):
        assert said in page
    assert stands(case) == WHOLE
    inventory = case.application.inventory
    assert (inventory.period_from, inventory.period_to) == PERIOD
    assert {row.stage for row in inventory.rows} == {"manufacturing"}


@pytest.mark.parametrize("code", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_table_saved_by_a_spreadsheet_in_china_is_read_through_the_page(case, replace, code):
    page = replace(table(code), "台账.csv")
    assert "没有计入：第 5 行" in page
    assert stands(case) == WHOLE


def test_sent_again_and_refused_in_between_it_counts_once(case, maker, replace):
    replace(ledger())
    refused = send(maker, case, b"PK\x03\x04 not a workbook")
    assert refused.status_code == 422
    assert stands(case) == WHOLE
    send(maker, case, ledger())
    assert stands(case) == WHOLE
    replace(table("gb18030"), "台账.csv")
    assert stands(case) == WHOLE
    replace(ledger(), "台账（改）.xlsx")
    assert stands(case) == WHOLE


def test_with_a_row_that_cannot_be_read_no_door_hands_the_case_in(case, maker, client, world):
    good, bad = GOOD | {"own_unit": "kgCO2e/m3", "quantity": 1}, GOOD | {"name": "煤", "unit": "箩筐"}
    send(maker, case, filled(case, good, GOOD | {"name": "电", "quantity": 2}, bad))
    came = db.session.query(SheetUpload).one()
    settle(maker, came, "apply", version=came.result_version, all="1")
    assert [row.values["name"] for row in came.waiting] == ["煤"]
    address = f"/certification/applications/{case.id}"
    page = maker.get(f"{address}/submit", follow_redirects=True).text
    assert "活动数据里还有读不懂的行" in page
    said = {"version": reload(case).version, "declared": "y"}
    answer = maker.post(f"{address}/submit", data=said)
    assert answer.status_code >= 400
    secret = accounts.create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    answer = client.post(
        f"/api/v1/applications/{case.id}/submit",
        json={"declared": True},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 422
    assert "activity-unread" in answer.text
    assert reload(case).state == "draft"
