"""A real applicant fills the activity data in with a spreadsheet, mends what was wrong, copies the case."""

from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from certification.workbooks.exchange.columns import FIRST_ROW
from tests.browser import applying

ROWS = (
    ("生产制造", "窑炉天然气", 1600, "Nm3", "CN-ENT-natgas-EF"),
    ("生产制造", "外购电力", "两千", "kWh", "ELECFP-CN-2024"),
    ("原材料获取", "瓦楞纸箱", 500, "kg", "MAT-UK2025-19_506_5159_15_1"),
)


def test_activity_data_go_out_to_a_spreadsheet_and_come_back(at, tmp_path):
    page = at("applicant")
    applying.begin(page)
    page.get_by_role("link", name="活动数据").click()
    page.get_by_role("link", name="用 Excel 填写").click()
    upload(page, fill(download(page, tmp_path)))
    expect(page.get_by_role("heading", name="表格和案卷的差别")).to_be_visible()
    expect(page.get_by_role("row", name=f"C{FIRST_ROW + 1}")).to_contain_text("应填写数字")
    page.get_by_role("button", name="改动和新增全部应用").click()
    expect(page.get_by_text("读入 3 行，接受 2 行，退回 1 行。")).to_be_visible()
    mend(page)
    page.get_by_role("link", name="在网页上填写").click()
    expect(page.locator("[data-total]").first).to_have_text(applying.FOOTPRINT)
    copy(page)


def test_cells_pasted_into_the_grid_become_rows_once_their_difference_was_seen(at):
    page = at("applicant")
    applying.begin(page)
    page.get_by_role("link", name="活动数据").click()
    page.get_by_role("button", name="添加生产制造排放源").click()
    row = page.locator("[data-row]").last
    paste(row.get_by_label("排放源名称"), "窑炉天然气\t1600\tNm3\n外购电力\t2000\tkWh\n")
    expect(page.get_by_label("从表格复制的内容")).to_have_value(
        "窑炉天然气\t1600\tNm3\n外购电力\t2000\tkWh\n"
    )
    expect(page.get_by_label("没有写阶段的行算作")).to_have_value("manufacturing")
    expect(page.get_by_role("button", name="保存，看粘贴的差别")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 处差别")).to_be_visible()
    page.get_by_role("button", name="改动和新增全部应用").click()
    page.get_by_role("link", name="在网页上填写").click()
    names = [box.input_value() for box in page.get_by_label("排放源名称").all()]
    assert names == ["窑炉天然气", "外购电力"]


def paste(box: Locator, text: str) -> None:
    """What a browser hands on when a person pastes."""
    box.evaluate(
        """(box, text) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData('text/plain', text)
            box.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
        }""",
        text,
    )


def download(page: Page, folder: Path) -> Path:
    page.get_by_label("预先填好").select_option(label="空表")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载 XLSX").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def fill(path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["A4"], sheet["B4"], sheet["C4"] = *applying.PERIOD, int(applying.OUTPUT)
    for number, row in enumerate(ROWS, start=FIRST_ROW):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(path)
    return path


def upload(page: Page, path: Path) -> None:
    page.locator("#file").set_input_files(path)
    page.get_by_role("button", name="上传", exact=True).click()


def mend(page: Page) -> None:
    row = page.get_by_role("form", name=f"第 {FIRST_ROW + 1} 行")
    row.get_by_label("活动量").fill("2000")
    row.get_by_role("button", name="收下这一行").click()
    expect(page.get_by_text("这一行已收下")).to_be_visible()
    expect(page.get_by_role("heading", name="案卷里读不懂的")).to_be_hidden()


def copy(page: Page) -> None:
    page.goto("/certification/")
    page.get_by_role("link", name="未命名的产品").first.click()
    page.get_by_role("link", name="复制为新申请").click()
    page.get_by_role("radio", name=applying.BODY).check()
    page.get_by_role("button", name="复制为草稿").click()
    expect(page.get_by_text("还有 2 项要更新")).to_be_visible()
    expect(page.get_by_role("link", name="统计期还是上次的")).to_be_visible()
