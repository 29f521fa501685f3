"""A thousand rows of activity data out as a workbook and back into the case, beside the bare libraries.

The peer writes and reads the same cells with the same libraries; it offers, checks and keeps nothing.
"""

import io
import statistics
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter

import openpyxl
import xlsxwriter

import certification.models  # noqa: F401  # the tables know each other by name: all, before any is asked
from bench.figure import Figure
from bench.house import house
from certification.application.operations.applications import create_application

ROWS, TIMES = 1000, 5


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as cast:
        yield from measured(_draft(cast), cast.holder("tile1", "applicant"))


def measured(case, actor) -> Iterator[Figure]:
    from certification.workbooks import queries as sheets
    from certification.workbooks.exchange.columns import INVENTORY
    from certification.workbooks.operations import Chosen, apply_sheet, stage_sheet

    def take() -> None:
        came = stage_sheet(case, actor, "inventory", next(books), "rows.xlsx")
        apply_sheet(came, actor, came.result_version, Chosen(whole=True))

    empty = sheets.template(case, INVENTORY, None)
    books = cycle([_filled(empty, 1), _filled(empty, 2)])  # in turns, so that every row is written anew
    take()
    content = sheets.template(case, INVENTORY, case)
    cells = _read(content)
    out = _median(lambda: sheets.template(case, INVENTORY, case))
    yield Figure("sheets.download_1000_rows_ms", out, "ms", _median(lambda: _write(cells)))
    back = _median(take)
    yield Figure("sheets.upload_1000_rows_ms", back, "ms", _median(lambda: _read(content)))


def _draft(cast):
    from schemes.queries import scheme_by_code

    actor, body = cast.holder("tile1", "applicant"), cast.organisations["cb"].id
    return create_application(actor, scheme_by_code("lc-ceramic-tile"), body)


def _filled(template: bytes, times: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template))
    for number in range(ROWS):
        row = ["生产制造", f"源 {number}", (number + 1) * times, "kg", None, 2.16, "kgCO2e/kg", "声明"]
        for column, value in enumerate(row, start=1):
            book.worksheets[0].cell(7 + number, column).value = value
    return _saved(book)


def _saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _read(content: bytes) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def _write(cells: list[tuple]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(cells):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def _median(act: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        start = perf_counter()
        act()
        times.append((perf_counter() - start) * 1000)
    return round(statistics.median(times), 1)
