"""The files of months go out by their names and come back; a workbook that does not say them keeps them."""

from io import BytesIO

import pytest

from carbon import operations as carbon
from carbon.queries import quantity_name
from certification.application.operations.applications import save_inventory
from certification.application.operations.documents import attach_file
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW
from certification.workbooks.operations import compared
from core.db import db
from tests.certification.workbooks.workbooks import GOOD, saved, stage, template, upload
from tests.certification.world import reload
from tests.support import papers

HEAD = {"period_from": "2025-01-01", "period_to": "2025-12-31"}


@pytest.fixture
def actor(world):
    return world.actor("applicant")


@pytest.fixture
def case(world, actor):
    """One row whose January has the first of two files."""
    case = world.case("draft")
    for number in (1, 2):
        content = BytesIO(papers.pdf(b"0 0 9 %d re f" % number))
        attach_file(case.application, actor, "other", content, f"电费-{number}.pdf")
    months = [{"month": "2025-01", "amount": "1", "evidence": [digest(case, "电费-1.pdf")]},
              {"month": "2025-02", "amount": "2"}]  # fmt: skip
    row = {slug: value for slug, value in GOOD.items() if slug != "quantity"} | {"months": months}
    carbon.save_inventory(case.application.inventory, actor, HEAD, [], case.application.inventory.version)
    save_inventory(case.application, actor, {}, [row], case.application.inventory.version)
    db.session.commit()
    return case


def digest(case, name: str) -> str:
    return next(file.digest for file in case.application.current_files if file.name == name)


def cell(book, slug: str):
    titles = {cell.value: cell.column for cell in book.worksheets[0][HEADING_ROW]}
    return book.worksheets[0].cell(FIRST_ROW, titles[quantity_name(slug)])


def links(case) -> list[list[str]]:
    [row] = reload(case).inventory.rows
    return [entry.get("evidence", []) for entry in row.stated["months"]]


def test_the_files_of_months_go_out_by_name_and_come_back(case, actor):
    book = template(case)
    assert cell(book, "months-0-evidence").value == "电费-1.pdf"
    cell(book, "months-1-evidence").value = "电费-2.pdf； 电费-1.pdf"
    came = upload(case, actor, saved(book))
    one, two = digest(case, "电费-1.pdf"), digest(case, "电费-2.pdf")
    assert came.accepted == 1
    assert links(case) == [[one], sorted([one, two])]


def test_a_workbook_that_comes_back_as_it_went_changes_nothing(case, actor):
    came = stage(case, actor, saved(template(case)))
    assert [entry.what for entry in compared(came).entries] == ["same"]


def test_a_workbook_without_the_columns_keeps_the_files_of_each_month(case, actor):
    book = template(case)
    first = book.worksheets[0]
    for place in range(first.max_column, 0, -1):
        if str(first.cell(HEADING_ROW, place).value).endswith(quantity_name("evidence")):
            first.delete_cols(place)
    titles = [cell.value for cell in first[HEADING_ROW]]
    assert quantity_name("months-0-evidence") not in titles
    cell(book, "months-1-amount").value = 3
    upload(case, actor, saved(book))
    assert reload(case).inventory.rows[0].quantity == 4
    assert links(case) == [[digest(case, "电费-1.pdf")], []]


def test_a_cell_that_is_emptied_drops_the_link_and_the_difference_says_which(case, actor):
    book = template(case)
    cell(book, "months-0-evidence").value = None
    came = stage(case, actor, saved(book))
    [told] = sheets.shown(came, compared(came))
    [(heading, old, new)] = told.pairs
    assert heading == "逐月台账"
    assert ("2025-01 电费-1.pdf" in old, "电费-1.pdf" in new) == (True, False)
    upload(case, actor, saved(book))
    assert links(case) == [[], []]


def test_a_name_that_no_file_of_the_case_has_is_refused_at_its_cell(case, actor):
    book = template(case)
    cell(book, "months-1-evidence").value = "没有这份.pdf"
    came = stage(case, actor, saved(book))
    [entry] = compared(came).of("unread")
    assert compared(came).lines[entry.line].errors == {"months-1-evidence": "file-not-found"}
