"""The lines of a bid, read from a file, or from what was typed or pasted."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from accounts import uscc
from core import bounded
from core.errors import Invalid
from core.opened import table, workbook
from core.opened.grid import REFUSED, Cell, Grid, check_name, is_text, letter
from core.opened.workbook import TOP, plain
from core.readers import days, numbers

MOST = 5000
MOST_BYTES = 5 * 1024 * 1024
WIDEST = 60  # columns; a bid needs six
LONGEST = 200  # signs of a cell
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("证书编号", "证书号", "认证证书编号", "certificate number"),
    "maker": ("企业名称", "企业", "生产者", "生产企业", "制造商", "厂家", "maker"),
    "uscc": ("统一社会信用代码", "信用代码", "credit code"),
    "model": ("型号", "规格型号", "产品型号", "model"),
    "configuration": ("配置", "主要配置", "configuration"),
    "category": ("品目编码", "品目", "category code"),
}
COUNT = ("序号", "行号", "no", "no.")
NEEDED = ("number", "maker", "uscc", "model")  # a line that has none of these asks nothing
NOTES = ("cell-was-computed", "full-width", "row-is-hidden")
TOTAL = re.compile(r"(合计|小计|总计)[:：]?")


@dataclass(frozen=True)
class Asks:
    """What a sheet is read for: its columns by slug, each with its names; at least one of `needed` stands in
    a line; `exact` are those in which every sign counts, `days` and `numbers` those that are read as such.
    `headless` and `empty` refuse a sheet without our columns and a line that says nothing."""

    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    exact: tuple[str, ...]
    headless: str = "check-headings-missing"
    empty: str = "check-line-asks-nothing"
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @cached_property
    def headings(self) -> dict[str, str]:
        """Heading, plainly written, to the slug of its column."""
        return {plain(name): slug for slug, names in self.columns.items() for name in names}

    def title(self, slug: str) -> str:
        return self.columns[slug][0]


BID = Asks(COLUMNS, NEEDED, ("number", "uscc", "model"))


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be read: where it stands, the column of ours, why, and what is written there."""

    place: str
    row: int
    column: str
    slug: str
    text: str

    @property
    def cell(self) -> str:
        return f"{self.place}{self.row}"


@dataclass
class Line:
    """`row` is that of the file; `notes` say how it was understood, `twin` is the row that says the same."""

    row: int
    values: dict[str, str]
    notes: list[str] = field(default_factory=list)
    twin: int | None = None


@dataclass
class Sheet:
    """`ignored` are headings that are none of ours, over columns in which something stands; `places` are
    those of our columns, counted from 0."""

    lines: list[Line]
    wrong: list[Wrong]
    ignored: list[str]
    places: Mapping[str, int] = field(default_factory=dict)

    def blame(self, line: Line, slug: str, why: str, asks: Asks) -> Wrong:
        """What is wrong with what a line says, at its cell."""
        place = letter(self.places[slug]) if slug in self.places else ""
        return Wrong(place, line.row, asks.title(slug), why, line.values.get(slug, "")[:40])


def read_file(content: bytes, filename: str, asks: Asks = BID) -> Sheet:
    """Raise Invalid when it is no table with our columns; what is wrong in a cell is told there."""
    check_name(filename)
    if len(content) > MOST_BYTES:
        raise Invalid("sheet-too-large", limit=MOST_BYTES // (1024 * 1024))
    headings, most = list(asks.headings), MOST + TOP + 1
    if is_text(filename):
        opened = bounded.run(table.grid, content, headings, most, WIDEST + 1)
    else:
        opened = bounded.run(workbook.grid, content, [], most, WIDEST + 1, headings)
    return _read(Grid.of(opened), asks)


def read_text(text: str, asks: Asks = BID) -> Sheet:
    """What was typed or copied out of a spreadsheet: under headings, else in the order of our columns."""
    text = text.replace("，", ",") if "\t" not in text else text
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not any(plain(cell) in asks.headings for cell in re.split(r"[\t,;]", first)):
        mark = "\t" if "\t" in first else ","
        text = mark.join(map(asks.title, asks.columns)) + "\n" + text
        return _moved(read_file(text.encode(), "pasted.csv", asks))
    return read_file(text.encode(), "pasted.csv", asks)


def given(rows: Sequence[Mapping[str, str]], most: int = MOST, asks: Asks = BID) -> Sheet:
    """What a program hands in, counted from 1; a line that asks nothing is refused at its place."""
    if len(rows) > most:
        raise Invalid("list-too-long", {"items": "list-too-long"}, most=most)
    sheet = Sheet([], [], [])
    for number, row in enumerate(rows, start=1):
        values = {slug: " ".join(row[slug].split()) for slug in asks.columns}
        if not any(values[slug] for slug in asks.needed):
            raise Invalid(asks.empty, {f"items-{number - 1}": asks.empty})
        sheet.lines.append(_understood(Line(number, values), asks, hidden=False))
    _twins(sheet.lines, asks)
    return sheet


def _moved(sheet: Sheet) -> Sheet:
    """Rows counted as they were typed, without the headings that were put above them."""
    for line in sheet.lines:
        line.row -= 1
        line.twin = line.twin and line.twin - 1
    sheet.wrong = [replace(each, row=each.row - 1) for each in sheet.wrong]
    return sheet


def _read(grid: Grid, asks: Asks) -> Sheet:
    if grid.width - 1 > WIDEST:
        raise Invalid("check-too-wide", most=WIDEST)
    head, places, ignored = _headings(grid, asks)
    numbers = [number for number in sorted(grid.rows) if number > head]
    sheet = Sheet([], [], [_told(title) for title in _filled(grid, numbers, ignored)], places)
    for number in numbers:
        if line := _line(grid, number, places, sheet.wrong, asks):
            sheet.lines.append(line)
    if len(sheet.lines) > MOST or (numbers and numbers[-1] > head + MOST):
        raise Invalid("check-too-long", most=MOST)
    if not sheet.lines and not sheet.wrong:
        raise Invalid("check-empty")
    _twins(sheet.lines, asks)
    return sheet


def _headings(grid: Grid, asks: Asks) -> tuple[int, dict[str, int], dict[int, str]]:
    """Row of the headings, place of each column of ours, and the headings that are none."""
    found = {
        number: _places(grid.row(number), asks.headings) for number in sorted(grid.rows) if number <= TOP
    }
    row = max(found, key=lambda number: len(found[number]), default=0)
    if not row or not set(found[row]) & set(asks.needed):
        raise Invalid(asks.headless)
    titles = [cell.value for cell in grid.row(row)]
    known = [asks.headings[name] for name in map(plain, titles) if name in asks.headings]
    if twice := sorted({asks.title(slug) for slug in known if known.count(slug) > 1}):
        raise Invalid("check-columns-twice", columns="、".join(twice))
    others = {
        place: title
        for place, title in enumerate(titles)
        if place not in found[row].values() and plain(title) not in COUNT
    }
    return row, found[row], others


def _places(cells: Sequence[Cell], headings: Mapping[str, str]) -> dict[str, int]:
    return {
        headings[name]: place for place, cell in enumerate(cells) if (name := plain(cell.value)) in headings
    }


def _filled(grid: Grid, numbers: Sequence[int], others: Mapping[int, str]) -> Iterator[str]:
    for place, title in others.items():
        if title or any(grid.rows[number].get(place + 1) for number in numbers):
            yield title or letter(place)


def _told(title: str) -> str:
    return " ".join(title.split())[:40]


def _line(grid: Grid, number: int, places: Mapping[str, int], wrong: list[Wrong], asks: Asks) -> Line | None:
    cells, line, faults = grid.row(number), Line(number, {}), list[Wrong]()
    for slug, place in places.items():
        cell = cells[place]
        text, fault = _taken(cell, slug in asks.days, slug in asks.numbers)
        if not fault and grid.is_covered(number, place + 1):  # nobody sees what stands there
            fault = "cell-is-merged"
        if len(text) > LONGEST:
            fault = "check-cell-too-long"
        if fault:
            faults.append(Wrong(letter(place), number, asks.title(slug), fault, cell.value[:40]))
        if cell.computed:
            line.notes.append("cell-was-computed")
        line.values[slug] = text
    if TOTAL.fullmatch("".join("".join(cell.value for cell in cells[:3]).split())):
        return None
    if not any(line.values.values()) and not faults:
        return None
    wrong += faults
    if not faults and not any(line.values.get(slug) for slug in asks.needed):
        slug, place = next(iter(places.items()))
        wrong.append(Wrong(letter(place), number, asks.title(slug), asks.empty, ""))
    return _understood(line, asks, number in grid.hidden["rows"])


def _understood(line: Line, asks: Asks, hidden: bool) -> Line:
    """A credit code in the column of the name is a credit code; wide signs and hidden rows are told."""
    if (code := _code(line.values.get("maker", ""))) and not line.values.get("uscc"):
        line.values |= {"maker": "", "uscc": code}
    exact = (line.values.get(slug, "") for slug in asks.exact)
    if any(unicodedata.normalize("NFKC", text) != text for text in exact):
        line.notes.append("full-width")
    if hidden:
        line.notes.append("row-is-hidden")
    line.notes = list(dict.fromkeys(line.notes))
    return line


def _code(text: str) -> str:
    try:
        return uscc.check(unicodedata.normalize("NFKC", text), "uscc") if text else ""
    except Invalid:
        return ""


def _taken(cell: Cell, is_day: bool, is_number: bool) -> tuple[str, str]:
    """What a person sees there; a spreadsheet's day or share is no number of a certificate."""
    if cell.kind in REFUSED:
        return "", REFUSED[cell.kind]
    if is_day or (is_number and cell.kind in ("number", "text")):
        return _meant(cell, is_day)
    if cell.kind == "date":
        return "", "cell-is-date"
    if cell.kind == "percent":
        return "", "cell-shows-otherwise"
    if cell.kind == "number":
        return cell.shown, "" if cell.shown else "cell-shows-otherwise"
    return " ".join(cell.value.split()), ""


def _meant(cell: Cell, is_day: bool) -> tuple[str, str]:
    """A day or a number, however it was typed, in its one spelling."""
    try:
        if is_day:
            day = days.day(cell.shown or cell.value)
            return (day.isoformat() if day else ""), ""
        number = numbers.number(cell.value)
        return ("" if number is None else f"{number:f}"), ""
    except Invalid as refused:
        return "", refused.slug


def _twins(lines: Sequence[Line], asks: Asks) -> None:
    """A line that says the same as one before it is answered as well, and named."""
    first: dict[tuple[str, ...], int] = {}
    for line in lines:
        said = tuple(plain(unicodedata.normalize("NFKC", line.values.get(slug, ""))) for slug in asks.columns)
        line.twin = first.get(said)
        first.setdefault(said, line.row)
