"""Workbooks as people fill them in: downloaded, changed with a spreadsheet, sent back."""

import io

import openpyxl

from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, INVENTORY
from certification.workbooks.models import SheetUpload
from certification.workbooks.operations import Chosen, apply_sheet, compared, stage_sheet
from tests.certification.world import reload

LETTERS = {slug: openpyxl.utils.get_column_letter(n) for n, slug in enumerate(INVENTORY.slugs, start=1)}
GOOD = {"stage": "manufacturing", "name": "天然气", "quantity": 1620, "unit": "m3", "own_value": 2.16,
        "own_unit": "kgCO2e/m3", "own_source": "检验报告", "quality": "A"}  # fmt: skip


def template(case, kind=INVENTORY, source="own"):
    """The workbook as it is downloaded, opened."""
    content = sheets.template(case.application, kind, case.application if source == "own" else source)
    return openpyxl.load_workbook(io.BytesIO(content))


def put(book, row: int, values: dict, letters=LETTERS):
    for slug, value in values.items():
        book.worksheets[0][f"{letters[slug]}{row}"] = value


def filled(case, *rows: dict, more=None):
    """The workbook of the case with these rows instead of those it came with."""
    book = template(case, source=None)
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
