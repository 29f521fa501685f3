"""A workbook to be filled in: rows that are known already, drop-downs, instructions, and what it is for.

Text is written as text and never as a formula; a number that a spreadsheet cannot hold digit for digit
is written as text as well.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from carbon import keys
from carbon.footprint import QUALITIES, STAGES
from carbon.units import OFFERED
from certification.workbooks.exchange.columns import (
    FIRST_ROW,
    HEADING_ROW,
    KEY,
    MARKS,
    NO,
    REASON,
    Column,
    Kind,
)
from certification.workbooks.exchange.layouts import (
    FIRST,
    Layout,
    is_repeated,
    layouts,
    most_entries,
    units_of,
)
from core.i18n import _
from core.readers import days
from core.tables.book import Book, Format, Sheet, cell_name
from core.words import word

Row = Mapping[str, str]
Rows = Sequence[Row]
LISTS = "lists"
LONGEST_LIST = 255  # characters of a drop-down that stands in no cells
EXTRA_ROWS = 200  # beyond those that are filled, so that more can be added with their drop-downs
KNOWN_ROWS = 50  # of them, on the sheet of a kind of record, have a key from the beginning


@dataclass(frozen=True)
class Marks:
    """What the workbook is for; `supplement` is the upload whose refused rows it holds, if any."""

    case: str
    data_version: int
    supplement: int | None = None


@dataclass(frozen=True)
class Choice:
    """A factor as the drop-down offers it, with the units a quantity beside it may have."""

    code: str
    name: str
    unit: str
    source: str
    units: tuple[str, ...]


@dataclass
class _Book:
    book: Book
    formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def format(self, **how: object) -> Format:
        key = tuple(how.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(how)
        return self.formats[key]


def workbook(
    kind: Kind,
    marks: Marks,
    head: Mapping[str, str | date],
    rows: Rows,
    choices: Sequence[Choice] = (),
    reasons: Rows = (),
) -> bytes:
    """`reasons[n]` maps a column of row n to the sentence that says why it was refused."""
    file = io.BytesIO()
    book = _Book(Book(file))
    sheets = layouts(kind, most_entries(rows))
    if any(row.get(NO.slug) for row in rows):
        sheets = tuple(replace(layout, columns=(NO, *layout.columns)) for layout in sheets)
    filled = [_sheet(book, layout, rows, reasons) for layout in sheets]
    _top(book, filled[0], kind, marks, head)
    last = FIRST_ROW + len(rows) + EXTRA_ROWS
    if kind.rules is not None:
        _offered(book, filled[0], sheets[0], last)
    if kind.slug == "inventory":
        _choices(book, filled, sheets, last, choices)
    _instructions(book, kind, sheets)
    _properties(book.book, kind, marks)
    book.book.close()
    return file.getvalue()


def _properties(book: Book, kind: Kind, marks: Marks) -> None:
    book.set_properties({"title": f"{kind.title} {marks.case}", "subject": kind.template})
    for name, value in _marked(kind, marks).items():
        book.set_custom_property(name, str(value))


def _marked(kind: Kind, marks: Marks) -> dict[str, object]:
    return {
        "case": marks.case,
        "template": kind.template,
        "data_version": marks.data_version,
        "supplement": marks.supplement or "",
    }


def _top(book: _Book, sheet: Sheet, kind: Kind, marks: Marks, head: Mapping[str, str | date]) -> None:
    bold, text = book.format(bold=True), book.format(num_format="@")
    title = f"{kind.title} · {marks.case} · {kind.template}"
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=14))
    for place, (name, value) in enumerate(_marked(kind, marks).items()):
        sheet.write_string(1, 2 * place, str(MARKS[name]), bold)
        sheet.write_string(1, 2 * place + 1, str(value), text)
    for place, column in enumerate(kind.head):
        sheet.write_string(2, place, str(column.heading), bold)
        _put(book, sheet, 3, place, column, head.get(column.slug, ""))


def _sheet(book: _Book, layout: Layout, rows: Rows, reasons: Rows) -> Sheet:
    """A sheet with its headings, and the rows that belong on it."""
    sheet = book.book.add_worksheet(str(layout.title))
    title = book.format(bold=True, text_wrap=True, bg_color="#e8f0f8", border=1, valign="top")
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEADING_ROW - 1, place, str(column.heading), title)
    if layout.slug != FIRST:
        _hints(book, sheet, layout)
    sheet.freeze_panes(HEADING_ROW, 2 if len(layout.columns) > 2 else 1)
    held = [
        (row, reasons[number] if number < len(reasons) else {})
        for number, row in enumerate(rows)
        if row.get("kind", FIRST) == layout.slug
    ]
    _rows(book, sheet, layout, held)
    return sheet


def _hints(book: _Book, sheet: Sheet, layout: Layout) -> None:
    """What belongs in each column, above its heading."""
    sheet.write_string(0, 0, str(layout.title), book.format(bold=True, font_size=14))
    how = book.format(text_wrap=True, valign="bottom", font_size=9, font_color="#555555")
    sheet.set_row(HEADING_ROW - 2, 96)
    for place, column in enumerate(layout.columns):
        sheet.write_string(HEADING_ROW - 2, place, str(column.hint), how)


def _rows(book: _Book, sheet: Sheet, layout: Layout, rows: Sequence[tuple[Row, Row]]) -> None:
    """Each with the reasons why it came back, if it did."""
    for place, column in enumerate(layout.columns):
        if not column.number:  # codes that are typed later are text as well
            sheet.set_column(
                place, place, column.width, book.format(num_format="@"), {"hidden": column is KEY}
            )
    for at, (row, why) in enumerate(rows, start=FIRST_ROW - 1):
        for place, column in enumerate(layout.columns):
            said = why.get(column.slug, "")
            _put(book, sheet, at, place, column, row.get(column.slug, ""), bool(said))
            if said:
                sheet.write_comment(at, place, said)
        if why:
            sheet.write_string(at, len(layout.columns), _("；").join(why.values()))
    if KEY in layout.columns:  # a row that is typed later is known from the beginning
        after = FIRST_ROW - 1 + len(rows)
        for at in range(after, after + (KNOWN_ROWS if layout.slug else EXTRA_ROWS)):
            sheet.write_string(at, layout.columns.index(KEY), keys.new())
    if any(why for _row, why in rows):
        sheet.write_string(HEADING_ROW - 1, len(layout.columns), str(REASON), book.format(bold=True))
        sheet.set_column(len(layout.columns), len(layout.columns), 60)


def _put(
    book: _Book,
    sheet: Sheet,
    row: int,
    place: int,
    column: Column,
    value: str | date,
    bad: bool = False,
) -> None:
    how = {"bg_color": "#fbe9e6"} if bad else {}
    if column.day:  # in a cell that is a day already, a spreadsheet reads 2025/1/1 as one
        day = book.format(num_format="yyyy-mm-dd", **how)
        moment = days.day(value) if isinstance(value, str) else value
        sheet.write_datetime(row, place, moment, day) if moment else sheet.write_blank(row, place, None, day)
        return
    value = str(word(f"stage.{value}")) if column.slug == "stage" and value in STAGES else value
    value = str(dict(column.offers).get(str(value), value))
    number = _number(value) if column.number else None
    if number is not None:
        sheet.write_number(row, place, number, book.format(**how))
    elif value:
        sheet.write_string(row, place, value, book.format(num_format="@", **how))
    elif bad:
        sheet.write_blank(row, place, None, book.format(num_format="@", **how))


def _number(text: str) -> float | None:
    """The number, when a spreadsheet can hold it as it stands."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    return float(exact) if Decimal(f"{float(exact):.15g}") == exact else None


def _choices(
    book: _Book, filled: Sequence[Sheet], sheets: Sequence[Layout], last: int, choices: Sequence[Choice]
) -> None:
    """Drop-downs: stages, factors by code, the units that fit the factor of the row, qualities, and what the
    registry offers."""
    groups = list(dict.fromkeys([OFFERED, *(choice.units for choice in choices)]))
    _lists(book, groups)
    _library(book, choices, groups)
    for sheet, layout in zip(filled, sheets, strict=True):
        for place, column in enumerate(layout.columns):
            if source := _offer(layout, column, choices):
                _drop_down(sheet, FIRST_ROW - 1, place, last - 1, source)
    _drop_down(filled[0], 3, 3, 3, f"={LISTS}!$A$3:$A${len(OFFERED) + 2}")


def _offered(book: _Book, sheet: Sheet, layout: Layout, last: int) -> None:
    """Drop-downs of what a rule lets one choose, however many there are."""
    hidden = book.book.add_worksheet(LISTS)
    for place, column in enumerate(layout.columns):
        for number, (_slug, said) in enumerate(column.offers):
            hidden.write_string(number, place, str(said))
        if column.offers:
            head = cell_name(0, place, row_abs=True, col_abs=True)
            foot = cell_name(len(column.offers) - 1, place, row_abs=True, col_abs=True)
            _drop_down(sheet, FIRST_ROW - 1, place, last - 1, f"={LISTS}!{head}:{foot}")
    hidden.hide()


def _drop_down(sheet: Sheet, row: int, place: int, last: int, source: str | list[str]) -> None:
    """It offers and does not refuse: what may be written is said when it is read."""
    how = {"validate": "list", "source": source, "error_type": "information", "show_error": False}
    sheet.data_validation(row, place, last, place, how)


def _offer(layout: Layout, column: Column, choices: Sequence[Choice]) -> str | list[str]:
    """What a column offers, if anything; what is too long for a list of its own is not listed."""
    if column.slug == "unit":
        own = list(units_of(layout.slug)) if layout.slug else []
        if own and len(",".join(own)) <= LONGEST_LIST:
            return own
        factor = [place for place, each in enumerate(layout.columns) if each.slug == "factor_code"]
        return _fitting(factor[0] if factor and not own else None, len(choices))
    if column.slug == "factor_code":
        return f"='{_factors()}'!$A$2:$A${len(choices) + 1}" if choices else ""
    listed = {"stage": [str(word(f"stage.{stage}")) for stage in STAGES], "quality": list(QUALITIES)}
    offered = listed.get(column.slug) or [str(said) for _slug, said in column.offers]
    fits = len(",".join(offered)) <= LONGEST_LIST and not any("," in each for each in offered)
    return offered if fits else ""


def _fitting(factor_place: int | None, factors: int) -> str:
    """The units of the group the row's factor belongs to; every unit while no factor is chosen."""
    if not factors or factor_place is None:
        return f"={LISTS}!$A$3:$A${len(OFFERED) + 2}"
    cell = cell_name(FIRST_ROW - 1, factor_place, col_abs=True)
    group = f"IFERROR(VLOOKUP({cell},'{_factors()}'!$A$2:$E${factors + 1},5,FALSE),0)"
    return f"=OFFSET({LISTS}!$A$3,0,{group},OFFSET({LISTS}!$A$1,0,{group}),1)"


def _lists(book: _Book, groups: Sequence[tuple[str, ...]]) -> None:
    hidden = book.book.add_worksheet(LISTS)
    for place, units in enumerate(groups):
        hidden.write_number(0, place, len(units))
        for number, unit in enumerate(units):
            hidden.write_string(2 + number, place, unit)
    hidden.hide()


def _factors() -> str:
    return str(_("因子库"))


def _library(book: _Book, choices: Sequence[Choice], groups: Sequence[tuple[str, ...]]) -> None:
    """The factors for reference: code, name, unit, source, and the number of their group of units."""
    sheet, bold = book.book.add_worksheet(_factors()), book.format(bold=True)
    titles = [_("因子代码"), _("名称"), _("单位"), _("来源"), _("单位组")]
    for place, (title, width) in enumerate(zip(titles, (34, 44, 18, 60, 8), strict=True)):
        sheet.write_string(0, place, title, bold)
        sheet.set_column(place, place, width)
    number = {units: place for place, units in enumerate(groups)}
    for row, choice in enumerate(choices, start=1):
        for place, value in enumerate((choice.code, choice.name, choice.unit, choice.source)):
            sheet.write_string(row, place, value)
        sheet.write_number(row, 4, number[choice.units])
    sheet.freeze_panes(1, 0)


def _instructions(book: _Book, kind: Kind, sheets: Sequence[Layout]) -> None:
    sheet, bold = book.book.add_worksheet(_("填写说明")), book.format(bold=True)
    wrap = book.format(text_wrap=True, valign="top")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 84)
    lines = [
        (_("怎样填"), _("在第一张表里填写，一行一项。不要改动标题行和前几行；列的先后可以调整。")),
        (_("怎样交回"), _("保存为 XLSX，在案卷的同一页上传。填对的行当场收下，有误的行等您改。")),
        (_("公式"), _("公式取表里存下的值，不运行；带宏的表不收。")),
        (_("行数"), _("一次最多 %(most)s 行", most=kind.most)),
    ]
    if len(sheets) > 1:
        said = _("熟料、运输等有自己参数的记录，各填一张表；不用的表空着，或者删掉。")
        lines.insert(1, (_("其他的表"), said))
    lines += [
        (str(column.heading), str(column.hint))
        for column in (*kind.head, *sheets[0].columns)
        if column is not KEY
    ]
    for layout in sheets[1:]:
        lines += [("", ""), (str(layout.title), "")]
        own = [column for column in layout.columns if column.slug not in (*kind.slugs, KEY.slug)]
        lines += [(str(column.heading), str(column.hint)) for column in own if not is_repeated(column.slug)]
    for row, (term, text) in enumerate(lines):
        sheet.write_string(row, 0, term, bold)
        sheet.write_string(row, 1, text, wrap)
