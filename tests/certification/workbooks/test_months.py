"""A month is read as people and spreadsheets write it, with no question where only one can be meant."""

import io
from datetime import date

import openpyxl
import pytest

from carbon import operations as carbon
from carbon.queries import quantity_name
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW
from certification.workbooks.exchange.months import month_of
from certification.workbooks.operations import compared
from tests.certification.workbooks.workbooks import GOOD, put, saved, stage, template, upload
from tests.certification.world import reload

PERIOD = {"period_from": "2025-07-01", "period_to": "2026-06-30"}
ROW = {slug: value for slug, value in GOOD.items() if slug != "quantity"}
YEAR = [f"2025-{month:02d}" for month in range(7, 13)] + [f"2026-{month:02d}" for month in range(1, 7)]


@pytest.fixture
def actor(world):
    return world.actor("applicant")


@pytest.fixture
def case(world, actor):
    case = world.case("draft")
    inventory = case.application.inventory
    carbon.save_inventory(inventory, actor, PERIOD, [], inventory.version)
    return case


def told(case, *months, style="General"):
    """A workbook with one row, whose ledger has these months with an amount of 1 each."""
    book = template(case)
    sheet = book.worksheets[0]
    put(book, FIRST_ROW, ROW)
    titles = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    for number, month in enumerate(months):
        cell = sheet.cell(FIRST_ROW, titles[quantity_name(f"months-{number}-month")])
        cell.number_format, cell.value = style, month
        sheet.cell(FIRST_ROW, titles[quantity_name(f"months-{number}-amount")]).value = 1
    return saved(book)


def stored(case) -> list[str]:
    [row] = reload(case).inventory.rows
    return [entry["month"] for entry in row.stated["months"]]


@pytest.mark.parametrize(
    ("written", "style"),
    [
        (date(2026, 1, 1), "yyyy-mm"),
        (date(2026, 1, 1), 'yyyy"年"m"月"'),
        (date(2026, 1, 1), "mmm-yy"),
        (date(2026, 1, 31), "yyyy-mm-dd"),
        ("2026-01", "@"),
        ("2026/1", "@"),
        ("2026年1月", "@"),
        ("２０２６年１月", "@"),
        ("1月", "@"),
        ("一月", "@"),
        ("1月份", "@"),
        ("26年1月", "@"),
        ("1月-26", "@"),
        ("Jan-26", "@"),
        ("January 2026", "@"),
        ("jan", "@"),
        ("2026/1/1", "@"),
    ],
)
def test_a_month_is_read_with_no_question(case, actor, written, style):
    came = upload(case, actor, told(case, written, style=style))
    assert (came.accepted, came.refused) == (1, 0)
    assert stored(case) == ["2026-01"]


@pytest.mark.parametrize(
    ("written", "style"),
    [(date(2026, 1, 15), "yyyy-mm-dd"), ("13月", "@"), ("1季度", "@"), ("Jan-25", "@"), ("may be", "@")],
)
def test_a_month_that_could_be_another_is_asked_about_at_its_cell(case, actor, written, style):
    came = stage(case, actor, told(case, written, style=style))
    [line] = compared(came).lines
    assert line.errors == {"months-0-month": "month-unreadable"}


def test_a_month_without_a_year_is_asked_about_where_the_period_has_two_of_it(case, actor):
    inventory = case.application.inventory
    carbon.save_inventory(inventory, actor, {"period_to": "2026-07-31"}, None, inventory.version)
    [twice], [once] = (compared(stage(case, actor, told(case, month))).lines for month in ("7月", "8月"))
    assert (twice.errors, once.errors) == ({"months-0-month": "month-unreadable"}, {})


def test_the_period_in_the_head_of_the_same_workbook_says_the_year(case, actor):
    book = openpyxl.load_workbook(io.BytesIO(told(case, "1月")))
    book.worksheets[0]["A4"], book.worksheets[0]["B4"] = "2024-01-01", "2024-12-31"
    upload(case, actor, saved(book))
    assert stored(case) == ["2024-01"]


def test_a_year_of_months_by_their_numbers_alone_is_the_period(case, actor):
    upload(case, actor, told(case, *(f"{month}月" for month in (*range(7, 13), *range(1, 7)))))
    assert stored(case) == YEAR
    assert reload(case).inventory.rows[0].quantity == 12


@pytest.mark.parametrize("written", ["2026-01", "1月", "Jan-26", "一月份"])
def test_a_month_is_the_one_of_the_period(written):
    assert month_of(written, YEAR) == "2026-01"


@pytest.mark.parametrize("written", ["", "月", "0月", "十三月", "二〇月", "foo-26", "2026-13", "99999"])
def test_what_is_no_month_stays_as_it_stands(written):
    assert month_of(written, YEAR) == written
