"""Excel there and back: what is right is kept, what is wrong waits at its cell, and every row is counted."""

import io
from decimal import Decimal

import openpyxl
import pytest

from carbon import operations as carbon
from certification.application.operations.applications import update_application
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW, INVENTORY, MODELS
from certification.workbooks.exchange.read import read
from certification.workbooks.models import SheetUpload
from certification.workbooks.operations import mend_row
from core.db import db
from core.errors import Invalid
from tests.certification.workbooks.workbooks import (
    GOOD,
    LETTERS,
    contents,
    filled,
    names,
    put,
    saved,
    send,
    settle,
    template,
    upload,
)
from tests.certification.world import reload


@pytest.fixture
def draft(world):
    return world.case("draft")


@pytest.fixture
def actor(world):
    return world.actor("applicant")


# What goes out


def test_a_workbook_says_for_which_case_and_by_which_template_it_was_made(draft):
    book = template(draft)
    first = [cell.value for row in book.worksheets[0].iter_rows(max_row=2) for cell in row if cell.value]
    assert draft.application.number in first
    assert "inventory-1" in first
    properties = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert (properties["case"], properties["template"]) == (draft.application.number, "inventory-1")


def test_a_workbook_comes_with_the_rows_of_the_case_and_drop_downs(draft):
    carbon.load_factors()
    sheet = template(draft).worksheets[0]
    assert [cell.value for cell in sheet[FIRST_ROW]][:4] == ["原材料获取", "坯料", 1, "m2"]
    offered = [drop for drop in sheet.data_validations.dataValidation if ":" in str(drop.sqref)]
    ranges = {str(drop.sqref).split(":")[0].rstrip("0123456789"): drop for drop in offered}
    assert {LETTERS[slug] for slug in ("stage", "unit", "factor_code", "quality")} <= set(ranges)
    assert ranges[LETTERS["factor_code"]].formula1.startswith("'因子库'!$A$2:$A$")
    assert "VLOOKUP" in ranges[LETTERS["unit"]].formula1


def test_the_units_offered_beside_a_factor_are_those_that_fit_it(draft):
    carbon.load_factors()
    book = template(draft)
    library, lists = book["因子库"], book["lists"]
    row = next(r for r in library.iter_rows(min_row=2) if r[2].value == "kgCO2e/kWh")
    group = row[4].value + 1
    units = [lists.cell(2 + n, group).value for n in range(1, lists.cell(1, group).value + 1)]
    assert "kWh" in units
    assert "kg" not in units
    assert lists.sheet_state == "hidden"


# ask 30
@pytest.mark.parametrize("code", ["0012", "=SUM(A1)", "+86", "-5", "@x", "1E5", "YT-6015"])
def test_codes_go_out_as_text_and_come_back_the_same(draft, actor, code):
    update_application(draft.application, actor, draft.application.version, models=[{"code": code}])
    cell = template(draft, MODELS).worksheets[0].cell(FIRST_ROW, 1)
    assert (cell.data_type, cell.value, cell.number_format) == ("s", code, "@")
    sent = sheets.template(draft.application, MODELS, draft.application)
    assert read(MODELS, sent, "x.xlsx").lines[0].values["code"] == code


def test_a_workbook_may_begin_with_an_earlier_case_but_not_with_its_period(world, draft):
    earlier = world.case("draft")
    inventory = earlier.application.inventory
    head = {"period_from": "2024-01-01", "period_to": "2024-12-31"}
    carbon.save_inventory(inventory, world.actor("applicant"), head, None, inventory.version)
    assert sheets.sources(world.actor("applicant"), draft.application) == [earlier.application]
    content = sheets.template(draft.application, INVENTORY, earlier.application)
    sheet = read(INVENTORY, content, "x.xlsx")
    assert [line.values["name"] for line in sheet.lines] == ["坯料", "烧成用天然气"]
    assert sheet.head.values["period_from"] == ""
    assert sheet.marks["case"] == draft.application.number


def test_what_was_downloaded_comes_back_unchanged(draft, actor):
    before = [
        (row.stage, row.name, row.quantity, row.own_value, row.evidence)
        for row in draft.application.inventory.rows
    ]
    came = upload(draft, actor, sheets.template(draft.application, INVENTORY, draft.application))
    assert (came.rows_read, came.accepted, came.refused) == (2, 2, 0)
    assert contents(draft) == before


def test_a_number_no_spreadsheet_can_hold_keeps_its_digits(draft, actor):
    exact = Decimal("1234567890.12345678901")
    came = upload(draft, actor, filled(draft, GOOD | {"quantity": "1234567890.12345678901"}))
    assert came.accepted == 1
    again = upload(draft, actor, sheets.template(draft.application, INVENTORY, draft.application))
    assert again.accepted == 1
    assert reload(draft).inventory.rows[0].quantity == exact


def test_english_headings_and_words_are_read_as_well(app, draft, actor):
    from flask_babel import force_locale

    with force_locale("en"):
        content = sheets.template(draft.application, INVENTORY, draft.application)
    assert upload(draft, actor, content).accepted == 2
    assert [row.stage for row in reload(draft).inventory.rows] == ["raw_material", "manufacturing"]


# What comes back


# ask 4
def test_one_bad_row_does_not_kill_the_file_and_is_named_by_its_cell(draft, actor):
    bad = GOOD | {"name": "电", "quantity": "很多"}
    came = upload(draft, actor, filled(draft, GOOD, bad, GOOD | {"name": "柴油"}))
    assert (came.rows_read, came.accepted, came.refused) == (3, 2, 1)
    assert names(draft) == ["天然气", "柴油"]
    [row] = came.waiting
    assert came.cell(row, "quantity") == f"{LETTERS['quantity']}{FIRST_ROW + 1}"
    assert row.errors == {"quantity": "number-unreadable"}


# ask 4
def test_above_half_wrong_nothing_is_taken(draft, actor):
    bad = GOOD | {"unit": "箩筐"}
    came = upload(draft, actor, filled(draft, GOOD, bad, bad, bad))
    assert (came.rows_read, came.accepted, came.refused, came.outcome) == (4, 0, 4, "refused")
    assert names(draft) == ["坯料", "烧成用天然气"]
    assert came.waiting == []
    assert len(came.rows) == 3


# ask 5
def test_the_result_page_states_rows_read_accepted_and_refused(draft, browser):
    maker = browser("applicant")
    page = send(maker, draft, filled(draft, GOOD, GOOD | {"quantity": "x"}))
    assert f"{LETTERS['quantity']}{FIRST_ROW + 1}" in page.text
    upload = db.session.query(SheetUpload).one()
    page = settle(maker, upload, "apply", version=upload.result_version, all="1")
    assert "读入 2 行，接受 1 行，退回 1 行" in page.text
    assert f"{LETTERS['quantity']}{FIRST_ROW + 1}" in page.text


# ask 5
def test_a_file_that_is_not_taken_at_all_states_it_as_well(draft, browser):
    page = send(browser("applicant"), draft, b"not a workbook")
    assert page.status_code == 422
    assert "读入 0 行，接受 0 行，退回 0 行" in page.text


# ask 6
@pytest.mark.parametrize(
    ("change", "slug", "columns"),
    [
        (lambda s: s.__setitem__("C6", "数量"), "sheet-columns-missing", ["活动量"]),
        (lambda s: s.__setitem__("C6", None), "sheet-columns-missing", ["活动量"]),
        (lambda s: s.__setitem__("C6", "单位"), "sheet-columns-twice", ["单位"]),
        (lambda s: s.delete_rows(HEADING_ROW), "sheet-headings-missing", None),
    ],
)
def test_wrong_headings_are_named_with_the_template_that_is_expected(draft, actor, change, slug, columns):
    content = filled(draft, GOOD, more=lambda book: change(book.worksheets[0]))
    with pytest.raises(Invalid) as no:
        upload(draft, actor, content)
    assert (no.value.slug, no.value.detail.get("columns")) == (slug, columns)
    assert no.value.detail["expected"] == "inventory-1"


# ask 6
def test_another_template_is_refused_by_its_name(draft, actor):
    content = sheets.template(draft.application, MODELS, draft.application)
    with pytest.raises(Invalid) as no:
        upload(draft, actor, content)
    assert (no.value.slug, no.value.detail) == (
        "sheet-template-other", {"named": "models-1", "expected": "inventory-1"},
    )  # fmt: skip


def test_columns_may_stand_in_another_order(draft, actor):
    def turned(book):
        sheet = book.worksheets[0]
        for row in (HEADING_ROW, FIRST_ROW):
            sheet[f"A{row}"], sheet[f"B{row}"] = sheet[f"B{row}"].value, sheet[f"A{row}"].value

    assert upload(draft, actor, filled(draft, GOOD, more=turned)).letters["stage"] == "B"
    assert names(draft) == ["天然气"]


def test_a_workbook_of_another_case_is_refused(world, draft, actor):
    other = world.case("draft")
    with pytest.raises(Invalid) as no:
        upload(draft, actor, sheets.template(other.application, INVENTORY, other.application))
    assert no.value.slug == "sheet-of-another-case"


@pytest.mark.parametrize("value", ["=1+1", '=HYPERLINK("http://x")'])
def test_a_formula_without_a_stored_value_is_never_run_but_refused_at_its_cell(draft, actor, value):
    came = upload(draft, actor, filled(draft, GOOD, GOOD | {"quantity": value}))
    assert came.waiting[0].errors == {"quantity": "cell-is-formula"}


def test_the_period_and_the_output_come_from_above_the_rows(draft, actor):
    def head(book):
        sheet = book.worksheets[0]
        sheet["A4"], sheet["B4"], sheet["C4"] = "2025-01-01", "2025-12-31", 4210.5

    upload(draft, actor, filled(draft, GOOD, more=head))
    inventory = reload(draft).inventory
    assert (str(inventory.period_from), inventory.output_amount) == ("2025-01-01", Decimal("4210.5"))


def test_a_wrong_head_waits_with_what_was_typed_and_the_old_one_stays(draft, actor):
    def head(book):
        book.worksheets[0]["A4"], book.worksheets[0]["C4"] = "去年", -3

    came = upload(draft, actor, filled(draft, GOOD, more=head))
    [row] = came.waiting
    assert (row.values, row.errors) == (
        {"period_from": "去年", "output_amount": "-3"},
        {"period_from": "date-unreadable", "output_amount": "number-not-above-zero"},
    )
    assert [came.cell(row, slug) for slug in ("period_from", "output_amount")] == ["A4", "C4"]
    assert reload(draft).inventory.output_amount == Decimal(1)
    with pytest.raises(Invalid) as no:
        mend_row(row, actor, {"period_from": "2025-01-01", "output_amount": ""})
    assert no.value.fields == {"output_amount": "value-missing"}
    mend_row(row, actor, {"period_from": "2025-01-01", "output_amount": "3"})
    assert reload(draft).inventory.output_amount == Decimal(3)
    assert came.waiting == []


# The pages


def test_a_workbook_is_downloaded_filled_and_uploaded_through_the_pages(draft, browser):
    maker = browser("applicant")
    address = f"/certification/applications/{draft.id}/sheets/inventory"
    sent = maker.get(f"{address}.xlsx?from=empty")
    assert "xlsx" in sent.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(sent.data))
    put(book, FIRST_ROW, GOOD)
    put(book, FIRST_ROW + 1, GOOD | {"unit": "箩筐"})
    page = send(maker, draft, saved(book))
    assert "没有这个单位" in page.text
    upload = db.session.query(SheetUpload).one()
    settle(maker, upload, "replace", version=upload.result_version, sure="1")
    row = db.session.query(SheetUpload).one().rows[0]
    wrong = maker.post(f"/certification/applications/sheets/rows/{row.id}/mend", data=row.values)
    assert wrong.status_code == 422
    assert "箩筐" in wrong.text
    settled = maker.post(
        f"/certification/applications/sheets/rows/{row.id}/mend", data=row.values | {"unit": "m3"}
    )
    assert settled.status_code == 303
    assert len(names(draft)) == 2


def test_a_thousand_rows_go_out_and_come_back(draft, actor):
    rows = [GOOD | {"name": f"源 {number}", "quantity": number + 1} for number in range(1000)]
    came = upload(draft, actor, filled(draft, *rows))
    assert came.accepted == 1000
    content = sheets.template(draft.application, INVENTORY, draft.application)
    assert len(read(INVENTORY, content, "x.xlsx").lines) == 1000
