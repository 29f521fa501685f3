"""Months of gas and a meter with three supplies by hand go out to a workbook and come back: one total.

Gas, as billed: 105, 110, … 160 Nm³ in the twelve months of 2025, together 6 × (105 + 160) = 1,590 Nm³.
    × 2 kg/Nm³ = 3,180 kg; while June (130 Nm³) is missing, 1,460 Nm³ × 2 = 2,920 kg
The meter, 2,000 kWh: 1,200 from the grid, 500 from a roof of one's own, 300 by contract with certificates.
    This rule counts no certificates, so the contract is electricity of the grid, at 0.5777 kg/kWh:
    (1,200 + 300) × 0.5777 = 866.55 kg; the roof, which a file proves, 500 × 0.05 = 25 kg
    without the file the roof is the grid's as well: 2,000 × 0.5777 = 1,155.4 kg
Each of 1,000 m²:
    no June, no file: (2,920 + 1,155.4) / 1,000 = 4.0754
    June, no file: (3,180 + 1,155.4) / 1,000 = 4.3354
    June and file: (3,180 + 866.55 + 25) / 1,000 = 4.07155
"""

import re
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser import applying, test_excel
from tests.browser.test_cement_plant import answer_in_turn, exact, number, say

GAS, METER = "窑炉天然气", "一号电表"
MONTHS = {f"2025-{month:02d}": str(100 + 5 * month) for month in range(1, 13)}
LATE = "2025-06"
SUPPLIES = (
    {"supply": "grid", "energy": ("1200", "kWh")},
    {"supply": "own", "energy": ("500", "kWh"), "emission": ("0.05", "kgCO2e/kWh")},
    {
        "supply": "contract",
        "energy": ("300", "kWh"),
        "emission": ("0.01", "kgCO2e/kWh"),
        "certificate": "绿证 2025-0042",
        "certified": ("0.35", "MWh"),
        "line_loss": ("5", "%"),
    },
)
PROOF = "光伏表计和绿证.pdf"
EACH = Decimal("4.07155")


def test_months_and_a_meter_with_three_supplies_are_the_same_by_hand_and_from_their_workbook(
    at, tmp_path, house
):
    page = at("applicant")
    begin_with_a_file(page)
    enter_gas_without_june(page)
    enter_meter(page)
    expect(total(page)).to_have_text("4.08")
    keep(page)
    expect(page.get_by_text(f"缺 1 个月：{LATE}").first).to_be_visible()

    fill_june(page)
    expect(total(page)).to_have_text("4.34")
    prove(page)
    expect(total(page)).to_have_text("4.07")
    keep(page)
    expect(page.get_by_text(f"缺 1 个月：{LATE}")).to_have_count(0)
    typed = reckoned(page)

    book = taken_out(page, tmp_path)
    test_excel.upload(page, book)
    expect(page.get_by_text("读到 2 行，2 行和案卷相同")).to_be_visible()
    expect(page.get_by_text("没有差别：表里的行案卷里都有，数也一样。")).to_be_visible()
    page.get_by_role("button", name="改动和新增全部应用").click()
    page.get_by_role("link", name="在网页上填写").click()
    expect(total(page)).to_have_text("4.07")
    assert (typed, reckoned(page)) == (EACH, EACH)


def begin_with_a_file(page: Page) -> None:
    applying.begin(page)
    page.get_by_role("link", name="证明文件").click()
    region = page.get_by_role("region").filter(has_text="未上传").first
    region.locator("input[type=file]").set_input_files(applying.paper(PROOF))
    region.get_by_role("button", name="上传").last.click()
    expect(page.get_by_role("link", name=PROOF)).to_be_visible()
    page.get_by_role("link", name="继续：活动数据").click()


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def reckoned(page: Page) -> Decimal:
    """Exactly; a session of the test that stayed open would keep the installation from writing."""
    from core.db import db

    found = exact(number(page))
    db.session.rollback()
    return found


def total(page: Page) -> Locator:
    return page.locator("[data-total]").first


def keep(page: Page) -> None:
    settle(page)
    page.get_by_role("button", name="保存，接着填").click()
    expect(page.get_by_text("已保存").first).to_be_visible()
    answer_in_turn(page)


def settle(page: Page) -> None:
    """The page asks for a sum within half a second of the last key; leaving it would break the answer off."""
    page.wait_for_timeout(600)
    expect(page.locator(".htmx-request")).to_have_count(0)


def new_row(page: Page, name: str, unit: str) -> Locator:
    page.get_by_role("button", name="添加生产制造排放源").click()
    row = page.locator("[data-row]").last
    row.get_by_label("排放源名称").fill(name)
    row.get_by_label("单位", exact=True).select_option(unit)
    return row


def enter_gas_without_june(page: Page) -> None:
    applying.period_and_output(page)
    answer_in_turn(page)
    row = new_row(page, GAS, "Nm3")
    row.locator("[data-pick]").click()
    dialog = page.locator("#factor-dialog")
    dialog.locator("summary", has_text="供应商声明的因子").click()
    group = dialog.locator("[data-kind='own']")
    say(group, "own_value", "2")
    say(group, "own_unit", "kgCO2e/Nm3")
    say(group, "own_source", "供气公司")
    group.locator("[data-use]").click()
    settle(page)
    row.get_by_role("button", name="逐月台账").click()
    expect(month_box(page, LATE)).to_be_visible()
    answer_in_turn(page)
    for month, amount in MONTHS.items():
        if month != LATE:
            month_box(page, month).fill(amount)


def month_box(page: Page, month: str) -> Locator:
    return row_of(page, GAS).get_by_role("textbox", name=month)


def fill_june(page: Page) -> None:
    row = row_of(page, GAS)
    row.locator("summary", has_text=re.compile("^逐月台账")).click()
    expect(row.get_by_label("活动量", exact=True)).to_have_value("1460")
    month_box(page, LATE).fill(MONTHS[LATE])


def enter_meter(page: Page) -> None:
    row = new_row(page, METER, "kWh")
    row.get_by_label("活动量", exact=True).fill("2000")
    row.locator("[data-pick]").click()
    dialog = page.locator("#factor-dialog")
    group = dialog.locator("[data-kind='electricity']")
    dialog.locator("details:has([data-kind='electricity']) > summary").click()
    for place, supply in enumerate(SUPPLIES):
        group.locator(f"[data-column='supplies-{place}-supply']").select_option(supply["supply"])
        for column, value in supply.items():
            if column != "supply":
                say(group, f"supplies-{place}-{column}", value)
    group.locator("[data-use]").click()
    row.locator("[data-pick]").click()
    dialog.get_by_label("名称、代码或来源").fill("电力 碳足迹")
    dialog.get_by_role("button", name="ELECFP-CN-2024").click()
    expect(dialog).to_be_hidden()


def prove(page: Page) -> None:
    row_of(page, METER).get_by_role("button", name="选择证明文件").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name=PROOF).check()
    dialog.get_by_role("button", name="用这些文件").click()
    expect(dialog).to_be_hidden()


def taken_out(page: Page, folder: Path) -> Path:
    settle(page)
    page.get_by_role("link", name="用 Excel 填写").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载 XLSX").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path
