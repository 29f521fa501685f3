"""A workbook that comes back: a bounded child opens it, and here its cells are understood as plain text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from carbon.footprint import STAGES
from certification.workbooks.exchange.columns import (
    MARKS,
    REASON,
    SERIAL,
    Column,
    Kind,
    by_heading,
    plain,
    spellings,
)
from core import bounded
from core.errors import Invalid
from core.opened import workbook
from core.words import word

MOST_BYTES = 5 * 1024 * 1024
TOP = 12  # the headings stand within these rows
WIDEST = 40
OLDER = ("xlsm", "xltm", "xlsb", "xls", "et")


@dataclass
class Line:
    """One row: its number in the sheet, its texts by column, and the slugs of what cannot be read."""

    number: int
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """`letters` says in which column of the sheet each of ours stands; `head_cells` where each value of
    the head does."""

    marks: dict[str, str]
    head: Line
    head_cells: dict[str, str]
    letters: dict[str, str]
    lines: list[Line]


class Cell(NamedTuple):
    """`kind`, `value` and `shown` as core.opened.workbook tells them."""

    kind: str = "text"
    value: str = ""
    shown: str = ""


class Grid:
    """The cells of a sheet by row and column, both from 1; what is absent is empty."""

    def __init__(self, rows: list, merged: list[str]):
        self.rows = {number: {place: Cell(*held) for place, *held in row} for number, row in rows}
        self.merged = [tuple(workbook.place(corner) for corner in corners(name)) for name in merged]

    def row(self, number: int) -> list[Cell]:
        held = self.rows.get(number, {})
        return [held.get(place, Cell()) for place in range(1, WIDEST + 1)]

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


def read(kind: Kind, content: bytes, filename: str) -> Sheet:
    """Raise Invalid when the file is no workbook of this kind; what is wrong in a cell is kept there."""
    _check_name(filename)
    if len(content) > MOST_BYTES:
        raise Invalid("sheet-too-large", limit=MOST_BYTES // (1024 * 1024))
    most = TOP + kind.most + 2
    opened = bounded.run(workbook.grid, content, spellings(kind.sheet), most, WIDEST)
    return _read(kind, opened["properties"], Grid(opened["rows"], opened["merged"]))


def _check_name(filename: str) -> None:
    extension = filename.rpartition(".")[2].lower()
    if extension in OLDER:
        raise Invalid("sheet-has-macros")
    if extension != "xlsx":
        raise Invalid("sheet-not-xlsx")


def _read(kind: Kind, properties: Mapping[str, str], grid: Grid) -> Sheet:
    marks = {name: value for name, value in properties.items() if name in MARKS} | _marks(grid)
    if (named := marks.get("template")) and named != kind.template:
        raise Invalid("sheet-template-other", named=named, expected=kind.template)
    row, places = _headings(kind, grid)
    head, cells = _head(kind, grid)
    numbers = [number for number in grid.rows if number > row]
    lines = [line for number in numbers if (line := _line(kind, grid, number, places))]
    if len(lines) > kind.most:
        raise Invalid("rows-too-many", most=kind.most)
    letters = {slug: letter(place) for slug, place in places.items()}
    return Sheet(marks, head, cells, letters, lines)


def letter(place: int) -> str:
    """The letter of a column, the first being 0."""
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)


def _marks(grid: Grid) -> dict[str, str]:
    """The pairs of words and values in the line that says what the workbook is for."""
    names = {spelt: slug for slug, text in MARKS.items() for spelt in spellings(text)}
    found = {}
    for number in (1, 2, 3):
        cells = grid.row(number)
        for cell, following in zip(cells, cells[1:], strict=False):
            if (slug := names.get(plain(cell.value))) and following.value:
                found[slug] = following.value.strip()
    return found


def _headings(kind: Kind, grid: Grid) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the place of each column; every heading must be ours and there once."""
    known, least = by_heading(kind.columns), min(2, len(kind.columns))
    for number in range(1, TOP + 1):
        titles = [plain(cell.value) for cell in grid.row(number)]
        if len({known[title] for title in titles if title in known}) >= least:
            return number, _places(kind, grid.row(number), titles, known)
    raise Invalid("sheet-headings-missing", expected=kind.template)


def _places(kind: Kind, cells, titles: list[str], known: dict[str, str]) -> dict[str, int]:
    ignored = {*spellings(REASON), *spellings(SERIAL), ""}
    unknown = [cell.value for cell, title in zip(cells, titles, strict=True)
               if title not in known and title not in ignored]  # fmt: skip
    if unknown:
        raise Invalid("sheet-columns-unknown", columns=unknown, expected=kind.template)
    slugs = [known[title] for title in titles if title in known]
    places = {known[title]: place for place, title in enumerate(titles) if title in known}
    if len(slugs) > len(places):
        twice = [str(column.heading) for column in kind.columns if slugs.count(column.slug) > 1]
        raise Invalid("sheet-columns-twice", columns=twice, expected=kind.template)
    missing = [str(column.heading) for column in kind.columns if column.slug not in places]
    if missing:
        raise Invalid("sheet-columns-missing", columns=missing, expected=kind.template)
    return places


def _head(kind: Kind, grid: Grid) -> tuple[Line, dict[str, str]]:
    """Single values stand beneath their words."""
    columns = {column.slug: column for column in kind.head}
    names, head, cells = by_heading(kind.head), Line(0, {}), {}
    for number in range(1, 6):
        for place, (cell, value) in enumerate(zip(grid.row(number), grid.row(number + 1), strict=True)):
            if slug := names.get(plain(cell.value)):
                head.values[slug], wrong = _taken(columns[slug], value)
                cells[slug] = f"{letter(place)}{number + 1}"
                if wrong:
                    head.errors[slug] = wrong
    return head, cells


def _line(kind: Kind, grid: Grid, number: int, places: dict[str, int]) -> Line | None:
    """A row, or None when nothing stands in any of our columns."""
    line, cells = Line(number, dict.fromkeys(places, "")), grid.row(number)
    for column in kind.columns:
        if (place := places.get(column.slug)) is None:
            continue
        text, wrong = _taken(column, cells[place])
        line.values[column.slug] = MEANT[column.slug](text) if column.slug in MEANT else text
        if wrong:
            line.errors[column.slug] = wrong
    if not (any(line.values.values()) or line.errors):
        return None
    for slug, place in places.items():
        if not line.values[slug] and grid.is_covered(number, place + 1):
            line.errors.setdefault(slug, "cell-is-merged")
    return line


REFUSED = {
    "formula": "cell-is-formula",
    "error": "cell-is-error",
    "time": "cell-is-time",
    "altered": "cell-shows-otherwise",
}


def _taken(column: Column, cell: Cell) -> tuple[str, str]:
    """What is meant by a cell of this column, and the slug of why it cannot be taken.

    A number counts as it is stored, which differs from what is shown only in places after the point; where
    a spreadsheet shows something else (a day, a percentage, thousands, zeros in front), we do as it shows
    or ask.
    """
    if cell.kind in REFUSED:
        return cell.value, REFUSED[cell.kind]
    if cell.kind == "date":
        return cell.shown, "" if column.day else "cell-is-date"
    if cell.kind == "percent":
        return (cell.value, "") if column.share else (cell.shown, "cell-is-percentage")
    if cell.kind != "number" or column.number:
        return cell.value.strip(), ""
    return cell.shown or cell.value, "" if cell.shown else "cell-shows-otherwise"


@cache
def _stages() -> dict[str, str]:
    return {spelt: stage for stage in STAGES for spelt in spellings(word(f"stage.{stage}"))}


def _stage(text: str) -> str:
    """A stage by its word in any language, or by its slug."""
    return _stages().get(plain(text), text)


MEANT = {
    "stage": _stage,
    "factor_code": lambda text: text.split(maxsplit=1)[0] if text else "",
    "quality": lambda text: text.strip().upper(),
}
