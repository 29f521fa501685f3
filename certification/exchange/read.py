"""A workbook that comes back, read as plain text.  Nothing in it is trusted, run or followed."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache

import openpyxl
from openpyxl.utils import get_column_letter

from carbon.footprint import STAGES
from certification.exchange.columns import MARKS, REASON, Kind, by_heading, plain, spellings
from core.errors import Invalid
from core.words import word

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 200
TOP = 12  # the headings stand within these rows
WIDEST = 40
FORBIDDEN = {
    "xl/vbaproject": "sheet-has-macros",
    "xl/macrosheets": "sheet-has-macros",
    "xl/activex": "sheet-has-macros",
    "xl/embeddings": "sheet-has-macros",
    "xl/externallinks": "sheet-links-elsewhere",
    "xl/connections": "sheet-links-elsewhere",
}
DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
LONGEST = 1000


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


def read(kind: Kind, content: bytes, filename: str) -> Sheet:
    """Raise Invalid when the file is no workbook of this kind; what is wrong in a cell is kept there."""
    _check_name(filename)
    _check_package(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return _read(kind, book)
    except Invalid:
        raise
    except Exception as error:  # what a damaged package makes the reader raise cannot be listed
        raise Invalid("sheet-unreadable") from error


def _check_name(filename: str) -> None:
    extension = filename.rpartition(".")[2].lower()
    if extension in ("xlsm", "xltm", "xlsb", "xls"):
        raise Invalid("sheet-has-macros")
    if extension != "xlsx":
        raise Invalid("sheet-not-xlsx")


def _check_package(content: bytes) -> None:
    """The packed size, the unpacked size and what lies inside, before anything is unpacked."""
    if len(content) > MOST_BYTES:
        raise Invalid("sheet-too-large", limit=MOST_BYTES // (1024 * 1024))
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Invalid("sheet-not-xlsx") from error
    members = package.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Invalid("sheet-too-large", limit=MOST_BYTES // (1024 * 1024))
    names = [member.filename.lower() for member in members]
    for start, slug in FORBIDDEN.items():
        if any(name.startswith(start) for name in names):
            raise Invalid(slug)
    _check_parts(package, members)


def _check_parts(package: zipfile.ZipFile, members) -> None:
    """A part that declares a document type is no part of a spreadsheet, and may grow without end."""
    try:
        for member in members:
            with package.open(member) as part:
                if DECLARED.search(part.read(4096)):
                    raise Invalid("sheet-unreadable")
        kinds = package.read("[Content_Types].xml")
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Invalid("sheet-not-xlsx") from error
    if b"macroEnabled" in kinds or b"vbaProject" in kinds:
        raise Invalid("sheet-has-macros")


def _read(kind: Kind, book) -> Sheet:
    sheet = _sheet_of(kind, book)
    top = list(sheet.iter_rows(max_row=TOP, max_col=WIDEST))
    marks = _properties(book) | _marks(top)
    if (named := marks.get("template")) and named != kind.template:
        raise Invalid("sheet-template-other", named=named, expected=kind.template)
    row, places = _headings(kind, top)
    head, cells = _head(kind, top)
    rows = sheet.iter_rows(min_row=row + 1, max_row=row + kind.most + 2, max_col=WIDEST)
    lines = [line for number, cells_ in enumerate(rows, row + 1) if (line := _line(cells_, number, places))]
    if len(lines) > kind.most:
        raise Invalid("rows-too-many", most=kind.most)
    letters = {slug: get_column_letter(place + 1) for slug, place in places.items()}
    return Sheet(marks, head, cells, letters, lines)


def _sheet_of(kind: Kind, book):
    wanted = spellings(kind.sheet)
    found = [sheet for sheet in book.worksheets if plain(sheet.title) in wanted]
    if not (found or book.worksheets):
        raise Invalid("sheet-unreadable")
    return found[0] if found else book.worksheets[0]


def _properties(book) -> dict[str, str]:
    return {prop.name: str(prop.value) for prop in book.custom_doc_props.props if prop.name in MARKS}


def _marks(top) -> dict[str, str]:
    """The pairs of words and values in the line that says what the workbook is for."""
    names = {spelt: slug for slug, text in MARKS.items() for spelt in spellings(text)}
    found = {}
    for cells in top[:3]:
        for cell, following in zip(cells, cells[1:], strict=False):
            if (slug := names.get(plain(cell.value))) and following.value not in (None, ""):
                found[slug] = _text(following)[0]
    return found


def _headings(kind: Kind, top) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the place of each column; every heading must be ours and there once."""
    known, least = by_heading(kind.columns), min(2, len(kind.columns))
    for number, cells in enumerate(top, start=1):
        titles = [plain(cell.value) for cell in cells]
        if len({known[title] for title in titles if title in known}) >= least:
            return number, _places(kind, cells, titles, known)
    raise Invalid("sheet-headings-missing", expected=kind.template)


def _places(kind: Kind, cells, titles: list[str], known: dict[str, str]) -> dict[str, int]:
    ignored = set(spellings(REASON)) | {""}
    unknown = [str(cell.value) for cell, title in zip(cells, titles, strict=True)
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


def _head(kind: Kind, top) -> tuple[Line, dict[str, str]]:
    """Single values stand beneath their words."""
    names, head, cells = by_heading(kind.head), Line(0, {}), {}
    for above, below in zip(top[:5], top[1:6], strict=False):
        for cell, value in zip(above, below, strict=False):
            if slug := names.get(plain(cell.value)):
                text, wrong = _text(value)
                head.values[slug] = text
                cells[slug] = f"{get_column_letter(cell.column)}{cell.row + 1}"
                if wrong:
                    head.errors[slug] = wrong
    return head, cells


def _line(cells, number: int, places: dict[str, int]) -> Line | None:
    """A row, or None when nothing stands in any of our columns."""
    line = Line(number, {})
    for slug, place in places.items():
        text, wrong = _text(cells[place]) if place < len(cells) else ("", "")
        line.values[slug] = MEANT[slug](text) if slug in MEANT else text
        if wrong:
            line.errors[slug] = wrong
    return line if any(line.values.values()) or line.errors else None


def _text(cell) -> tuple[str, str]:
    """What stands in a cell, and the slug of why it cannot be taken."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return "", ""
    if kind == "f":
        return str(value)[:LONGEST], "cell-is-formula"
    if kind == "e":
        return str(value), "cell-is-error"
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat(), ""
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}", ""
    return str(value)[:LONGEST].strip(), ""


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
