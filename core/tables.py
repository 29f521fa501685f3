"""Tables that leave the house: CSV and XLSX that open correctly in Excel and WPS, and run nothing there."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter
from flask import Response

from core.i18n import _

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
WIDEST = 60


def to_csv(head: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def csv_in_parts(head: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
    """The same, line by line, for tables of any length."""
    yield "\ufeff" + _line(head)
    for row in rows:
        yield _line([harmless(cell) for cell in row])


def json_in_parts(total: int, rows: Iterable[dict]) -> Iterator[str]:
    """{"total": …, "items": [...]}, item by item."""
    yield f'{{"total":{total},"items":['
    for place, row in enumerate(rows):
        yield ("," if place else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"


def _line(cells: Sequence) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def harmless(cell):
    """Text that would be run as a formula is quoted; numbers stay numbers."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell


def to_xlsx(head: Sequence[str], rows: Sequence[Sequence], about: Sequence[tuple[str, str]] = ()) -> bytes:
    """One sheet of rows, and one saying what they are.

    Text is written as text, so that codes keep their zeros and nothing is a formula;
    only a Decimal or an int becomes a number.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("清单"))
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, _width(title, rows, column))
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, text)
    if about:
        _describe(book.add_worksheet(_("关于本文件")), about, bold, text)
    book.close()
    return file.getvalue()


def _write(sheet, row: int, column: int, cell, text) -> None:
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    elif cell not in (None, ""):
        sheet.write_string(row, column, cell.isoformat() if isinstance(cell, date) else str(cell), text)


def _describe(sheet, about: Sequence[tuple[str, str]], bold, text) -> None:
    for row, (term, description) in enumerate(about):
        sheet.write_string(row, 0, term, bold)
        sheet.write_string(row, 1, description, text)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, WIDEST + 20)


def _width(title: str, rows: Sequence[Sequence], column: int) -> int:
    longest = max((_columns(str(row[column] or "")) for row in rows[:200]), default=0)
    return min(WIDEST, max(longest, _columns(title)) + 2)


def _columns(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def download(body: bytes, name: str, media: str, total: int) -> Response:
    """A file to keep; `total` tells how many rows it must hold to be whole."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Total-Count": str(total),
    }
    return Response(body, content_type=media, headers=headers)
