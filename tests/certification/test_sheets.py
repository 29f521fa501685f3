"""Excel there and back: what is right is kept, what is wrong waits at its cell, and every row is counted."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from carbon import operations as carbon
from certification import operations
from certification.exchange import INVENTORY, MODELS, read
from certification.exchange.columns import FIRST_ROW, HEADING_ROW
from certification.models import SheetUpload
from certification.operations.sheets import drop_row, mend_row, take_sheet
from certification.queries import sheets
from core.db import db
from core.errors import Invalid, NotFound, OutOfOrder
from tests import factories
from tests.certification.world import reload

LETTERS = {slug: openpyxl.utils.get_column_letter(n) for n, slug in enumerate(INVENTORY.slugs, start=1)}
GOOD = {"stage": "manufacturing", "name": "天然气", "quantity": 1620, "unit": "m3", "own_value": 2.16,
        "own_unit": "kgCO2e/m3", "own_source": "检验报告", "quality": "A"}  # fmt: skip


@pytest.fixture
def draft(world):
    return world.case("draft")


@pytest.fixture
def actor(world):
    return world.actor("applicant")


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


def upload(case, actor, content: bytes, kind="inventory", name="表.xlsx", **more) -> SheetUpload:
    return take_sheet(case.application, actor, kind, content, name, **more)


def names(case) -> list[str]:
    return [row.name for row in reload(case).inventory.rows]


def contents(case) -> list[tuple]:
    rows = reload(case).inventory.rows
    return [(row.stage, row.name, row.quantity, row.own_value, row.evidence) for row in rows]


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
    operations.update_application(
        draft.application, actor, draft.application.version, models=[{"code": code}]
    )
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
    assert (came.rows_read, came.accepted, came.refused, came.taken) == (4, 0, 4, False)
    assert names(draft) == ["坯料", "烧成用天然气"]
    assert came.waiting == []
    assert len(came.rows) == 3


# ask 5
def test_the_result_page_states_rows_read_accepted_and_refused(draft, browser):
    page = send(browser("applicant"), draft, filled(draft, GOOD, GOOD | {"quantity": "x"}))
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
        (lambda s: s.__setitem__("C6", "数量"), "sheet-columns-unknown", ["数量"]),
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
def test_a_formula_is_never_run_but_refused_at_its_cell(draft, actor, value):
    came = upload(draft, actor, filled(draft, GOOD, GOOD | {"quantity": value}))
    assert came.waiting[0].errors == {"quantity": "cell-is-formula"}


def test_the_period_and_the_output_come_from_above_the_rows(draft, actor):
    def head(book):
        sheet = book.worksheets[0]
        sheet["A4"], sheet["B4"], sheet["C4"] = "2025-01-01", "2025-12-31", 4210.5

    upload(draft, actor, filled(draft, GOOD, more=head))
    inventory = reload(draft).inventory
    assert (str(inventory.period_from), inventory.output_amount) == ("2025-01-01", Decimal("4210.5"))


def test_a_wrong_head_is_told_and_the_old_one_stays(draft, actor):
    def head(book):
        book.worksheets[0]["A4"], book.worksheets[0]["C4"] = "去年", -3

    came = upload(draft, actor, filled(draft, GOOD, more=head))
    assert {(item["cell"], item["slug"]) for item in came.head} == {
        ("A4", "date-unreadable"), ("C4", "number-not-above-zero"),
    }  # fmt: skip
    assert reload(draft).inventory.output_amount == Decimal(1)


# Uploads are not trusted


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def with_member(content: bytes, name: str, body: bytes = b"x") -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, body)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "slug"),
    [("表.xlsm", "sheet-has-macros"), ("表.xls", "sheet-has-macros"), ("表.csv", "sheet-not-xlsx"),
     ("表", "sheet-not-xlsx")],
)  # fmt: skip
def test_only_plain_workbooks_are_taken(draft, actor, name, slug):
    with pytest.raises(Invalid) as no:
        upload(draft, actor, filled(draft, GOOD), name=name)
    assert no.value.slug == slug


@pytest.mark.parametrize(
    ("member", "slug"),
    [("xl/vbaProject.bin", "sheet-has-macros"), ("xl/externalLinks/1.xml", "sheet-links-elsewhere"),
     ("xl/embeddings/a.bin", "sheet-has-macros"), ("xl/connections.xml", "sheet-links-elsewhere")],
)  # fmt: skip
def test_macros_and_links_are_refused_whatever_the_file_is_called(draft, actor, member, slug):
    with pytest.raises(Invalid) as no:
        upload(draft, actor, with_member(filled(draft, GOOD), member))
    assert no.value.slug == slug


def test_a_package_that_unpacks_beyond_measure_is_refused_before_it_is_unpacked(draft, actor):
    bomb = with_member(filled(draft, GOOD), "xl/media/a.xml", b"")
    huge = packed(**{"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b" " * (61 * 1024 * 1024)})
    for content in (huge, bomb + b"x" * (5 * 1024 * 1024)):
        with pytest.raises(Invalid) as no:
            upload(draft, actor, content)
        assert no.value.slug == "sheet-too-large"


def test_a_part_with_entities_is_refused(draft, actor):
    declared = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(Invalid) as no:
        upload(draft, actor, with_member(filled(draft, GOOD), "xl/extra.xml", declared))
    assert no.value.slug == "sheet-unreadable"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", packed(**{"a.txt": b"x"})])
def test_what_is_no_workbook_is_refused(draft, actor, content):
    with pytest.raises(Invalid) as no:
        upload(draft, actor, content)
    assert no.value.slug == "sheet-not-xlsx"


def test_too_many_rows_are_refused(draft, actor):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("规格型号")
    sheet.write_row(5, 0, ["规格型号", "规格说明"])
    for number in range(501):
        sheet.write_row(6 + number, 0, [f"M-{number}", ""])
    book.close()
    with pytest.raises(Invalid) as no:
        upload(draft, actor, file.getvalue(), "models")
    assert no.value.slug == "rows-too-many"


# Again, late, and locked


def test_the_same_file_again_changes_nothing(draft, actor):
    content = filled(draft, GOOD, GOOD | {"quantity": "x"}, GOOD | {"name": "煤"})
    first = upload(draft, actor, content)
    version = reload(draft).inventory.version
    again = upload(draft, actor, content)
    assert again.id == first.id
    assert reload(draft).inventory.version == version
    assert db.session.query(SheetUpload).count() == 1


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_without_asking(draft, actor):
    content = filled(draft, GOOD)
    inventory = draft.application.inventory
    carbon.save_inventory(inventory, actor, {"output_amount": "7"}, None, inventory.version)
    with pytest.raises(OutOfOrder) as no:
        upload(draft, actor, content)
    assert no.value.slug == "sheet-is-stale"
    assert upload(draft, actor, content, overwrite=True).accepted == 1


def test_the_file_mended_and_sent_again_is_no_conflict_with_its_own_first_try(draft, actor):
    book = template(draft, source=None)
    put(book, FIRST_ROW, GOOD)
    put(book, FIRST_ROW + 1, GOOD | {"quantity": "x"})
    upload(draft, actor, saved(book))
    put(book, FIRST_ROW + 1, {"quantity": 5})
    again = upload(draft, actor, saved(book))
    assert (again.accepted, again.refused) == (2, 0)
    assert len(names(draft)) == 2


def test_the_refused_rows_come_back_alone_with_their_reasons_and_add_to_the_case(draft, actor):
    first = upload(draft, actor, filled(draft, GOOD, GOOD | {"name": "电", "quantity": "x"}))
    book = openpyxl.load_workbook(io.BytesIO(sheets.refused(first, INVENTORY)))
    sheet = book.worksheets[0]
    cell = sheet[f"{LETTERS['quantity']}{FIRST_ROW}"]
    assert "应填写数字" in cell.comment.text
    assert "应填写数字" in sheet.cell(FIRST_ROW, len(INVENTORY.columns) + 1).value
    put(book, FIRST_ROW, {"quantity": 12})
    content = saved(book)
    second = upload(draft, actor, content)
    assert (second.rows_read, second.accepted, second.supplement_id) == (1, 1, first.id)
    assert names(draft) == ["天然气", "电"]
    assert first.waiting == []
    assert upload(draft, actor, content).id == second.id


def test_refused_rows_that_were_settled_cannot_be_added_twice(draft, actor):
    first = upload(draft, actor, filled(draft, GOOD, GOOD | {"quantity": "x"}))
    content = sheets.refused(first, INVENTORY)
    drop_row(first.waiting[0], actor)
    with pytest.raises(OutOfOrder) as no:
        upload(draft, actor, content)
    assert no.value.slug == "sheet-rows-settled"


def test_a_waiting_row_is_mended_on_the_page_or_given_up(draft, actor):
    came = upload(draft, actor, filled(draft, GOOD, GOOD, GOOD | {"quantity": "x"}, GOOD | {"unit": "箩筐"}))
    first, second = came.waiting
    with pytest.raises(Invalid) as no:
        mend_row(first, actor, first.values | {"quantity": "y"})
    assert no.value.fields == {"quantity": "number-unreadable"}
    mend_row(first, actor, first.values | {"quantity": "9"})
    drop_row(second, actor)
    assert [row.outcome for row in came.rows] == ["accepted", "dropped"]
    assert reload(draft).inventory.rows[-1].quantity == Decimal(9)
    with pytest.raises(OutOfOrder):
        drop_row(second, actor)


def test_a_case_that_was_handed_in_takes_no_workbook(world, actor):
    case = world.case("submitted")
    with pytest.raises(OutOfOrder) as no:
        upload(case, actor, filled(case, GOOD))
    assert no.value.slug == "application-not-editable"


def test_a_correction_that_does_not_open_the_models_refuses_a_list_of_models(world, actor):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "producer", "text": "地址不全"}])
    content = sheets.template(case.application, MODELS, case.application)
    with pytest.raises(OutOfOrder) as no:
        upload(case, actor, content, "models")
    assert no.value.slug == "section-not-open"


def test_models_are_listed_once_and_need_a_code(draft, actor):
    book = template(draft, MODELS, source=None)
    sheet = book.worksheets[0]
    for number, (code, text) in enumerate(
        [("A-1", ""), ("A-1", "again"), ("", "no code"), ("A-2", ""), ("A-3", "")]
    ):
        sheet.cell(FIRST_ROW + number, 1).value = code
        sheet.cell(FIRST_ROW + number, 2).value = text
    came = upload(draft, actor, saved(book), "models")
    assert (came.accepted, came.refused) == (3, 2)
    assert [row.errors for row in came.rows] == [
        {"code": "model-listed-twice"},
        {"code": "model-code-missing"},
    ]
    assert [model.code for model in reload(draft).models] == ["A-1", "A-2", "A-3"]


def test_another_organisation_finds_neither_the_upload_nor_its_rows(draft, actor):
    came = upload(draft, actor, filled(draft, GOOD, GOOD | {"quantity": "x"}))
    stranger = factories.actor("manufacturer", "applicant")
    for ask in (lambda: sheets.upload(stranger, came.id), lambda: sheets.row(stranger, came.rows[0].id)):
        with pytest.raises(NotFound):
            ask()


# The pages


def send(browser, case, content: bytes, kind="inventory", name="表.xlsx", **fields):
    address = f"/certification/applications/{case.id}/sheets/{kind}"
    answer = browser.post(address, data={"file": (io.BytesIO(content), name), **fields})
    return browser.get(answer.location) if answer.status_code == 303 else answer


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
    row = db.session.query(SheetUpload).one().rows[0]
    wrong = maker.post(f"/certification/applications/sheets/rows/{row.id}/mend", data=row.values)
    assert wrong.status_code == 422
    assert "箩筐" in wrong.text
    settled = maker.post(
        f"/certification/applications/sheets/rows/{row.id}/mend", data=row.values | {"unit": "m3"}
    )
    assert settled.status_code == 303
    assert len(names(draft)) == 2


def test_the_page_of_a_stale_workbook_offers_to_overwrite(draft, actor, browser):
    content = filled(draft, GOOD)
    inventory = draft.application.inventory
    carbon.save_inventory(inventory, actor, {"output_amount": "7"}, None, inventory.version)
    db.session.commit()
    page = send(browser("applicant"), draft, content)
    assert page.status_code == 409
    assert 'name="overwrite"' in page.text
    assert "接受 1 行" in send(browser("applicant"), draft, content, overwrite="1").text


def test_a_thousand_rows_go_out_and_come_back(draft, actor):
    rows = [GOOD | {"name": f"源 {number}", "quantity": number + 1} for number in range(1000)]
    came = upload(draft, actor, filled(draft, *rows))
    assert came.accepted == 1000
    content = sheets.template(draft.application, INVENTORY, draft.application)
    assert len(read(INVENTORY, content, "x.xlsx").lines) == 1000
