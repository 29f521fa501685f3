"""A row is known by its key, whatever it is called in between: nothing is counted twice."""

import io

import openpyxl
import pytest

from carbon import keys
from carbon import operations as carbon
from carbon.queries import quantity_name
from carbon.records import FIELDS
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW, INVENTORY
from certification.workbooks.exchange.layouts import layouts
from certification.workbooks.operations import apply_sheet, compared, mend_row, stage_pasted
from core.db import db
from core.errors import Invalid
from tests.certification.workbooks.workbooks import (
    GOOD,
    filled,
    listed,
    put,
    saved,
    send,
    settle,
    stage,
    template,
    upload,
)
from tests.certification.world import reload

GAS, POWER = GOOD, GOOD | {"name": "电", "quantity": 100}
COAL = GOOD | {"name": "煤", "quantity": 7}


@pytest.fixture
def actor(world):
    return world.actor("applicant")


@pytest.fixture
def draft(world, actor):
    """A draft that holds gas and power."""
    case = world.case("draft")
    upload(case, actor, filled(case, GAS, POWER))
    return case


def held(case) -> dict[str, str]:
    """The name of every row by its key."""
    return {row.key: row.name for row in reload(case).inventory.rows}


def amounts(case) -> list[tuple]:
    return [(row.name, row.quantity) for row in reload(case).inventory.rows]


COLUMNS = ("key", *(slug for slug in INVENTORY.slugs if slug not in FIELDS))


def save(case, actor, *changes: dict) -> None:
    """Through the page: rows with their keys, changed by name."""
    inventory = case.application.inventory
    by_name = {row["was"]: row for row in changes}
    rows = [
        {name: getattr(row, name) for name in COLUMNS}
        | {name: value for name, value in by_name.get(row.name, {}).items() if name != "was"}
        for row in inventory.rows
    ]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    db.session.commit()


def place_of_key(book) -> int:
    return next(cell.column for cell in book.worksheets[0][HEADING_ROW] if cell.value == "行标识")


def without_keys(book):
    for sheet in book.worksheets[: len(layouts(INVENTORY))]:
        for cell in sheet[HEADING_ROW]:
            if cell.value == "行标识":
                sheet.delete_cols(cell.column)
    return book


def whats(came) -> list[str]:
    return [entry.what for entry in compared(came).entries]


# Through the workbook


def test_a_row_renamed_in_a_workbook_older_than_the_case_is_changed_and_counted_once(draft, actor, browser):
    book = template(draft)
    save(draft, actor, {"was": "电", "quantity": 300})
    put(book, FIRST_ROW, {"name": "烧成用天然气", "quantity": 1700})
    before = held(draft)
    page = send(browser("applicant"), draft, saved(book)).text
    assert "<del>天然气</del>" in page
    came = sheets.uploads(actor, draft.application, INVENTORY)[0]
    assert whats(came) == ["changed", "changed"]
    settle(browser("applicant"), came, "apply", version=came.result_version, all="1")
    assert amounts(draft) == [("烧成用天然气", 1700), ("电", 100)]
    assert list(held(draft)) == list(before)


def test_names_that_moved_on_by_one_row_are_renamed_and_not_added(draft, actor):
    book = template(draft)
    save(draft, actor)
    put(book, FIRST_ROW, {"name": "电", "quantity": 5})
    put(book, FIRST_ROW + 1, {"name": "蒸汽", "quantity": 6})
    came = upload(draft, actor, saved(book), whole=False)
    assert came.outcome == "applied"
    assert amounts(draft) == [("电", 5), ("蒸汽", 6)]


def test_keys_survive_sorting_deleted_columns_and_a_spreadsheet(draft, actor):
    book = template(draft)
    sheet = book.worksheets[0]
    save(draft, actor)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 1)]
    for at, row in enumerate(reversed(rows)):
        for place, value in enumerate(row, start=1):
            sheet.cell(FIRST_ROW + at, place).value = value
    sheet.cell(FIRST_ROW, 2).value = "外购电"
    extra = next(cell.column for cell in sheet[HEADING_ROW] if cell.value == quantity_name("site"))
    sheet.delete_cols(extra)
    again = openpyxl.load_workbook(io.BytesIO(saved(book)))
    upload(draft, actor, saved(again), whole=False)
    assert sorted(amounts(draft)) == [("外购电", 100), ("天然气", 1620)]


def test_the_column_of_keys_is_hidden_and_on_no_page_of_instructions(draft):
    book = template(draft)
    letter = openpyxl.utils.get_column_letter(place_of_key(book))
    assert book.worksheets[0].column_dimensions[letter].hidden
    told = [cell.value for row in book["填写说明"].iter_rows() for cell in row]
    assert "行标识" not in told
    assert "阶段" in told


def test_a_row_that_is_typed_into_an_empty_line_keeps_the_key_it_found_there(draft, actor):
    book = template(draft)
    put(book, FIRST_ROW + 2, COAL)
    upload(draft, actor, saved(book), whole=False)
    put(book, FIRST_ROW + 2, {"name": "原煤", "quantity": 8})
    upload(draft, actor, saved(book), whole=False)
    assert amounts(draft) == [("天然气", 1620), ("电", 100), ("原煤", 8)]


def test_a_row_without_a_key_is_judged_by_what_it_is(draft, actor):
    book = without_keys(template(draft))
    put(book, FIRST_ROW, {"name": "烧成用天然气"})
    put(book, FIRST_ROW + 1, {"quantity": 101})
    came = stage(draft, actor, saved(book))
    assert whats(came) == ["changed", "changed"]
    other = without_keys(template(draft))
    put(other, FIRST_ROW, {"name": "蒸汽", "quantity": 3})
    assert whats(stage(draft, actor, saved(other))) == ["new", "same", "gone"]


def test_a_file_without_keys_is_known_again_though_its_row_was_renamed_on_the_page(draft, actor):
    content = saved(without_keys(openpyxl.load_workbook(io.BytesIO(filled(draft, GAS, COAL)))))
    upload(draft, actor, content, whole=False)
    save(draft, actor, {"was": "煤", "name": "原煤", "quantity": 9})
    came = upload(draft, actor, content, whole=False)
    assert came.outcome == "applied"
    assert amounts(draft) == [("天然气", 1620), ("电", 100), ("煤", 7)]


@pytest.mark.parametrize("key", ["", "bcdfghjkmn", "键", "x" * 41, "=A1", -1])
def test_a_key_that_says_nothing_makes_no_row_another(draft, actor, key):
    book = template(draft)
    save(draft, actor)
    book.worksheets[0].cell(FIRST_ROW, place_of_key(book)).value = key
    assert whats(stage(draft, actor, saved(book))) == ["same", "same"]


def test_a_line_that_was_copied_with_its_key_is_a_new_row_and_only_once(draft, actor):
    book = template(draft)
    sheet = book.worksheets[0]
    for place, cell in enumerate(sheet[FIRST_ROW], start=1):
        sheet.cell(FIRST_ROW + 2, place).value = cell.value
    put(book, FIRST_ROW + 2, {"name": "二号窑天然气", "quantity": 9})
    for _time in range(2):
        upload(draft, actor, saved(book), whole=False)
    assert amounts(draft) == [("天然气", 1620), ("电", 100), ("二号窑天然气", 9)]
    assert len(held(draft)) == 3


def test_what_is_pasted_goes_beside_what_stands_however_alike_it_is(draft, actor):
    text = "二号线天然气\t1620\tm3"
    inventory = draft.application.inventory
    rows = [{"stage": "manufacturing", "name": "天然气", "quantity": 1620, "unit": "m3"}]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    came = stage_pasted(draft.application, actor, "inventory", text, "manufacturing")
    assert whats(came) == ["new", "gone"]


# Rows that wait


def test_a_refused_row_that_comes_back_under_another_name_is_not_counted_beside_the_former(draft, actor):
    first = upload(draft, actor, filled(draft, GAS | {"quantity": "x"}, POWER, COAL | {"unit": "筐"}))
    book = openpyxl.load_workbook(io.BytesIO(sheets.refused(first, INVENTORY)))
    put(book, FIRST_ROW, {"name": "烧成用天然气", "quantity": 5})
    put(book, FIRST_ROW + 1, {"name": "原煤", "unit": "m3"})
    came = stage(draft, actor, saved(book))
    apply_sheet(came, actor, came.result_version, listed(came))
    assert amounts(draft) == [("烧成用天然气", 5), ("电", 100), ("原煤", 7)]
    assert reload(draft).unread == []


def test_a_row_that_waits_stands_for_its_row_though_that_was_renamed_meanwhile(draft, actor, browser):
    came = upload(draft, actor, filled(draft, GAS | {"quantity": "x"}, POWER))
    save(draft, actor, {"was": "天然气", "name": "烧成用天然气"})
    page = browser("applicant").get(f"/certification/applications/{draft.id}/sheets/inventory").text
    assert "案卷里的“烧成用天然气" in page
    row = came.waiting[0]
    mend_row(row, actor, row.values | {"quantity": "9"})
    assert amounts(draft) == [("天然气", 9), ("电", 100)]


def test_a_new_row_that_was_mended_is_known_by_the_workbook_it_came_in(draft, actor):
    book = template(draft)
    put(book, FIRST_ROW + 2, COAL | {"unit": "筐"})
    came = upload(draft, actor, saved(book), whole=False)
    row = came.waiting[0]
    mend_row(row, actor, row.values | {"unit": "m3", "name": "原煤"})
    put(book, FIRST_ROW + 2, {"unit": "m3", "quantity": 8})
    upload(draft, actor, saved(book), whole=False)
    assert amounts(draft) == [("天然气", 1620), ("电", 100), ("煤", 8)]


# Through the page, the API and a copy


def test_a_row_renamed_on_the_page_keeps_its_key_and_a_new_one_gets_its_own(draft, actor, browser):
    before = held(draft)
    page = browser("applicant")
    address = f"/certification/applications/{draft.id}/inventory"
    version = draft.application.inventory.version
    form = {"version": version, "action": "stay", "rows-0-stage": "use", "rows-0-name": "照明"}
    for number, key in enumerate(before, start=1):
        assert f'name="rows-{number - 1}-key" value="{key}"' in page.get(address).text
        form |= {f"rows-{number}-stage": "manufacturing", f"rows-{number}-key": key,
                 f"rows-{number}-name": f"第{number}行"}  # fmt: skip
    assert page.post(address, data=form).status_code == 302
    after = held(draft)
    assert [after[key] for key in before] == ["第1行", "第2行"]
    assert len(set(after)) == 3


def test_a_row_of_which_only_the_key_is_left_is_empty(draft, browser):
    [first, *_] = held(draft)
    form = {"version": draft.application.inventory.version, "action": "stay",
            "rows-0-stage": "use", "rows-0-key": first}  # fmt: skip
    browser("applicant").post(f"/certification/applications/{draft.id}/inventory", data=form)
    assert held(draft) == {}


@pytest.mark.parametrize("key", ["一", "a b", "x" * 41, "-a"])
def test_a_key_that_cannot_be_one_is_refused_at_its_row(draft, actor, key):
    inventory = draft.application.inventory
    rows = [{"stage": "use", "name": "电", "key": key}]
    with pytest.raises(Invalid) as no:
        carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    assert no.value.fields == {"rows-0-key": "row-key-unreadable"}


# rule 25
def test_of_two_rows_sent_with_one_key_the_first_is_the_row(draft, actor):
    [gas, power] = held(draft)
    inventory = draft.application.inventory
    rows = [{"stage": "use", "name": name, "key": gas} for name in ("甲", "乙")]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    found = held(draft)
    assert found[gas] == "甲"
    assert len(found) == 2
    assert power not in found


def test_rows_that_change_places_keep_their_keys(draft, actor):
    before = held(draft)
    inventory = draft.application.inventory
    rows = [{"stage": "manufacturing", "name": name, "key": key} for key, name in reversed(before.items())]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    assert list(held(draft).items()) == [*reversed(before.items())]


# rule 25
def test_two_rows_that_exchange_their_names_stay_the_rows_their_keys_say(draft, actor):
    (one, gas), (other, power) = held(draft).items()
    inventory = draft.application.inventory
    rows = [
        {"stage": "manufacturing", "name": name, "key": key} for key, name in ((one, power), (other, gas))
    ]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    assert held(draft) == {one: power, other: gas}


def test_rows_sent_without_keys_keep_those_they_had(draft, actor):
    before = held(draft)
    inventory = draft.application.inventory
    rows = [{"stage": "manufacturing", "name": name, "quantity": 1, "unit": "m3"} for name in before.values()]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    assert held(draft) == before


def test_saving_what_stands_writes_no_row(draft, actor):
    inventory = draft.application.inventory
    rows = [{name: getattr(row, name) for name in ("key", "stage", "name", "quantity", "unit")}
            for row in inventory.rows]  # fmt: skip
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    before = [id(row) for row in inventory.rows]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    assert [id(row) for row in inventory.rows] == before
    assert not db.session.dirty


def test_keys_have_no_letters_that_make_a_number_a_day_or_a_word():
    made = {keys.new() for _time in range(200)}
    assert len(made) == 200
    for key in made:
        assert keys.is_key(key)
        assert not set(key) & set("0123456789aeiouyl")
