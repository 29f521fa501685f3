"""Tables that come as CSV: one reader for all of them, which names the line it cannot read."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from core.errors import Invalid
from core.opened import workbook

if TYPE_CHECKING:
    from _csv import Reader

MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 500_000
LONGEST_CELL = 20_000
DELIMITERS = ("\t", ";", ",")
ENCODINGS = ("utf-8-sig", "gb18030")  # the second is what Excel writes in China


def opened(content: bytes) -> Iterable[str]:
    """The lines of a file, for `rows`.  UTF-8, with or without a mark; else GB18030."""
    if len(content) > MOST_BYTES:
        raise Invalid("table-too-large", most=MOST_BYTES // (1024 * 1024))
    for encoding in ENCODINGS:
        try:
            return io.StringIO(content.decode(encoding), newline="")
        except UnicodeDecodeError:
            continue
    raise Invalid("table-unreadable")


def rows(lines: Iterable[str], needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(number of the line, text of each column), the line of headings being 1; empty lines are left out.

    Raise Invalid at once when columns are missing, later when a line cannot be read.
    """
    table = csv.reader(_bounded(lines), strict=True)
    head = [name.strip() for name in _next(table) or ()]
    if missing := set(needed) - set(head):
        raise Invalid("table-columns-missing", columns=sorted(missing))
    return _rows(table, head)


def grid(
    content: bytes, headings: Sequence[str], most_rows: int, most_columns: int
) -> dict[str, Any]:  # plain values, which a bounded child hands over as JSON
    """A table as workbook.grid gives a sheet, wherever its headings stand; its cells are texts, parted by
    whichever of tab, semicolon and comma finds most of the headings."""
    lines = list(_bounded(opened(content)))
    known = set(headings)
    found = {mark: _headed(lines[: workbook.TOP], mark, known) for mark in DELIMITERS}
    mark = max(DELIMITERS, key=lambda each: found[each])
    table = csv.reader(lines, strict=True, delimiter=mark)
    rows = []
    while (cells := _next(table)) is not None:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Invalid("table-line-unreadable", line=table.line_num)
        held = [[place, "text", cell, cell] for place, cell in enumerate(cells, 1) if cell.strip()]
        if held and table.line_num <= most_rows:
            rows.append([table.line_num, held[:most_columns]])
    return {"properties": {}, "merged": [], "hidden": {"rows": [], "columns": []}, "rows": rows}


def _headed(lines: list[str], mark: str, known: set[str]) -> int:
    """How many of the headings stand in the first lines, when they are parted by this mark."""
    parted = csv.reader(lines, delimiter=mark)
    return len({workbook.plain(cell) for cells in parted for cell in cells} & known)


def _rows(table: "Reader", head: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    while (cells := _next(table)) is not None:
        if not any(cells):
            continue
        if len(cells) > len(head) and any(cells[len(head) :]):
            raise Invalid("table-line-too-wide", line=table.line_num)
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Invalid("table-line-unreadable", line=table.line_num)
        cells += [""] * (len(head) - len(cells))
        yield table.line_num, dict(zip(head, cells, strict=False))


def _next(table: "Reader") -> list[str] | None:
    try:
        return next(table, None)
    except csv.Error as error:
        raise Invalid("table-line-unreadable", line=table.line_num) from error


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if number > MOST_LINES:
            raise Invalid("table-too-long", most=MOST_LINES)
        if "\x00" in line:
            raise Invalid("table-line-unreadable", line=number)
        yield line.removeprefix("\ufeff") if number == 1 else line
