"""A row by its key, and by the number that workbooks gave it before rows had keys."""

import pytest

from carbon import operations as carbon
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW
from certification.workbooks.operations import Chosen, apply_sheet, compared
from tests.certification.workbooks.workbooks import saved, stage, template, upload
from tests.certification.world import reload


@pytest.fixture
def actor(world):
    return world.actor("applicant")


def holding(world, rows: list[dict]):
    case = world.case("draft")
    inventory = case.application.inventory
    carbon.save_inventory(inventory, world.actor("applicant"), {}, rows, inventory.version)
    return case


def kept(case) -> list[tuple]:
    return [(row.name, row.quantity) for row in reload(case).inventory.rows]


def place_of_key(book) -> int:
    return next(cell.column for cell in book.worksheets[0][HEADING_ROW] if cell.value == "行标识")


def keys_in(book) -> list[str]:
    place = place_of_key(book)
    return [row[place - 1].value for row in book.worksheets[0].iter_rows(min_row=FIRST_ROW) if row[1].value]


def numbered(book):
    """As workbooks went out before rows had keys: the number of each row in the place of its key."""
    place, sheet = place_of_key(book), book.worksheets[0]
    sheet.cell(HEADING_ROW, place).value = "案卷行号"
    for number in range(FIRST_ROW, sheet.max_row + 1):
        filled = bool(sheet.cell(number, 2).value)
        sheet.cell(number, place).value = number - FIRST_ROW + 1 if filled else None
    return book


PLAIN_ROWS = [
    {"stage": "manufacturing", "name": name, "quantity": amount, "unit": "t"}
    for name, amount in (("甲", "1"), ("乙", "2"), ("乙", "3"))
]


@pytest.mark.parametrize("named", [lambda book: book, numbered])
def test_a_sheet_that_was_sorted_and_renamed_is_matched_by_its_keys_or_numbers(world, actor, named):
    case = holding(world, PLAIN_ROWS)
    book = template(case)
    assert keys_in(book) == [row.key for row in case.application.inventory.rows]
    named(book)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 2)]
    for number, row in zip((FIRST_ROW, FIRST_ROW + 1, FIRST_ROW + 2), reversed(rows), strict=True):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value
    sheet.cell(FIRST_ROW, 3).value = 30
    sheet.cell(FIRST_ROW + 2, 2).value = "丙"
    came = stage(case, actor, saved(book))
    assert sorted((entry.what, entry.place) for entry in compared(came).entries) == [
        ("changed", 0), ("changed", 2), ("same", 1),
    ]  # fmt: skip
    apply_sheet(came, actor, came.result_version, Chosen(whole=True))
    assert kept(case) == [("丙", 1), ("乙", 2), ("乙", 30)]


def test_numbers_of_a_case_that_was_changed_since_say_nothing(world, actor):
    case = holding(world, PLAIN_ROWS)
    book = numbered(template(case))
    inventory = case.application.inventory
    carbon.save_inventory(inventory, actor, {}, PLAIN_ROWS[1:], inventory.version)
    sheet = book.worksheets[0]
    sheet.cell(FIRST_ROW, 2).value = "丁"
    came = stage(case, actor, saved(book))
    assert [entry.what for entry in compared(came).entries] == ["new", "same", "same"]


@pytest.mark.parametrize("number", ["一", "99", "-1", "0", "1.5"])
def test_a_number_that_cannot_be_is_no_number(world, actor, number):
    case = holding(world, PLAIN_ROWS)
    book = template(case)
    place = place_of_key(book)
    numbered(book).worksheets[0].cell(FIRST_ROW, place).value = number
    came = stage(case, actor, saved(book))
    assert {entry.what for entry in compared(came).entries} == {"same"}


@pytest.mark.parametrize("named", [lambda book: book, numbered])
def test_a_line_that_was_copied_with_its_key_or_number_is_a_new_row(world, actor, named):
    case = holding(world, PLAIN_ROWS)
    book = named(template(case))
    sheet = book.worksheets[0]
    for place, cell in enumerate(sheet[FIRST_ROW], start=1):
        sheet.cell(FIRST_ROW + 3, place).value = cell.value
    sheet.cell(FIRST_ROW + 3, 2).value = "戊"
    upload(case, actor, saved(book), whole=False)
    assert [name for name, _quantity in kept(case)] == ["甲", "乙", "乙", "戊"]
    again = stage(case, actor, saved(book))
    assert {entry.what for entry in compared(again).entries} == {"same"}
