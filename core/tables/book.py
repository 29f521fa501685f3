"""The one writer of workbooks: what is written is text, a number or a day, and never a formula or a link."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import IO, Literal, NoReturn

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name as column_name
from xlsxwriter.utility import xl_rowcol_to_cell as cell_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["Book", "Format", "Sheet", "cell_name"]

LONGEST = 32_767  # UTF-16 units that a cell holds
OFTEN = 300  # signs of the longest text worth remembering

# How the library writes what would be run or followed, or guesses that a text is meant so.
RUNNING = (
    *("write", "write_formula", "write_array_formula", "write_dynamic_array_formula", "write_url"),
    *("write_rich_string", "write_row", "write_column", "add_write_handler", "insert_button"),
)


class Sheet(Worksheet):
    """Text goes in by `write_string`, which runs nothing whatever it begins with."""

    def write_string(
        self, row: int, column: int, text: str, form: Format | None = None
    ) -> Literal[0, -1, -2]:
        """What looks like the library's own spelling of a text in pieces would go into the file as it is."""
        if text.startswith("<r>") and text.endswith("</r>"):
            text = f'<r><t xml:space="preserve">{_escaped(text)}</t></r>'
        written: Literal[0, -1, -2] = self._write_string(row, column, text, form)
        return written

    def write_line(self, row: int, cells: Sequence[object], text: Format, day: Format) -> None:
        """A whole row below those written so far, of a book that is written row by row.

        A day is a day and a number a number, None and "" are no cell, and whatever else there is, is text.
        It goes out as one piece: cell by cell the library takes eight times as long."""
        if self._check_dimensions(row, len(cells) - 1):
            raise ValueError(f"row {row} with {len(cells)} cells does not fit")
        self._write_single_row(row)
        days, texts, parts = f's="{day._get_xf_index()}"', f's="{text._get_xf_index()}"', []
        for column, cell in zip(_columns(len(cells)), cells, strict=True):
            if cell is None or cell == "":
                continue
            where = f'<c r="{column}{row + 1}"'
            if isinstance(cell, date):
                parts.append(f"{where} {days}><v>{self._convert_date_time(cell):.16G}</v></c>")
            elif isinstance(cell, Decimal | int) and not isinstance(cell, bool):
                parts.append(f"{where}><v>{cell:.16G}</v></c>")
            else:
                parts.append(f"{where} {texts} {_spelt(str(cell))}</c>")
        self.fh.write(f'<row r="{row + 1}">{"".join(parts)}</row>')


@lru_cache(maxsize=8)
def _columns(count: int) -> list[str]:
    return [str(column_name(place)) for place in range(count)]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spelt(text: str) -> str:
    """The inside of a cell of text.  Of a list, most texts stand in many rows."""
    return _often(text) if len(text) <= OFTEN else _once(text)


def _once(text: str) -> str:
    cut = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    kept = ' xml:space="preserve"' if cut != cut.strip() else ""
    return f't="inlineStr"><is><t{kept}>{_escaped(Worksheet._escape_control_characters(cut))}</t></is>'


_often = lru_cache(maxsize=8_192)(_once)


def _refuse(*_given: object, **_named: object) -> NoReturn:
    raise TypeError("a workbook is written by write_string, write_number, write_datetime and write_blank")


for _name in RUNNING:
    setattr(Sheet, _name, _refuse)


class Book(xlsxwriter.Workbook):
    """`row_by_row` lets go of each row once the next is begun."""

    def __init__(self, output: IO[bytes] | object, *, row_by_row: bool = False) -> None:
        super().__init__(output, {"constant_memory": True} if row_by_row else {"in_memory": True})

    def add_worksheet(self, name: str | None = None, worksheet_class: type[Worksheet] | None = None) -> Sheet:
        if worksheet_class is not None:
            raise TypeError("every sheet is one on which nothing runs")
        made: Sheet = super().add_worksheet(name, Sheet)
        return made
