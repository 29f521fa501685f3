"""A cell is read as it is shown, or asked about at its place."""

import io
from datetime import date

import pytest
import xlsxwriter

from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, INVENTORY, MODELS
from certification.workbooks.exchange.read import read
from core.opened import cells
from tests.certification.workbooks.workbooks import GOOD, filled, template, upload
from tests.certification.world import reload

# (stored, format) -> (kind, value, shown)
SHOWN = {
    ("5", "General"): ("number", "5", "5"),
    ("0.1", "General"): ("number", "0.1", "0.1"),
    ("0.30000000000000004", "General"): ("number", "0.3", "0.3"),
    ("1E+3", "General"): ("number", "1000", "1000"),
    ("123456789012", "General"): ("number", "123456789012", ""),
    ("7", "000"): ("number", "7", "007"),
    ("-7", "000"): ("number", "-7", "-007"),
    ("1.5", "0.00"): ("number", "1.5", "1.50"),
    ("1234.567", "#,##0.00"): ("number", "1234.567", ""),
    ("1234.567", "#,##0_ "): ("number", "1234.567", ""),
    ("5", "@"): ("number", "5", "5"),
    ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '): ("number", "0", ""),
    ("-5", "#,##0;[Red]-#,##0"): ("number", "-5", ""),
    ("0.5", "0%"): ("percent", "0.5", "50%"),
    ("0.985", "0.00%"): ("percent", "0.985", "98.5%"),
    ("45658", "yyyy-mm-dd"): ("date", "2025-01-01", "2025-01-01"),
    ("45658.75", "yyyy/m/d h:mm"): ("date", "2025-01-01", "2025-01-01"),
    ("45658", 'yyyy"年"m"月"d"日"'): ("date", "2025-01-01", "2025-01-01"),
    ("45658", "[$-F800]dddd, mmmm dd, yyyy"): ("date", "2025-01-01", "2025-01-01"),
    ("1", "yyyy-mm-dd"): ("date", "1900-01-01", "1900-01-01"),
    ("61", "yyyy-mm-dd"): ("date", "1900-03-01", "1900-03-01"),
    ("0.5", "h:mm"): ("time", "0.5", ""),
    ("1.5", "[h]:mm:ss"): ("time", "1.5", ""),
    ("-3", "yyyy-mm-dd"): ("time", "-3", ""),
    ("9999999", "yyyy-mm-dd"): ("time", "9999999", ""),
    ("12345", '0!.0,"万"'): ("altered", "12345", ""),
    ("12345", "0.0,"): ("altered", "12345", ""),
    ("5", '0"吨"'): ("altered", "5", ""),
    ("5", ";;;"): ("altered", "5", ""),
    ("0.5", "# ?/?"): ("altered", "0.5", ""),
    ("nan", "General"): ("text", "nan", "nan"),
    ("1e999", "General"): ("text", "1e999", "1e999"),
}  # fmt: skip


@pytest.mark.parametrize(("stored", "shown"), SHOWN.items(), ids=str)
def test_a_number_is_what_its_format_shows(stored, shown):
    assert cells.number(*stored, from_1904=False) == shown


def test_days_of_a_workbook_that_counts_from_1904():
    assert cells.number("44196", "yyyy-mm-dd", from_1904=True)[1] == "2025-01-01"


def test_chinese_excel_writes_some_formats_of_days_by_number_alone():
    assert {cells.BUILT_IN[number] for number in (27, 31, 36, 50, 57, 58)} == {"yyyy/m/d"}


def inventory(*columns: tuple) -> bytes:
    """One row: (slug, value, format) in the columns named, the others as in GOOD."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("活动数据")
        sheet.write_row(0, 0, ["序号", *[str(column.heading) for column in INVENTORY.columns]])
        for place, slug in enumerate(INVENTORY.slugs, start=1):
            sheet.write(1, place, GOOD.get(slug, ""))
        sheet.write(1, 0, 1)
        for slug, value, form in columns:
            how = book.add_format({"num_format": form})
            sheet.write(1, INVENTORY.slugs.index(slug) + 1, value, how)
    return file.getvalue()


# What each column makes of a cell: (column, value, format) -> (text, slug).
TAKEN = {
    ("quantity", 1234.5, "#,##0"): ("1234.5", ""),
    ("quantity", 0.5, "0%"): ("50%", "cell-is-percentage"),
    ("quantity", 12345, '0!.0,"万"'): ("12345", "cell-shows-otherwise"),
    ("quantity", 45658, "yyyy/m/d"): ("2025-01-01", "cell-is-date"),
    ("quantity", 0.5, "h:mm"): ("0.5", "cell-is-time"),
    ("oxidation", 0.98, "0%"): ("0.98", ""),
    ("name", 7, "000"): ("007", ""),
    ("name", 123456789012345, "General"): ("123456789012345", "cell-shows-otherwise"),
    ("name", 45658, "m-d"): ("2025-01-01", "cell-is-date"),
    ("name", "1E5", "@"): ("1E5", ""),
    ("quality", True, "General"): ("TRUE", ""),
}


def test_a_cell_is_taken_as_its_column_means_it_or_asked_about(app):
    with app.test_request_context():
        for (slug, value, form), (text, wrong) in TAKEN.items():
            [line] = read(INVENTORY, inventory((slug, value, form)), "表.xlsx").lines
            assert (line.values[slug], line.errors.get(slug, "")) == (text, wrong), (slug, value, form)


def test_cells_under_a_merged_one_are_asked_about(app):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("规格型号")
        sheet.write_row(0, 0, ["规格型号", "规格说明"])
        sheet.write_column(1, 1, ["甲", "乙", "丙"])
        sheet.merge_range("A2:A3", "M-1")
    with app.test_request_context():
        lines = read(MODELS, file.getvalue(), "表.xlsx").lines
    assert [(line.values["code"], line.errors) for line in lines] == [
        ("M-1", {}), ("", {"code": "cell-is-merged"}), ("", {}),
    ]  # fmt: skip


def test_what_is_hidden_under_a_merged_cell_is_named_and_neither_taken_nor_passed_over(app):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("规格型号")
        sheet.write_row(0, 0, ["规格型号", "规格说明"])
        sheet.write_column(1, 1, ["甲", "乙", "丙"])
        sheet.merge_range("A2:A3", "M-1")
        sheet.write("A3", "M-2")
    with app.test_request_context():
        lines = read(MODELS, file.getvalue(), "表.xlsx").lines
    assert [line.errors for line in lines] == [{}, {"code": "cell-hides-value"}, {}]


def test_the_period_goes_out_in_cells_that_are_days_and_comes_back(world):
    case = world.case("draft")
    case.application.inventory.period_from = date(2025, 1, 1)
    case.application.inventory.period_to = None
    sheet = template(case).worksheets[0]
    first, last = sheet["A4"], sheet["B4"]
    assert (first.value.date(), first.number_format) == (date(2025, 1, 1), "yyyy-mm-dd")
    assert (last.value, last.number_format) == (None, "yyyy-mm-dd")
    content = sheets.template(case.application, INVENTORY, case.application)
    assert read(INVENTORY, content, "x.xlsx").head.values["period_from"] == "2025-01-01"


def test_a_day_typed_into_the_empty_form_is_a_day(world):
    case = world.case("draft")

    def typed(book):
        book.worksheets[0]["A4"] = date(2025, 1, 1)

    assert (
        read(INVENTORY, filled(case, GOOD, more=typed), "x.xlsx").head.values["period_from"] == "2025-01-01"
    )


def test_a_period_typed_as_text_is_a_period(world):
    spelt = ("2025/1/1", "2025.12.31"), ("2025年1月1日", "２０２５－１２－３１"), ("20250101", " 2025-12-31 ")
    for first, last in spelt:
        case = world.case("draft")

        def typed(book, first=first, last=last):
            for cell, text in (("A4", first), ("B4", last)):
                book.worksheets[0][cell] = text
                book.worksheets[0][cell].number_format = "@"

        upload(case, world.actor("applicant"), filled(case, GOOD, more=typed))
        kept = reload(case).inventory
        assert (kept.period_from, kept.period_to) == (date(2025, 1, 1), date(2025, 12, 31)), (first, last)


def test_the_number_of_a_row_is_that_of_the_spreadsheet(world):
    assert read(INVENTORY, filled(world.case("draft"), GOOD), "x.xlsx").lines[0].number == FIRST_ROW
