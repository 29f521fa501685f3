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
