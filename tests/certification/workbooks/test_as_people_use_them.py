"""Workbooks and tables as people keep them: formulas, totals, hidden rows, columns of their own, CSV."""

import io
import zipfile
from decimal import Decimal
from itertools import product

import pytest
import xlsxwriter

from certification.workbooks.exchange.columns import INVENTORY
from certification.workbooks.exchange.read import Sheet, read
from certification.workbooks.models import SheetUpload
from certification.workbooks.operations.judging import judge
from core.db import db
from core.words import sentence
from tests.certification.workbooks.workbooks import GOOD, send, settle
from tests.certification.world import reload

TITLES = [str(column.heading) for column in INVENTORY.columns]
GAS = [GOOD.get(slug, "") for slug in INVENTORY.slugs]
STAGE, NAME, QUANTITY = (INVENTORY.slugs.index(slug) for slug in ("stage", "name", "quantity"))


def named(name: str, quantity=1) -> list:
    row = list(GAS)
    row[NAME], row[QUANTITY] = name, quantity
    return row


def made(fill) -> bytes:
    """A workbook of one's own: `fill(book, sheet)` writes beneath the headings in the first row."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, TITLES)
        fill(book, sheet)
    return file.getvalue()


def ledger(_book, sheet) -> None:
    """A formula, a hidden row, a column of one's own, and a total."""
    sheet.write_row(0, len(TITLES), ["备注"])
    sheet.write_row(1, 0, [*named("电", ""), "一号表"])
    sheet.write_formula(1, QUANTITY, "=40+60", value=100)
    sheet.write_row(2, 0, named("机修", 900))
    sheet.set_row(2, options={"hidden": True})
    sheet.write(3, NAME, "合 计")
    sheet.write_formula(3, QUANTITY, "=SUM(C2:C3)", value=1000)


def unescaped(content: bytes) -> bytes:
    """As another program writes it: `_x000D_` in the text, which xlsxwriter would keep apart."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"_x005F_x000D_", b"_x000D_"))
    return file.getvalue()


def opened(content: bytes, name="台账.xlsx") -> Sheet:
    return read(INVENTORY, content, name)


@pytest.mark.parametrize("way", [{"all": "1"}, {"line-0": "yes", "line-1": "yes"}])
def test_a_ledger_is_read_with_its_formulas_and_without_its_total_and_hidden_rows(world, browser, way):
    case, maker = world.case("draft"), browser("applicant")
    page = send(maker, case, made(ledger)).text
    assert "公式单元格，取表里存下的值" in page
    assert "这一行在表里是隐藏的" in page
    assert "没有计入：第 4 行" in page
    assert "备注 不是这张表的数据" in page
    came = db.session.query(SheetUpload).one()
    settle(maker, came, "apply", version=came.result_version, **way)
    read_ = {
        row.name: row.quantity for row in reload(case).inventory.rows if row.name in ("电", "机修", "合 计")
    }
    assert read_ == {"电": Decimal(100)} | ({"机修": Decimal(900)} if "line-1" in way else {})


def test_a_whole_replacement_leaves_hidden_rows_out(world, browser):
    case, maker = world.case("draft"), browser("applicant")
    send(maker, case, made(ledger))
    came = db.session.query(SheetUpload).one()
    settle(maker, came, "replace", version=came.result_version, sure="1")
    assert [row.name for row in reload(case).inventory.rows] == ["电"]


def test_a_table_is_read_in_the_codes_and_with_the_marks_people_save_it_in(app):
    with app.test_request_context():
        for code, mark, above in product(("utf-8", "utf-8-sig", "gb18030"), ",\t;", (0, 3)):
            lines = [["某厂台账"]] * above + [[*TITLES, "序号"], [*map(str, named("电, 一号")), "1"]]
            text = "\r\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
            [line] = opened(text.encode(code), "台账.csv").lines
            assert (line.values["name"], line.values["quantity"]) == ("电, 一号", "1"), (code, mark, above)
            assert line.carried == {"序号": "1"}


def test_signs_that_nobody_sees_and_those_that_excel_writes_out_change_nothing(app):
    """A sign of no width from a web page, and the end of a line that came from another program."""

    def unseen(_book, sheet):
        sheet.write_row(0, 0, [f"{title}\u200b" for title in TITLES])
        row = named("烧成_x000D_用气", "1\u200b5")
        row[STAGE] = "生产\u200b制造"
        sheet.write_row(1, 0, row)

    with app.test_request_context():
        [line] = opened(unescaped(made(unseen))).lines
        [values] = judge(INVENTORY, [line])
    assert (values["stage"], values["name"], values["quantity"]) == (
        "manufacturing",
        "烧成 用气",
        Decimal(15),
    )


@pytest.mark.parametrize("total", ["合计", "本页小计", "全年合计：", "累 计 合 计", "Subtotal"])
def test_a_total_is_known_by_what_people_call_it(app, total):
    def summed(_book, sheet):
        sheet.write_row(1, 0, named("电"))
        sheet.write_row(2, 0, named(total))
        sheet.write_row(3, 0, named("外购电力合计"))  # a source that somebody called so: it counts

    with app.test_request_context():
        found = opened(made(summed))
    assert [line.values["name"] for line in found.lines] == ["电", "外购电力合计"]
    assert [line.number for line in found.totals] == [3]


def test_the_sheet_with_the_headings_is_found_among_several(app):
    def several(book, sheet):
        sheet.write_row(0, 0, ["封面"] + [""] * len(TITLES))
        other = book.add_worksheet("明细")
        other.write_row(4, 0, TITLES)
        other.write_row(5, 0, named("电"))

    with app.test_request_context():
        assert [line.values["name"] for line in opened(made(several)).lines] == ["电"]


def test_a_merged_stage_is_meant_for_every_row_beside_it(app):
    def merged(_book, sheet):
        for number in (1, 2):
            sheet.write_row(number, 0, named(f"源 {number}"))
            sheet.write(number, STAGE, "生产制造")  # as programs leave it that merge cells
        sheet.merge_range(1, STAGE, 2, STAGE, "生产制造")

    with app.test_request_context():
        lines = opened(made(merged)).lines
    assert [(line.values["stage"], line.errors) for line in lines] == [("manufacturing", {})] * 2


@pytest.mark.parametrize(("hidden", "errors"), [("使用", {"stage": "cell-hides-value"}), ("生产制造", {})])
def test_another_stage_hidden_under_a_merged_one_is_named(app, hidden, errors):
    def merged(_book, sheet):
        for number in (1, 2):
            sheet.write_row(number, 0, named(f"源 {number}"))
        sheet.merge_range(1, STAGE, 2, STAGE, "生产制造")
        sheet.write(2, STAGE, hidden)

    with app.test_request_context():
        first, second = opened(made(merged)).lines
    assert (first.errors, second.errors) == ({}, errors)


def test_a_period_told_in_months_is_its_first_and_last_day(app):
    def told(_book, sheet):
        sheet.write_row(0, 0, ["统计期开始", "统计期结束", *["-"] * len(TITLES)])
        sheet.write_row(1, 0, ["2026年2月", "2026-02"])
        sheet.write_row(2, 0, TITLES)

    with app.test_request_context():
        assert opened(made(told)).head.values == {"period_from": "2026-02-01", "period_to": "2026-02-28"}


def test_a_carbon_content_typed_in_tonnes_a_gigajoule_is_asked_about_and_read_with_its_unit(world, browser):
    case, maker = world.case("draft"), browser("applicant")

    def coals(_book, sheet):
        for number, carbon in enumerate(("0.02618", "0.02618 tC/GJ"), start=1):
            fuel = {"ncv": "20.908", "carbon_content": carbon, "oxidation": "0.98", "unit": "t"}
            row = {"stage": "生产制造", "name": f"煤 {number}", "quantity": "1"} | fuel
            sheet.write_row(number, 0, [row.get(slug, "") for slug in INVENTORY.slugs])

    page = send(maker, case, made(coals)).text
    assert sentence("carbon-content-per-gj") in page
    came = db.session.query(SheetUpload).one()
    assert (came.accepted, came.refused) == (1, 1)
