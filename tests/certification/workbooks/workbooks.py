"""Workbooks as people fill them in: downloaded, changed with a spreadsheet, sent back."""

import io

import openpyxl

from carbon import keys
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW, INVENTORY, KEY, MARKS
from certification.workbooks.exchange.layouts import layouts
from certification.workbooks.models import SheetUpload
from certification.workbooks.operations import Chosen, apply_sheet, compared, stage_sheet, version_of
from core.i18n import language
from tests.certification.world import reload

LETTERS = {slug: openpyxl.utils.get_column_letter(n) for n, slug in enumerate(INVENTORY.slugs, start=1)}
NUMBERED = {  # of a case that was handed in: its rows have numbers, which stand first
    slug: openpyxl.utils.get_column_letter(n) for n, slug in enumerate(INVENTORY.slugs, start=2)
}
GOOD = {"stage": "manufacturing", "name": "天然气", "quantity": 1620, "unit": "m3", "own_value": 2.16,
        "own_unit": "kgCO2e/m3", "own_source": "检验报告", "quality": "A"}  # fmt: skip


def template(case, kind=INVENTORY, source="own"):
    """The workbook as it is downloaded, opened."""
    content = sheets.template(case.application, kind, case.application if source == "own" else source)
    return openpyxl.load_workbook(io.BytesIO(content))


def put(book, row: int, values: dict, letters=LETTERS):
    for slug, value in values.items():
        book.worksheets[0][f"{letters[slug]}{row}"] = value


_alone: dict[tuple, bytes] = {}  # by what stands in it before anything is filled in


def first_sheet(case):
    """The workbook of the case without a row, and without the sheets of records, which most people delete.

    Writing and reading those takes nine tenths of the time.  It is written by the house once for each head,
    and made one of this case with its marks and new keys.
    """
    head = case.application.scheme.declared_unit, case.application.gwp, tuple(sheets.choices()), language()
    if head not in _alone:
        book = template(case, source=None)
        for layout in layouts(INVENTORY)[1:]:
            del book[str(layout.title)]
        _alone[head] = saved(book)
    book = openpyxl.load_workbook(io.BytesIO(_alone[head]))
    marks = {"case": case.application.number, "data_version": version_of(case.application, INVENTORY)}
    sheet, headings = book.worksheets[0], {str(said): name for name, said in MARKS.items()}
    for name, beside in zip(sheet[2], sheet[2][1:], strict=False):
        if (mark := headings.get(name.value)) in marks:
            beside.value = book.custom_doc_props[mark].value = str(marks[mark])
    place = next(cell.column for cell in sheet[HEADING_ROW] if cell.value == str(KEY.heading))
    for row in range(FIRST_ROW, sheet.max_row + 1):
        sheet.cell(row, place).value = keys.new()
    return book


def filled(case, *rows: dict, more=None):
    """The workbook of the case with these rows instead of those it came with."""
    book = first_sheet(case)
    for number, row in enumerate(rows):
        put(book, FIRST_ROW + number, row)
    if more:
        more(book)
    return saved(book)


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def stage(case, actor, content: bytes, kind="inventory", name="表.xlsx") -> SheetUpload:
    return stage_sheet(case.application, actor, kind, content, name)


def listed(upload: SheetUpload) -> Chosen:
    """Every change the workbook lists; what it does not list stays."""
    found = compared(upload)
    lines = [entry.line for entry in (*found.of("new"), *found.of("changed"))]
    return Chosen(frozenset(lines), head=frozenset(found.facts))


def upload(case, actor, content: bytes, kind="inventory", name="表.xlsx", whole=True) -> SheetUpload:
    """Read, compared and applied at once: as a whole, or all that is listed."""
    came = stage(case, actor, content, kind, name)
    if came.outcome == "staged":
        apply_sheet(came, actor, came.result_version, Chosen(whole=True) if whole else listed(came))
    return came


def names(case) -> list[str]:
    return [row.name for row in reload(case).inventory.rows]


def contents(case) -> list[tuple]:
    rows = reload(case).inventory.rows
    return [(row.stage, row.name, row.quantity, row.own_value, row.evidence) for row in rows]


def send(browser, case, content: bytes, kind="inventory", name="表.xlsx", **fields):
    """The page after an upload: the difference, or why there is none."""
    address = f"/certification/applications/{case.id}/sheets/{kind}"
    answer = browser.post(address, data={"file": (io.BytesIO(content), name), **fields})
    return browser.get(answer.location, follow_redirects=True) if answer.status_code == 303 else answer


def settle(browser, upload: SheetUpload, what: str, **fields):
    """The page after the difference was applied, replaced the case, or was dropped."""
    answer = browser.post(f"/certification/applications/sheets/{upload.id}/{what}", data=fields)
    return browser.get(answer.location, follow_redirects=True) if answer.status_code == 303 else answer
