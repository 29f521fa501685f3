"""An XLSX workbook as a grid of plain values.  Nothing in it is trusted, run or followed.

Read in one pass with bounds of its own instead of by a library: a bounded child starts in a quarter of the
time, nothing is built before it is counted, and merged cells and the formats of Chinese Excel are known.
"""

import io
import posixpath
import re
from collections.abc import Mapping, Sequence, Set, Sized
from dataclasses import dataclass, field
from typing import Any

from core.errors import Invalid
from core.opened import cells
from core.opened.archive import BROKEN, Archive
from core.readers.texts import UNSEEN

MOST_STRINGS = 50_000
MOST_CELLS = 100_000
MOST_ROWS = 50_000
MOST_MERGED = 2000
MOST_FORMATS = 20_000
MOST_SHEETS = 100
MOST_READ = 12  # of several sheets, to find one by its headings
TOP = 12  # headings stand within so many rows
LONGEST = 1000  # characters of one cell
FORBIDDEN = {
    "xl/vbaproject": "sheet-has-macros",
    "xl/macrosheets": "sheet-has-macros",
    "xl/activex": "sheet-has-macros",
    "xl/embeddings": "sheet-has-macros",
    "xl/externallinks": "sheet-links-elsewhere",
    "xl/connections": "sheet-links-elsewhere",
}
# A sign that XML cannot hold, as Excel writes it: `_x000D_` is the end of a line.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def grid(
    content: bytes, wanted: list[str], most_rows: int, most_columns: int, headings: Sequence[str] = ()
) -> dict[str, Any]:  # plain values, which a bounded child hands over as JSON
    """The sheet called one of `wanted`, else that with most of the `headings`, else the first:
    {"properties": {name: text}, "merged": ["A1:A3"], "hidden": {"rows": [3], "columns": [2]},
    "rows": [[number, [[column, kind, value, shown], ...]], ...]}, rows and columns from 1.

    Kinds are those of cells.number, and `text`, `boolean`, `error`.  A cell with a formula holds the value
    that was stored with it, and a fifth member, `computed`; without one its kind is `formula`.
    """
    opened = grids(content, wanted, most_rows, most_columns, headings)
    return {"properties": opened["properties"], **opened["sheets"][0]}


def grids(
    content: bytes,
    wanted: list[str],
    most_rows: int,
    most_columns: int,
    headings: Sequence[str] = (),
    others: Sequence[list[str]] = (),
) -> dict[str, Any]:  # plain values, which a bounded child hands over as JSON
    """Several sheets, as `grid` tells one: that one, and for each of `others` the sheet called so or None."""
    package = Archive.of(io.BytesIO(content), "sheet-not-xlsx")
    try:
        _check_parts(package)
        book = _Book(package)
        book.open()
        beside = [book.called(titles) for titles in others]
        first = _chosen(book, wanted, headings, most_rows, most_columns, set(beside))
        found = [first, *(part and _read(book, part, most_rows, most_columns) for part in beside)]
    except BROKEN as error:
        raise Invalid("sheet-unreadable") from error
    return {"properties": book.properties, "sheets": [sheet and sheet.plain() for sheet in found]}


def _read(book: "_Book", part: str, most_rows: int, most_columns: int) -> "_Sheet":
    sheet = _Sheet(book, most_rows, most_columns)
    sheet.read(part)
    return sheet


def _chosen(
    book: "_Book",
    wanted: list[str],
    headings: Sequence[str],
    most_rows: int,
    most_columns: int,
    taken: Set[str | None],
) -> "_Sheet":
    """A sheet by its title, else by its headings; one that only these would find is read whole for it."""
    known, best, most = set(headings), None, -1
    parts = [part for part in book.parts_of(wanted) if part not in taken] or book.parts_of([])
    for part in parts[: MOST_READ if known else 1]:
        sheet = _read(book, part, most_rows, most_columns)
        cells = {plain(cell[2]) for number, row in sheet.rows.items() if number <= TOP for cell in row}
        if len(cells & known) > most:
            best, most = sheet, len(cells & known)
    if best is None:
        raise Invalid("sheet-unreadable")
    return best


def _check_parts(package: Archive) -> None:
    """Macros, links and declarations of types anywhere in the package, whether we would read it or not."""
    for name in package.names:
        for start, slug in FORBIDDEN.items():
            if name.lower().startswith(start):
                raise Invalid(slug)
    try:
        kinds = b"".join(package.chunks("[Content_Types].xml"))
    except KeyError as error:
        raise Invalid("sheet-not-xlsx") from error
    if b"macroEnabled" in kinds or b"vbaProject" in kinds:
        raise Invalid("sheet-has-macros")
    for name in package.names:
        with package.package.open(name) as part:
            if DECLARED.search(part.read(4096)):
                raise Invalid("sheet-unreadable")


@dataclass
class _Book:
    """What stands outside the sheets: their names and parts, shared texts, formats, properties."""

    package: Archive
    sheets: list[tuple[str, str]] = field(default_factory=list)  # title and part
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # of each style, by its number
    properties: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False

    def open(self) -> None:
        main = self._main_part()
        parts = self._related(main)
        self._read_sheets(main, parts)
        by_kind = dict(parts.values())
        if "sharedStrings" in by_kind:
            self._read_strings(by_kind["sharedStrings"])
        if "styles" in by_kind:
            self._read_formats(by_kind["styles"])
        if "docProps/custom.xml" in self.package.names:
            self._read_properties("docProps/custom.xml")

    def called(self, wanted: list[str]) -> str | None:
        """The sheet called so."""
        return next((part for title, part in self.sheets if plain(title) in wanted), None)

    def parts_of(self, wanted: list[str]) -> list[str]:
        """The sheet called so, else all."""
        found = self.called(wanted)
        return [part for _title, part in self.sheets] if found is None else [found]

    def _main_part(self) -> str:
        for kind, part in self._related("").values():
            if kind == "officeDocument":
                return part
        raise Invalid("sheet-not-xlsx")

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Id to (kind, part) of what a part refers to; nothing outside the package is."""
        folder, name = posixpath.split(part)
        found = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
                found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target)

        self.package.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def _read_sheets(self, main: str, parts: dict[str, tuple[str, str]]) -> None:
        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "workbookPr":
                self.from_1904 = attributes.get("date1904") in ("1", "true")
            elif tag == "sheet":
                kind, part = parts.get(_relation(attributes), ("", ""))
                if kind == "worksheet":
                    self.sheets.append((attributes.get("name", ""), part))
            _bound(self.sheets, MOST_SHEETS)

        self.package.parse(main, start)

    def _read_strings(self, part: str) -> None:
        item = _Words()

        def start(tag: str, _attributes: Mapping[str, str]) -> None:
            if tag == "si":
                item.begin()
                _bound(self.strings, MOST_STRINGS)
            item.enter(tag)

        def end(tag: str) -> None:
            item.leave(tag)
            if tag == "si":
                self.strings.append(item.words)

        self.package.parse(part, start, end, item.take)

    def _read_formats(self, part: str) -> None:
        own: dict[int, str] = {}
        inside = ""

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                own[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:LONGEST]
            elif tag in ("cellXfs", "cellStyleXfs"):
                inside = tag
            elif tag == "xf" and inside == "cellXfs":
                number = int(attributes.get("numFmtId", 0))
                self.formats.append(own.get(number) or cells.BUILT_IN.get(number, "General"))
                _bound(self.formats, MOST_FORMATS)

        self.package.parse(part, start)

    def _read_properties(self, part: str) -> None:
        name = ""

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal name
            if tag == "property":
                name = attributes.get("name", "")

        def text(data: str) -> None:
            if name:
                self.properties[name] = (self.properties.get(name, "") + data)[:LONGEST]

        self.package.parse(part, start, text=text)


def _relation(attributes: Mapping[str, str]) -> str:
    """The id of a relationship, whose name is that of the relationships alone: `id`, not `sheetId`."""
    return next((value for key, value in attributes.items() if key.endswith("}id")), "")


def _bound(counted: Sized, most: int) -> None:
    if len(counted) > most:
        raise Invalid("file-too-full")


@dataclass
class _Words:
    """The text of an item that may come in runs; readings beside the characters (rPh) are no part of it."""

    words: str = ""
    _inside: bool = False
    _aside: bool = False

    def begin(self) -> None:
        self.words = ""

    def enter(self, tag: str) -> None:
        self._inside = tag in ("t", "v")
        self._aside = self._aside or tag == "rPh"

    def leave(self, tag: str) -> None:
        self._inside = False
        self._aside = self._aside and tag != "rPh"

    def take(self, data: str) -> None:
        if self._inside and not self._aside and len(self.words) < LONGEST:
            self.words += data[:LONGEST]


@dataclass
class _Sheet:
    """The cells of one sheet within the rows and columns asked for."""

    book: _Book
    most_rows: int
    most_columns: int
    rows: dict[int, list[list[int | str]]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    _rows: int = 0
    _row: int = 0
    _column: int = 0
    _cells: int = 0
    _cell: Mapping[str, str] = field(default_factory=dict)
    _formula: bool = False
    _words: _Words = field(default_factory=_Words)

    def plain(self) -> dict[str, Any]:  # plain values
        rows = [[number, row] for number, row in sorted(self.rows.items())]
        hidden = {"rows": self.hidden_rows, "columns": self.hidden_columns}
        return {"merged": self.merged, "hidden": hidden, "rows": rows}

    def read(self, part: str) -> None:
        self.book.package.parse(part, self._start, self._end, self._words.take)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._rows += 1
            if self._rows > MOST_ROWS:
                raise Invalid("file-too-full")
            if _is_hidden(attributes) and self._row <= self.most_rows:
                self.hidden_rows.append(self._row)
        elif tag == "col" and _is_hidden(attributes):
            last = min(int(attributes["max"]), self.most_columns)
            self.hidden_columns += range(int(attributes["min"]), last + 1)
        elif tag == "c":
            self._begin(attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell":
            self.merged.append(attributes["ref"][:40])
            _bound(self.merged, MOST_MERGED)
        self._words.enter(tag)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise Invalid("file-too-full")
        self._column = place(attributes["r"])[1] if "r" in attributes else self._column + 1
        self._cell, self._formula = attributes, False
        self._words.begin()

    def _end(self, tag: str) -> None:
        self._words.leave(tag)
        if tag == "c" and self._row <= self.most_rows and self._column <= self.most_columns:
            kind, value, shown = self._held()
            if self._formula and not value:
                kind, value, shown = "formula", "=", ""
            if value:
                computed = ["computed"] if self._formula and kind != "formula" else []
                self.rows.setdefault(self._row, []).append([self._column, kind, value, shown, *computed])

    def _held(self) -> tuple[str, str, str]:
        raw, kind = self._words.words, self._cell.get("t", "n")
        if kind == "s":
            words = unescaped(self.book.strings[int(raw)]) if raw else ""
            return "text", words, words
        if kind in ("e", "b"):
            return ("error", raw, raw) if kind == "e" else ("boolean", _truth(raw), _truth(raw))
        if kind in ("str", "inlineStr"):
            return "text", unescaped(raw), unescaped(raw)
        if kind == "d":
            return "date", raw[:10], raw[:10]
        return (
            cells.number(raw.strip(), self._format(), self.book.from_1904)
            if raw.strip()
            else ("text", "", "")
        )

    def _format(self) -> str:
        style = int(self._cell.get("s", 0))
        return self.book.formats[style] if style < len(self.book.formats) else "General"


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def plain(text: object) -> str:
    """A heading as it is compared: spaces, signs that nobody sees and letter case do not matter."""
    return " ".join(UNSEEN.sub("", str(text or "")).split()).casefold()


def unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _truth(raw: str) -> str:
    return "TRUE" if raw.strip() in ("1", "true") else "FALSE"


def place(name: str) -> tuple[int, int]:
    """Row and column of a cell's name, both from 1."""
    letters = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", name)
    if letters is None:
        raise Invalid("sheet-unreadable")
    column = 0
    for letter in letters[1]:
        column = column * 26 + ord(letter) - 64
    return int(letters[2]), column
