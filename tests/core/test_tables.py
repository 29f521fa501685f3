"""No text is ever written as a formula, whatever it begins with and whichever table it leaves in."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from xlsxwriter.worksheet import Worksheet

from core import tables
from core.tables.book import Book, Sheet

EVIL = [
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\n=1+1",
        "\r=1+1",
        " =1+1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠A1",
    ),
    *("﹦1+1", "﹢1", "﹣1+1", "﹫A1", "\ufeff=1+1", "\u200b=1+1", "\u2060+1", "\u3000=1+1"),
    *(
        "{=1+1}",
        "=cmd|' /C calc'!A1",
        '=HYPERLINK("https://example.org")',
        "https://example.org",
        "mailto:a@b.cn",
    ),
]
HEAD = {"one": "=标题", "two": "数"}


def sheets(body: bytes) -> list[list[object]]:
    book = load_workbook(io.BytesIO(body))
    return [[cell for row in sheet for cell in row if cell.value is not None] for sheet in book]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_is_text_in_every_workbook(app, text):
    streamed = io.BytesIO()
    tables.write(streamed, "xlsx", HEAD, [{"one": text, "two": Decimal(1)}])
    whole = tables.to_xlsx(list(HEAD.values()), [[text, Decimal(1)]], [(text, text)])
    for body in (streamed.getvalue(), whole):
        cells = [cell for sheet in sheets(body) for cell in sheet]
        assert {cell.data_type for cell in cells if cell.value != 1} == {"s"}
        assert [cell for cell in cells if cell.hyperlink] == []
        assert [cell.data_type for cell in cells if cell.value == 1] == ["n"]


@pytest.mark.parametrize("text", [each for each in EVIL if each[0] not in "{hm"])
def test_a_text_that_would_run_is_kept_from_it_in_every_csv(text):
    streamed = io.BytesIO()
    tables.write(streamed, "csv", HEAD, [{"one": text, "two": Decimal(1)}])
    for body in (streamed.getvalue(), tables.to_csv(list(HEAD.values()), [[text, Decimal(1)]])):
        [head, [cell, number]] = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        assert (head[0], cell, number) == ("'=标题", f"'{text}", "1")


def test_what_runs_can_be_written_by_nobody():
    """Of the library's own ways to write, those of text, numbers, days and pictures are left."""
    book = Book(io.BytesIO())
    sheet = book.add_worksheet("一")
    left = {"write_string", "write_number", "write_datetime", "write_blank", "write_boolean", "write_comment"}
    for name in {name for name in dir(Worksheet) if name.startswith("write")} - left:
        with pytest.raises(TypeError):
            getattr(sheet, name)(0, 0, "=1+1")
    with pytest.raises(TypeError):
        book.add_worksheet("二", Worksheet)
    assert isinstance(sheet, Sheet)
    sheet.write_datetime(0, 0, date(2026, 11, 30))
    book.close()


TEXT = {"num_format": "@"}
ODD = [
    *("<r><t>1</t></r>", "a & b < c > \"d\" 'e'", " 前后 ", "\n上下\n", "一\n二", "_x0041_", "\x0b", "𠀀𠀁"),
    *("", "0012", "长" * 400, "x" * 40_000, "￾"),
]


@pytest.mark.parametrize("text", ODD)
def test_a_row_written_as_one_piece_reads_as_one_written_cell_by_cell(app, text):
    streamed, head = io.BytesIO(), ["甲", "乙", "丙", "丁"]
    row = [text, Decimal("12345678.125"), 7, True]
    named = {title: title for title in head}
    tables.write(streamed, "xlsx", named, [dict(zip(head, row, strict=True))] * 2)
    pieces, cells = (
        load_workbook(io.BytesIO(each))["清单"] for each in (streamed.getvalue(), cellwise(head, row))
    )
    told = [[(cell.value, cell.data_type, cell.number_format) for cell in each] for each in pieces.rows]
    assert told == [
        [(cell.value, cell.data_type, cell.number_format) for cell in each] for each in cells.rows
    ]
    assert (pieces["B2"].value, pieces["D3"].value) == (12345678.125, "True")


def cellwise(head: list[str], row: list[object]) -> bytes:
    file = io.BytesIO()
    book = Book(file, row_by_row=True)
    sheet, bold, form = book.add_worksheet("清单"), book.add_format({"bold": True}), book.add_format(TEXT)
    for place, cells in enumerate((head, row, row)):
        for column, cell in enumerate(cells):
            if type(cell) in (Decimal, int):
                sheet.write_number(place, column, cell)
            elif cell != "":
                sheet.write_string(place, column, str(cell), form if place else bold)
    book.close()
    return file.getvalue()


@pytest.mark.parametrize("text", ["<r><t>1</t></r>", "<r></x></r>", "<r></r>"])
def test_a_text_like_the_spelling_of_one_in_pieces_is_that_text(app, text):
    streamed = io.BytesIO()
    tables.write(streamed, "xlsx", HEAD, [{"one": text, "two": None}])
    whole = tables.to_xlsx(list(HEAD.values()), [[text, None]], [(text, text)])
    for body in (streamed.getvalue(), whole):
        book = load_workbook(io.BytesIO(body))
        assert book["清单"]["A2"].value == text
    assert [cell.value for cell in book["关于本文件"][1]] == [text, text]


def test_a_day_in_a_row_is_a_day_and_nothing_is_no_cell(app):
    streamed = io.BytesIO()
    tables.write(streamed, "xlsx", {"on": "日", "none": "空"}, [{"on": date(2026, 2, 28), "none": None}])
    sheet = load_workbook(io.BytesIO(streamed.getvalue()))["清单"]
    assert (sheet["A2"].value.date(), sheet["A2"].number_format) == (date(2026, 2, 28), "yyyy-mm-dd")
    assert sheet["B2"].value is None


def test_a_row_beyond_the_sheet_is_refused():
    book = Book(io.BytesIO(), row_by_row=True)
    sheet, plain = book.add_worksheet("一"), book.add_format()
    with pytest.raises(ValueError, match="does not fit"):
        sheet.write_line(1_048_576, ["一"], plain, plain)
    sheet.write_line(3, ["一"], plain, plain)
    with pytest.raises(ValueError, match="does not fit"):
        sheet.write_line(2, ["二"], plain, plain)
    book.close()
