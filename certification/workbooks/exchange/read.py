"""A workbook that comes back: a bounded child opens it, and here its cells are understood as plain text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from carbon import keys
from carbon.footprint import STAGES
from certification.workbooks.exchange.columns import (
    KEY,
    MARKS,
    NO,
    REASON,
    Column,
    Kind,
    by_heading,
    spellings,
)
from certification.workbooks.exchange.layouts import FIRST, MOST_ENTRIES, Layout, headings_of, layouts
from core import bounded
from core.errors import Invalid
from core.opened import table, workbook
from core.opened.grid import REFUSED, Cell, Grid, check_name, is_text, letter
from core.opened.workbook import plain
from core.readers import ids
from core.readers.days import day_or_month
from core.words import word

PASTED = "粘贴的内容.csv"  # what a text that was pasted is called, as a file
MOST_BYTES = 5 * 1024 * 1024
TOP = 12  # the headings stand within these rows
WIDEST = 400  # a list of a record has columns for each of its entries


@dataclass
class Line:
    """One row: its number in the sheet, its texts by column, and the slugs of what cannot be read.

    `notes` say by column how a cell was understood, and under `row` that the row is hidden, or a total that
    is left out.  `carried` is what stands under headings that are not ours.  `key` is what the row is known
    by, as the template gave it; `of` its number, which templates gave before.  On the sheet of a kind of
    record, `values` say which.
    """

    number: int
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)
    of: int | None = None
    key: str = ""

    @property
    def is_total(self) -> bool:
        return self.notes.get("row") == "row-is-total"

    @property
    def is_hidden(self) -> bool:
        return self.notes.get("row") == "row-is-hidden"


@dataclass
class Sheet:
    """`letters` says in which column of the sheet each of ours stands, of another sheet than the first by the
    kind of record and a colon before it; `head_cells` where each value of the head does.  `totals` are rows
    that sum up others, and are left out."""

    marks: dict[str, str]
    head: Line
    head_cells: dict[str, str]
    letters: dict[str, str]
    lines: list[Line]
    totals: list[Line]


def read(kind: Kind, content: bytes, filename: str) -> Sheet:
    """Raise Invalid when the file is no workbook of this kind; what is wrong in a cell is kept there."""
    check_name(filename)
    if len(content) > MOST_BYTES:
        raise Invalid("sheet-too-large", limit=MOST_BYTES // (1024 * 1024))
    most, sheets = TOP + kind.most + 2, layouts(kind, MOST_ENTRIES)
    if is_text(filename):
        titles = [heading for sheet in sheets for heading in headings_of(sheet)]
        opened = bounded.run(table.grid, content, titles, most, WIDEST)
        return _read(kind, opened["properties"], [_of_text(sheets, Grid.of(opened))])
    titles, *others = [spellings(sheet.title) for sheet in sheets]
    headings = list(by_heading(kind.columns))
    opened = bounded.run(workbook.grids, content, titles, most, WIDEST, headings, others)
    grids = [(sheet, Grid.of(found)) for sheet, found in zip(sheets, opened["sheets"], strict=True) if found]
    return _read(kind, opened["properties"], grids)


def read_pasted(kind: Kind, text: str, stage: str) -> tuple[Sheet, bytes]:
    """What was copied out of a spreadsheet, and the table it is: of the columns that were copied, under their
    headings, else in the order of the grid.  Rows without a stage are of this one."""
    sheets = [replace(sheet, needed=kind.identity[-1:]) for sheet in layouts(kind, MOST_ENTRIES)]
    titles = [heading for sheet in sheets for heading in headings_of(sheet)]
    content = "\n".join([stage, *_headed(kind, text, set(titles)), text]).encode()
    if len(content) > MOST_BYTES:
        raise Invalid("sheet-too-large", limit=MOST_BYTES // (1024 * 1024))
    opened = bounded.run(table.grid, content, titles, TOP + kind.most + 2, WIDEST)
    found = _read(kind, opened["properties"], [_of_text(sheets, Grid.of(opened))])
    if "stage" in kind.slugs:
        for line in found.lines:
            line.values.setdefault("stage", stage)
    return found, content


def _headed(kind: Kind, text: str, titles: set[str]) -> list[str]:
    """The headings that are missing, if any."""
    lines = [[plain(cell) for cell in line.split("\t")] for line in text.split("\n", TOP)[:TOP]]
    if any(len(titles.intersection(cells)) > 1 for cells in lines):
        return []
    cells = next((cells for cells in lines if any(cells)), [])
    unstaged = "stage" in kind.slugs and not (cells and cells[0] in _stages())
    columns = kind.columns[1:] if unstaged else kind.columns
    return ["\t".join(str(column.heading) for column in columns[: max(2, len(cells))])]


def _of_text(sheets: Sequence[Layout], grid: Grid) -> tuple[Layout, Grid]:
    """A table has no title: it is the sheet whose headings it has, the first when in doubt."""
    titles = {plain(cell.value) for number in range(1, TOP + 1) for cell in grid.row(number)}
    return max(((sheet, grid) for sheet in sheets), key=lambda each: _has(each[0], titles))


def _has(sheet: Layout, titles: set[str]) -> tuple[bool, int]:
    """Whether the headings are all there, and how many are."""
    found = {slug for heading, slug in headings_of(sheet).items() if heading in titles}
    return found.issuperset(sheet.needed), len(found)


def _read(kind: Kind, properties: Mapping[str, str], grids: Sequence[tuple[Layout, Grid]]) -> Sheet:
    (_first, top), *_others = grids
    marks = {name: value for name, value in properties.items() if name in MARKS} | _marks(top)
    if (named := marks.get("template")) and named != kind.template:
        raise Invalid("sheet-template-other", named=named, expected=kind.template)
    head, cells = _head(kind, top)
    letters: dict[str, str] = {}
    found = [line for layout, grid in grids for line in _lines(kind, layout, grid, letters)]
    lines = [line for line in found if not line.is_total]
    if len(lines) > kind.most:
        raise Invalid("rows-too-many", most=kind.most)
    return Sheet(marks, head, cells, letters, lines, [line for line in found if line.is_total])


def _lines(kind: Kind, layout: Layout, grid: Grid, letters: dict[str, str]) -> Iterator[Line]:
    """The rows of one sheet; `letters` are added to.  One beside the first may be empty."""
    if layout.slug != FIRST and not grid.rows:
        return
    row, places = _headings(kind, layout, grid)
    before = f"{layout.slug}:" if layout.slug else ""
    letters |= {f"{before}{slug}": letter(place) for slug, place in places.items()}
    extra = _extra(layout, grid.row(row))
    for number in grid.rows:
        if number > row and (line := _line(layout, grid, number, places, extra)):
            yield line


def _extra(layout: Layout, cells: list[Cell]) -> dict[int, str]:
    """The headings that are not ours, by their place: 序号, 备注 and whatever else a ledger has."""
    ours = {*headings_of(layout), *spellings(REASON), ""}
    return {place: cell.value for place, cell in enumerate(cells) if plain(cell.value) not in ours}


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


def _headings(kind: Kind, layout: Layout, grid: Grid) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the place of each column; every heading must be ours and there once."""
    known, least = headings_of(layout), min(2, len(layout.columns))
    for number in range(1, TOP + 1):
        titles = [plain(cell.value) for cell in grid.row(number)]
        if len({known[title] for title in titles if title in known}) >= least:
            return number, _places(kind, layout, titles, known)
    raise Invalid("sheet-headings-missing", expected=kind.template)


def _places(kind: Kind, layout: Layout, titles: list[str], known: Mapping[str, str]) -> dict[str, int]:
    slugs = [known[title] for title in titles if title in known]
    places = {known[title]: place for place, title in enumerate(titles) if title in known}
    if len(slugs) > len(places):
        twice = [str(column.heading) for column in layout.columns if slugs.count(column.slug) > 1]
        raise Invalid("sheet-columns-twice", columns=twice, expected=kind.template)
    missing = [
        str(column.heading)
        for column in layout.columns
        if column.slug in layout.needed and column.slug not in places
    ]
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
                text, wrong = _taken(columns[slug], value)
                head.values[slug] = _of_month(text, slug) if columns[slug].day else text
                cells[slug] = f"{letter(place)}{number + 1}"
                if wrong:
                    head.errors[slug] = wrong
    return head, cells


def _of_month(text: str, slug: str) -> str:
    """A period that is told in months begins on the first day of one, and ends on the last of another."""
    try:
        read = day_or_month(text, last=slug == "period_to")
    except Invalid:
        return text
    return text if read is None else read.isoformat()


def _line(
    layout: Layout, grid: Grid, number: int, places: Mapping[str, int], extra: Mapping[int, str]
) -> Line | None:
    """A row, or None when nothing stands in any of our columns."""
    line, cells = Line(number, {}), grid.row(number)
    line.carried = {title: cells[place].value for place, title in extra.items() if cells[place].value}
    for column in (*layout.columns, NO):
        if (place := places.get(column.slug)) is not None:
            _take(line, column, cells[place], grid, place)
    if not (any(text for slug, text in line.values.items() if slug not in SHARED) or line.errors):
        return None
    if layout.slug:
        line.values["kind"] = layout.slug
    if any(TOTAL.fullmatch("".join(cell.value.split())) for cell in cells):
        line.notes["row"] = "row-is-total"
    elif number in grid.hidden["rows"]:
        line.notes["row"] = "row-is-hidden"
    for column in layout.columns:
        if (place := places.get(column.slug)) is not None and grid.is_covered(number, place + 1):
            _under_merged(line, column, cells[place], grid.above(number, place + 1))
    return line


def _under_merged(line: Line, column: Column, own: Cell, shown: Cell) -> None:
    """Nobody sees what stands there: it is neither taken nor passed over."""
    hidden, seen = (meant(column, cell.value.strip()) for cell in (own, shown))
    if own.value.strip() and not (column.slug in SHARED and hidden == seen):
        line.errors[column.slug] = "cell-hides-value"
    elif not line.values.get(column.slug):
        line.errors.setdefault(column.slug, "cell-is-merged")


def _take(line: Line, column: Column, cell: Cell, grid: Grid, place: int) -> None:
    """What one cell says of its row."""
    if column in (KEY, NO):
        _know(line, column, cell.value.strip())
        return
    text, wrong = _taken(column, grid.above(line.number, place + 1) if column.slug in SHARED else cell)
    line.values[column.slug] = meant(column, text)
    if wrong:
        line.errors[column.slug] = wrong
    if cell.computed:
        line.notes[column.slug] = "cell-was-computed"


def _know(line: Line, column: Column, text: str) -> None:
    """What somebody wrote over it says nothing."""
    if column is KEY:
        line.key = text if keys.is_key(text) else ""
        return
    try:
        line.of = ids.number(text)
    except Invalid:
        line.of = None


SHARED = ("stage",)  # one merged cell of these columns is meant for every row beside it
TOTAL = re.compile(
    r"((本页|本表|本月|本年|全年|年度|累计|以上|各项)?(合计|小计|总计)|total|subtotal|sum)[:：]?",
    re.IGNORECASE,
)


def _taken(column: Column, cell: Cell) -> tuple[str, str]:
    """What is meant by a cell of this column, and the slug of why it cannot be taken.

    A number counts as it is stored, which differs from what is shown only in places after the point; where
    a spreadsheet shows something else (a day, a percentage, thousands, zeros in front), we do as it shows
    or ask.
    """
    if cell.kind in REFUSED:
        return cell.value, REFUSED[cell.kind]
    if cell.kind == "date":
        return cell.shown, "" if column.day or column.month else "cell-is-date"
    if cell.kind == "percent":
        if column.percent:
            return cell.shown, ""
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


def meant(column: Column, text: str) -> str:
    """A text of this column as it is kept: what is chosen by its word in any language is its slug."""
    if column.offers:
        return _offered(column.offers).get(plain(text), text)
    return MEANT[column.slug](text) if column.slug in MEANT else text


@cache
def _offered(offers: tuple[tuple[str, object], ...]) -> dict[str, str]:
    return {spelt: slug for slug, said in offers for spelt in spellings(said)}


MEANT: dict[str, Callable[[str], str]] = {
    "stage": _stage,
    "factor_code": lambda text: text.split(maxsplit=1)[0] if text else "",
    "quality": lambda text: text.strip().upper(),
}
