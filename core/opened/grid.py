"""The cells of a table that a stranger sent, as the bounded child told them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import Invalid
from core.opened import workbook

OLDER = ("xlsm", "xltm", "xlsb", "xls", "et")
# Kinds of cells that say nothing for certain, and why.
REFUSED = {
    "formula": "cell-is-formula",
    "error": "cell-is-error",
    "time": "cell-is-time",
    "altered": "cell-shows-otherwise",
}


class Cell(NamedTuple):
    """`kind`, `value` and `shown` as core.opened.workbook tells them."""

    kind: str = "text"
    value: str = ""
    shown: str = ""
    computed: str = ""


EMPTY = Cell()


class Grid:
    """The cells of a sheet by row and column, both from 1; what is absent is empty."""

    def __init__(
        self,
        rows: Sequence[Any],  # see `of`
        merged: list[str],
        hidden: Mapping[str, list[int]],
    ) -> None:
        self.hidden = {where: set(places) for where, places in hidden.items()}
        self.rows = {number: {place: Cell(*held) for place, *held in row} for number, row in rows}
        self.width = max((place for row in self.rows.values() for place in row), default=0) + 1
        self.merged = [tuple(workbook.place(corner) for corner in corners(name)) for name in merged]

    @classmethod
    def of(cls, opened: Mapping[str, Any]) -> "Grid":  # plain values, as core.opened.workbook tells them
        return cls(opened["rows"], opened["merged"], opened["hidden"])

    def row(self, number: int) -> list[Cell]:
        held = self.rows.get(number, {})
        return [held.get(place, EMPTY) for place in range(1, self.width + 1)]

    def above(self, row: int, column: int) -> Cell:
        """The cell itself, or the first of the merged ones it lies under."""
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.row(top)[left - 1]
        return self.row(row)[column - 1]

    def is_covered(self, row: int, column: int) -> bool:
        """Whether the cell lies under a merged one, so that a person sees there what stands above."""
        return any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for (top, left), (bottom, right) in self.merged
        )


def corners(name: str) -> tuple[str, str]:
    """The first and the last cell of a range such as A1:B3."""
    first, _, last = name.partition(":")
    return first, last or first


def is_text(filename: str) -> bool:
    return filename.rpartition(".")[2].lower() == "csv"


def check_name(filename: str) -> None:
    extension = filename.rpartition(".")[2].lower()
    if extension in OLDER:
        raise Invalid("sheet-has-macros")
    if extension not in ("xlsx", "csv"):
        raise Invalid("sheet-not-xlsx")


def letter(place: int) -> str:
    """The letter of a column, the first being 0."""
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)
