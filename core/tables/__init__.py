"""Tables that leave the house: CSV and XLSX that open correctly in Excel and WPS, and run nothing there."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from flask import Response

from core.i18n import _
from core.tables.book import OFTEN, Book, Format, Sheet

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet takes for the beginning of a formula: full width and small as well, and behind blanks,
# seen or not.
RUNS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]")
# Codes that a spreadsheet would take for a number, and cut to 15 digits, rob of zeros, or make a day of.
TAKEN_FOR_A_NUMBER = re.compile(
    r"[0-9]{12,}|0[0-9]+|[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+"
    r"|[0-9]{1,2}[-/][0-9]{1,2}([-/][0-9]{2,4})?|[0-9]{4}[-/][0-9]{1,2}"
)
TEXT = "text/plain; charset=utf-8"
WIDEST = 60
MEDIA = {"csv": CSV, "json": "application/json", "xlsx": XLSX}
CHUNK, IN_MEMORY = 1 << 16, 1 << 20

Row = Mapping[str, object]
About = Sequence[tuple[str, str]]  # term and description


class Output(Protocol):
    def write(self, content: bytes, /) -> object: ...


def to_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    return "".join(["\ufeff", _line(head), *map(_line, rows)]).encode()


def write(output: Output, kind: str, head: Mapping[str, str], rows: Iterable[Row], about: About = ()) -> int:
    """A table of any length as csv, json or xlsx, row by row; return how many there were.

    `head` maps the slug of a column to its title; JSON is {"items": [...], "total": …}.  What the table is,
    an xlsx says on a sheet of its own.
    """
    if kind == "xlsx":
        return _write_xlsx(output, head, rows, about)
    return {"json": _write_json, "csv": _write_csv}[kind](output, head, rows)


def _write_csv(output: Output, head: Mapping[str, str], rows: Iterable[Row]) -> int:
    output.write(("\ufeff" + _line(head.values())).encode())
    writer, count = _writer(_Encoded(output)), 0
    for row in rows:
        writer.writerow([harmless(row[slug]) for slug in head])
        count += 1
    return count


def _write_json(output: Output, head: Mapping[str, str], rows: Iterable[Row]) -> int:
    output.write(b'{"items":[')
    count = 0
    for row in rows:
        item = json.dumps({slug: row[slug] for slug in head}, ensure_ascii=False)
        output.write(f"{',' if count else ''}{item}".encode())
        count += 1
    output.write(f'],"total":{count}}}'.encode())
    return count


def _write_xlsx(output: Output, head: Mapping[str, str], rows: Iterable[Row], about: About) -> int:
    """As `to_xlsx`, of which each row is let go once it is written; the columns are as wide as their titles
    need, and twice that.  A day is a day, by which a sheet can be sorted."""
    book = Book(output, row_by_row=True)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(_("清单"))
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head.values()):
        sheet.set_column(column, column, min(WIDEST, 2 * _columns(title) + 4))
        sheet.write_string(0, column, title, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.write_line(count, [row[slug] for slug in head], text, day)
    _set_up(sheet, count, len(head))
    if about:
        _describe(book.add_worksheet(_("关于本文件")), about, bold, text)
    book.close()
    return count


def _line(cells: Iterable[object]) -> str:
    """Texts stand in quotation marks, so that the tab behind a code parts no columns in any program."""
    text = io.StringIO()
    _writer(text).writerow(map(harmless, cells))
    return text.getvalue()


def _writer(file: "SupportsWrite[str]") -> Any:  # no name for it outside of the stubs
    return csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")


class _Encoded:
    """A file of bytes, to which texts are written."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def write(self, text: str, /) -> object:
        return self._output.write(text.encode())


def harmless(cell: object) -> object:
    """A cell that a spreadsheet shows as it is: what would run begins with an apostrophe, and a code of
    digits ends with a tab, which makes it text.  Numbers stay numbers."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    return _often_harmless(cell) if len(cell) <= OFTEN else _harmless(cell)


def _harmless(cell: str) -> str:
    if RUNS.match(cell):
        return f"'{cell}"
    return f"{cell}\t" if TAKEN_FOR_A_NUMBER.fullmatch(cell) else cell


_often_harmless = lru_cache(maxsize=8_192)(_harmless)


def to_xlsx(head: Sequence[str], rows: Sequence[Sequence[object]], about: About = ()) -> bytes:
    """One sheet of rows, and one saying what they are.

    Text is written as text, so that codes keep their zeros and nothing is a formula;
    only a Decimal or an int becomes a number.
    """
    file = io.BytesIO()
    book = Book(file)
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
    _set_up(sheet, len(rows), len(head))
    if about:
        _describe(book.add_worksheet(_("关于本文件")), about, bold, text)
    book.close()
    return file.getvalue()


def _set_up(sheet: Sheet, rows: int, columns: int) -> None:
    """To be filtered, and printed as wide as the page, the headings and the number on each."""
    if rows:
        sheet.autofilter(0, 0, rows, columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _write(sheet: Sheet, row: int, column: int, cell: object, text: Format) -> None:
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    elif cell not in (None, ""):
        sheet.write_string(row, column, cell.isoformat() if isinstance(cell, date) else str(cell), text)


def _describe(sheet: Sheet, about: About, bold: Format, text: Format) -> None:
    for row, (term, description) in enumerate(about):
        sheet.write_string(row, 0, term, bold)
        sheet.write_string(row, 1, description, text)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, WIDEST + 20)


def _width(title: str, rows: Sequence[Sequence[object]], column: int) -> int:
    longest = max((_columns(str(row[column] or "")) for row in rows[:200]), default=0)
    return min(WIDEST, max(longest, _columns(title)) + 2)


def _columns(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def export(kind: str, head: Mapping[str, str], rows: Iterable[Row], name: str, about: About = ()) -> Response:
    """A table of any length to keep; `name` may say its `{total}`."""
    return whole(lambda file: write(file, kind, head, rows, about), name, MEDIA[kind])


def whole(work: Callable[[Output], int], name: str, media: str) -> Response:
    """A file to keep, which `work` writes and tells how many rows it has; `name` may say its `{total}`.

    It is whole before its first byte leaves: what fails halfway is an error and never a file.
    """
    with ExitStack() as stack:
        file = stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        total = work(file)
        size = file.tell()
        file.seek(0)
        if size <= IN_MEMORY:
            return download(file.read(), name.format(total=total), media, total)
        answer = download(iter(partial(file.read, CHUNK), b""), name.format(total=total), media, total)
        answer.content_length = size
        answer.call_on_close(stack.pop_all().close)
        return answer


def download(body: bytes | Iterable[bytes], name: str, media: str, total: int) -> Response:
    """A file to keep; `total` tells how many rows it must hold to be whole."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Total-Count": str(total),
    }
    return Response(body, content_type=media, headers=headers)
