"""The one writer of workbooks: what is written is text, a number or a day, and never a formula or a link."""

from typing import IO, NoReturn

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell as cell_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["Book", "Format", "Sheet", "cell_name"]

# How the library writes what would be run or followed, or guesses that a text is meant so.
RUNNING = (
    *("write", "write_formula", "write_array_formula", "write_dynamic_array_formula", "write_url"),
    *("write_rich_string", "write_row", "write_column", "add_write_handler", "insert_button"),
)


class Sheet(Worksheet):
    """Text goes in by `write_string`, which runs nothing whatever it begins with."""


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
