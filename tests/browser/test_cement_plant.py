"""A cement plant of two kilns enters forty rows by hand, and by Excel: the same digits, worked out here.

Clinker, tonnes of carbon dioxide for each tonne:
    kiln 1: 63 % CaO × 44/56 = 0.495, 2 % MgO × 44/40 = 0.022, together 0.517; × 600,000 t = 310,200 t
    kiln 2: 65.8 % CaO × 44/56 = 0.517, 1 % MgO × 44/40 = 0.011, together 0.528; × 400,000 t = 211,200 t
Coal: 20 GJ/t × 30 tC/TJ, or 24 GJ/t × 25 tC/TJ, are 0.6 tC/t; × 44/12 = 2.2 t:
    kiln 1: 70,000 t × 2.2 = 154,000 t; kiln 2: 45,000 t × 2.2 = 99,000 t
    and by default 10 kg of methane (27.0) and 1.5 kg of nitrous oxide (273) for each TJ, together 679.5 kg:
    kiln 1: 1,400 TJ, 951.3 t; kiln 2: 1,080 TJ, 733.86 t
Two meters, month by month, at 0.5777 kg/kWh; a station of one's own counts so too, while no file proves it:
    meter 1: 12 × 5,000,000 kWh × 0.5777 = 34,662 t; meter 2: 12 × 2,500,000 kWh × 0.5777 = 17,331 t
Six ways of two legs: 100,000 t × (50 km × 0.1 + 200 km × 0.02) = 900 t; × 6 = 5,400 t
Six materials: 10,000 t × 5 kg/t = 50 t; × 6 = 300 t
Twenty-two more: 1,000 t × 10 kg/t = 10 t; × 22 = 220 t

310,200 + 211,200 + 154,000 + 99,000 + 951.3 + 733.86 + 34,662 + 17,331 + 5,400 + 300 + 220 = 833,998.16 t;
of 1,000,000 t of cement: 833.99816 kg.
"""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser import applying, test_excel

EACH, SHOWN = Decimal("833.99816"), "834.00"
OUTPUT = "1000000"
MADE, RAW = "生产制造", "原材料获取"
GRID, SEARCHED = "ELECFP-CN-2024", "电力 碳足迹"
LIME = {"own_value": "5", "own_unit": "kgCO2e/t", "own_source": "供应商"}
ADDED = LIME | {"own_value": "10"}


class Pick(NamedTuple):
    """What is chosen of a list, and what a cell says for it."""

    slug: str
    word: str


COAL = {"fuel_type": Pick("coal", "煤")}


def share(amount: str) -> tuple[str, str]:
    return amount, "%"


def leg(number: int, distance: str, emission: str) -> dict:
    return {
        f"legs-{number}-distance": (distance, "km"),
        f"legs-{number}-emission": (emission, "kgCO2e/t·km"),
    }


def supply(number: int, pick: Pick, energy: str, **more) -> dict:
    return {f"supplies-{number}-supply": pick, f"supplies-{number}-energy": (energy, "MWh")} | {
        f"supplies-{number}-{name}": value for name, value in more.items()
    }


def meter(month: str, grid: str, own: str) -> dict:
    """Each month the same; what the grid and the plant's own station gave in the year."""
    return (
        supply(0, Pick("grid", "电网"), grid)
        | supply(1, Pick("own", "自有电站或直连线路"), own, emission=("0.03", "kgCO2e/kWh"))
        | {f"months-{place}": (f"2025-{place + 1:02d}", month) for place in range(12)}
    )


# (kind, stage, name, amount, unit, what else is stated: a text, or a number with its unit)
ROWS = [
    ("electricity", MADE, "一号表", "60000000", "kWh", meter("5000000", "50000", "10000")),
    ("electricity", MADE, "二号表", "30000000", "kWh", meter("2500000", "20000", "10000")),
    ("clinker", MADE, "一号窑熟料", "600000", "t", {"cao": share("63"), "mgo": share("2")}),
    ("clinker", MADE, "二号窑熟料", "400000", "t", {"cao": share("65.8"), "mgo": share("1")}),
    ("fuel", MADE, "一号窑用煤", "70000", "t",
     {"ncv": ("20", "GJ/t"), "carbon_content": ("30", "tC/TJ"), "oxidation": ("1", "1"), **COAL}),
    ("fuel", MADE, "二号窑用煤", "45000", "t",
     {"ncv": ("24", "GJ/t"), "carbon_content": ("25", "tC/TJ"), "oxidation": ("100", "%"), **COAL}),
    *(("transport", RAW, f"第 {number} 矿的石灰石运输", "100000", "t",
       leg(0, "50", "0.1") | leg(1, "200", "0.02")) for number in range(1, 7)),
    *(("own", RAW, f"第 {number} 矿的石灰石", "10000", "t", LIME) for number in range(1, 7)),
    *(("own", RAW, f"第 {number} 种辅料", "1000", "t", ADDED) for number in range(1, 23)),
]  # fmt: skip
TITLES = {
    "clinker": "熟料（按化学成分）",
    "fuel": "燃料",
    "transport": "运输",
    "own": "供应商声明的因子",
    "electricity": "一块电表的电力",
}
HEADINGS = {
    "stage": "阶段", "name": "排放源", "quantity": "活动量", "unit": "单位", "own_value": "自有因子",
    "own_unit": "自有因子的单位", "own_source": "自有因子的来源", "cao": "熟料中的氧化钙",
    "mgo": "熟料中的氧化镁", "ncv": "低位发热量", "carbon_content": "含碳量", "oxidation": "碳氧化率",
    "legs-0-distance": "运段 1 运距", "legs-0-emission": "运段 1 排放因子",
    "legs-1-distance": "运段 2 运距", "legs-1-emission": "运段 2 排放因子",
    "fuel_type": "燃料的种类（甲烷、氧化亚氮按缺省值）", "factor_code": "因子代码",
    "supplies-0-supply": "电力来源 1 来源的种类", "supplies-0-energy": "电力来源 1 电量",
    "supplies-1-supply": "电力来源 2 来源的种类", "supplies-1-energy": "电力来源 2 电量",
    "supplies-1-emission": "电力来源 2 排放因子",
}  # fmt: skip


def test_a_cement_plant_of_forty_rows_is_the_same_by_hand_and_by_excel(at, tmp_path, house):
    assert len(ROWS) == 40
    page = at("applicant")
    open_inventory(page)
    head(page)
    answer_in_turn(page)
    for row in ROWS:
        by_hand(page, *row)
    expect(page.locator("[data-total]").first).to_have_text(SHOWN)
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="保存，接着填").click()
    expect(page.get_by_text("已保存").first).to_be_visible()
    typed = number(page)

    open_inventory(page)
    page.get_by_role("link", name="用 Excel 填写").click()
    test_excel.upload(page, by_excel(test_excel.download(page, tmp_path)))
    # Forty rows; the period from and to, the output and its unit.
    expect(page.get_by_role("heading", name="44 处差别")).to_be_visible()
    page.get_by_role("button", name="改动和新增全部应用").click()
    expect(page.get_by_text("读入 40 行，接受 40 行，退回 0 行。")).to_be_visible()
    page.get_by_role("link", name="在网页上填写").click()
    expect(page.locator("[data-total]").first).to_have_text(SHOWN)
    assert (exact(typed), exact(number(page))) == (EACH, EACH)


def open_inventory(page: Page) -> None:
    applying.begin(page)
    page.get_by_role("link", name="活动数据").click()


def number(page: Page) -> int:
    """Of the case whose page this is."""
    return int(page.url.split("/applications/")[1].split("/")[0])


def head(page: Page) -> None:
    applying.period_and_output(page)
    page.get_by_label("统计期内的合格品产量").fill(OUTPUT)


def answer_in_turn(page: Page) -> None:
    """Rows come faster than from any hand; the page would give up each sum for the next, and say so."""
    page.locator("#inventory").evaluate("form => { form.dataset.hxSync = 'this:queue last' }")


def by_hand(page: Page, kind: str, stage: str, name: str, quantity: str, unit: str, stated: dict) -> None:
    # By keyboard: a sum that arrives between press and release moves the button from under the mouse.
    page.get_by_role("button", name=f"添加{stage}排放源").press("Enter")
    row = page.locator(f"[data-rows]:has(h2:text-is('{stage}')) [data-row]").last
    row.get_by_label("排放源名称").fill(name)
    row.get_by_label("活动量", exact=True).fill(quantity)
    row.get_by_label("单位", exact=True).select_option(unit)
    row.locator("[data-pick]").press("Enter")
    dialog = page.locator("#factor-dialog")
    group = dialog.locator(f"[data-kind='{kind}']")
    if not group.is_visible():
        dialog.locator("summary", has_text=TITLES[kind]).first.click()
    boxes = {column: value for column, value in stated.items() if not column.startswith("months-")}
    for column, value in boxes.items():
        say(group, column, value)
    group.locator("[data-use]").click()
    expect(dialog).to_be_hidden()
    if kind == "electricity":
        at_the_grid(page, row, dialog)
        row.get_by_role("button", name="逐月台账").click()
        month_by_month(page, name, [value for column, value in stated.items() if column not in boxes])


def at_the_grid(page: Page, row: Locator, dialog: Locator) -> None:
    row.locator("[data-pick]").click()
    dialog.get_by_label("名称、代码或来源").fill(SEARCHED)
    dialog.get_by_role("button", name=GRID).click()
    expect(dialog).to_be_hidden()


def month_by_month(page: Page, name: str, months: list[tuple[str, str]]) -> None:
    row = page.get_by_role("group", name=name, exact=True)
    expect(row.get_by_role("textbox", name=months[-1][0])).to_be_visible()
    answer_in_turn(page)
    for month, amount in months:
        row.get_by_role("textbox", name=month).fill(amount)


def say(group: Locator, column: str, value: str | Pick | tuple[str, str]) -> None:
    box = group.locator(f"[data-column='{column}']")
    if isinstance(value, Pick):
        box.select_option(value.slug)
        return
    amount, unit = value if isinstance(value, tuple) else (value, "")
    box.fill(amount)
    if unit:
        group.locator(f"[data-column='{column}-unit']").select_option(unit)


def by_excel(path: Path) -> Path:
    """Each row on the sheet of its kind, each value under its heading."""
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    first["A4"], first["B4"], first["C4"] = *applying.PERIOD, int(OUTPUT)
    filled: dict[str, int] = {}
    for kind, stage, name, quantity, unit, stated in ROWS:
        sheet = first if kind == "own" else book[TITLES[kind]]
        filled[kind] = filled.get(kind, test_excel.FIRST_ROW - 1) + 1
        values = {"stage": stage, "name": name, "quantity": float(quantity), "unit": unit} | stated
        if kind == "electricity":
            values["factor_code"] = GRID
        write(sheet, filled[kind], values)
    book.save(path)
    return path


def write(sheet, row: int, values: dict) -> None:
    places = {cell.value: cell.column for cell in sheet[test_excel.FIRST_ROW - 1]}
    for column, value in values.items():
        if column.startswith("months-"):
            heading = f"逐月台账 {int(column.removeprefix('months-')) + 1}"
            sheet.cell(row, places[f"{heading} 月份"]).value = value[0]
            sheet.cell(row, places[f"{heading} 本月的量"]).value = float(value[1])
            continue
        heading = HEADINGS[column]
        if isinstance(value, Pick):
            sheet.cell(row, places[heading]).value = value.word
            continue
        amount, unit = value if isinstance(value, tuple) else (value, "")
        number = isinstance(value, tuple) or column == "own_value"
        sheet.cell(row, places[heading]).value = float(amount) if number else amount
        if unit:
            sheet.cell(row, places[f"{heading}的单位"]).value = unit


def exact(case_id: int) -> Decimal:
    """What the stored rows come to, before the rule rounds it."""
    from carbon.operations import preview
    from certification.application.models import Application
    from certification.workbooks.exchange import INVENTORY
    from certification.workbooks.operations import stands
    from core.db import db

    case = db.session.get(Application, case_id)
    stored = case.inventory
    names = ("declared_amount", "declared_unit", "output_amount", "output_unit", "boundary", "gwp")
    facts = {name: getattr(stored, name) for name in names}
    result, complaints = preview(facts, stands(case, INVENTORY), relied_on=True)
    db.session.rollback()  # what stays open would keep the installation from writing
    assert not complaints
    return result.total
