"""A workbook that is hostile, sent twice, late, or for what is not open takes nothing it should not."""

import io
import itertools
import zipfile
from copy import deepcopy
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, INVENTORY, MODELS
from certification.workbooks.exchange.read import read
from certification.workbooks.models import SheetUpload
from certification.workbooks.operations import drop_row, mend_row, staging
from core.db import db
from core.errors import Invalid, NotFound, OutOfOrder
from tests import factories
from tests.certification.workbooks.workbooks import (
    GOOD,
    LETTERS,
    NUMBERED,
    filled,
    names,
    put,
    saved,
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
    [("表.xlsm", "sheet-has-macros"), ("表.xls", "sheet-has-macros"), ("表.txt", "sheet-not-xlsx"),
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


def test_a_workbook_of_more_than_five_megabytes_is_refused_unopened(draft, actor):
    with pytest.raises(Invalid) as no:
        upload(draft, actor, filled(draft, GOOD) + b"x" * (5 * 1024 * 1024))
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
    reason = next(cell.column for cell in sheet[FIRST_ROW - 1] if cell.value == "退回原因")
    assert "应填写数字" in sheet.cell(FIRST_ROW, reason).value
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
        with pytest.raises(NotFound, match="sheet-not-found"):
            ask()


def test_a_correction_of_one_row_takes_a_workbook_that_leaves_the_others_alone(world, actor):
    case = world.case("draft")
    whole = template(case)
    case.to("submitted")
    points = [{"anchor": "inventory.row:1", "text": "核对燃气用量"}]
    case.take("correct", "application_reviewer", points=points)
    book = template(case)
    put(book, FIRST_ROW, {"quantity": 2}, NUMBERED)
    assert upload(case, actor, saved(book)).accepted == 1
    assert [row.quantity for row in case.application.inventory.rows] == [1, 2]
    book, sheet = whole, whole.worksheets[0]
    sheet[f"{LETTERS['quantity']}{FIRST_ROW}"] = 9
    with pytest.raises(OutOfOrder) as no:
        upload(case, actor, saved(book))
    assert no.value.slug == "section-not-open"


def test_a_supplement_that_is_mostly_wrong_leaves_the_waiting_rows_waiting(draft, actor, browser):
    bad = [GOOD | {"quantity": "x", "name": f"源{number}"} for number in range(4)]
    first = upload(draft, actor, filled(draft, *([GOOD] * 6), *bad))
    again = upload(draft, actor, sheets.refused(first, INVENTORY), name="补.xlsx")
    assert (again.outcome, len(first.waiting)) == ("refused", 4)
    db.session.commit()
    page = browser("applicant").get(f"/certification/applications/{draft.id}/sheets/inventory").text
    assert page.count("收下这一行") == 4
    assert "读入 4 行，接受 0 行，退回 4 行" in page


# A row counts once, whatever was uploaded before


def sent(*rows: dict) -> bytes:
    """A workbook of one's own with our headings, as of a ledger kept elsewhere."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("活动数据")
        sheet.write_row(0, 0, [str(column.heading) for column in INVENTORY.columns])
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row.get(slug, "") for slug in INVENTORY.slugs])
    return file.getvalue()


FIRST, SECOND = GOOD | {"name": "电一", "quantity": 100}, GOOD | {"name": "电二", "quantity": 200}
SENT = {
    "one waits": sent(FIRST, SECOND | {"stage": ""}),
    "all wrong": sent(*[{"name": "甲", "quantity": 1}] * 12),
    "both right": sent(FIRST, SECOND),
}


def test_no_order_of_uploads_counts_a_row_twice(draft, actor, monkeypatch):
    """What still waits is mended at the end; a row that stands already never waits."""
    opened = {content: read(INVENTORY, content, "表.xlsx") for content in SENT.values()}
    monkeypatch.setattr(staging, "read", lambda _kind, content, _name: deepcopy(opened[content]))
    for order in itertools.product(SENT, repeat=3):
        outside = db.session.begin_nested()
        for which in order:
            upload(draft, actor, SENT[which])
        for came in sheets.uploads(actor, draft.application, INVENTORY):
            for row in came.waiting:
                mend_row(row, actor, row.values | {"stage": "manufacturing"})
        counted = sorted((row.name, row.quantity) for row in reload(draft).inventory.rows)
        assert len(dict(counted)) == len(counted), order
        if order[-1] == "both right" or {"one waits", "both right"} & set(order):
            assert counted == [("电一", 100), ("电二", 200)], order
        outside.rollback()
        db.session.expire_all()


def test_after_a_workbook_that_lists_everything_no_earlier_row_waits(draft, actor):
    for content in SENT.values():
        upload(draft, actor, content)
    assert [came.waiting for came in sheets.uploads(actor, draft.application, INVENTORY)] == [[], [], []]
    assert sum(row.quantity for row in reload(draft).inventory.rows) == 300


def test_a_workbook_sent_again_after_its_row_was_mended_changes_nothing(draft, actor):
    came = upload(draft, actor, SENT["one waits"])
    mend_row(came.waiting[0], actor, came.waiting[0].values | {"stage": "manufacturing"})
    assert upload(draft, actor, SENT["one waits"]).id == came.id
    assert sum(row.quantity for row in reload(draft).inventory.rows) == 300
