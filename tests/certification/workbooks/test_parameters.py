"""A workbook of models has the columns its rule asks for, and reads them as the page does."""

import io

import openpyxl
import pytest

from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW
from certification.workbooks.exchange.parameters import kind_for, why
from certification.workbooks.operations import mend_row, stage_pasted
from core.errors import Invalid
from tests.certification.graded import MODELS, GradedWorld
from tests.certification.workbooks.workbooks import saved, send, settle, template, upload
from tests.certification.world import reload


@pytest.fixture
def world(db):
    return GradedWorld()


@pytest.fixture
def draft(world):
    return world.graded()


@pytest.fixture
def actor(world):
    return world.actor("applicant")


@pytest.fixture
def kind(world):
    return kind_for(world.scheme.rules, "models")


def stated(draft) -> dict:
    return {model.code: model.parameters for model in reload(draft).models}


def book_with(draft, kind, *rows):
    """The empty workbook of the case with these rows."""
    book = template(draft, kind, source=None)
    for number, row in enumerate(rows):
        for place, value in enumerate(row, start=1):
            book.worksheets[0].cell(FIRST_ROW + number, place).value = value
    return book


def test_it_goes_out_with_what_stands_named_with_units_and_choices_in_words(draft, kind):
    book = template(draft, kind)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[HEADING_ROW]][:4] == [
        "规格型号", "规格说明", "轮胎类别", "轮辋名义直径（in）",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[FIRST_ROW]][:4] == ["YT-6015", None, "轿车", 16]
    [drop] = sheet.data_validations.dataValidation
    assert str(drop.sqref).startswith(f"C{FIRST_ROW}:C")
    assert [cell.value for cell in book["lists"]["C"]] == ["轿车", "载重"]
    told = {row[0].value: row[1].value for row in book.worksheets[-1].iter_rows() if row[0].value}
    assert told["轮辋名义直径（in）"] == "10 到 25。每档 0.5。"


def test_it_reads_back_what_the_page_would(draft, actor, kind):
    content = saved(
        book_with(draft, kind, ("A-1", "", "载重", 22.5), ("A-2", "", "Car", "16.0"), ("A-3", "x"))
    )
    came = upload(draft, actor, content, "models")
    assert (came.accepted, came.refused) == (3, 0)
    assert stated(draft) == {
        "A-1": {"vehicle": "truck", "rim": "22.5"},
        "A-2": {"vehicle": "car", "rim": "16"},
        "A-3": {},
    }


def test_the_workbook_that_went_out_changes_nothing_when_it_comes_back(draft, actor, kind):
    content = sheets.template(draft.application, kind, draft.application)
    came = upload(draft, actor, content, "models")
    assert came.refused == 0
    assert stated(draft) == MODELS


@pytest.mark.parametrize(
    ("vehicle", "rim", "errors"),
    [
        ("boat", 16, {"parameters.vehicle": "value-not-known"}),
        ("轿车", 9, {"parameters.rim": "parameter-too-small"}),
        ("轿车", 30, {"parameters.rim": "parameter-too-large"}),
        ("轿车", 16.3, {"parameters.rim": "parameter-between-steps"}),
        ("轿车", "wide", {"parameters.rim": "number-unreadable"}),
        ("boat", 9, {"parameters.vehicle": "value-not-known", "parameters.rim": "parameter-too-small"}),
    ],
)
def test_what_the_rule_refuses_waits_at_its_cell_and_the_others_count(
    draft, actor, kind, vehicle, rim, errors
):
    content = saved(book_with(draft, kind, ("YT-6015", "", vehicle, rim), ("YT-6016", "", "载重", 20)))
    came = upload(draft, actor, content, "models")
    [row] = came.rows
    assert row.errors == errors
    assert {came.cell(row, column) for column in errors} <= {f"C{FIRST_ROW}", f"D{FIRST_ROW}"}
    assert stated(draft) == MODELS  # the row that could be read, and the one that stood


def test_a_refusal_names_the_bounds_of_its_parameter_on_the_page_and_in_the_workbook(
    draft, actor, kind, client, sign_in, world
):
    browser = sign_in(client, world.people["applicant"])
    content = saved(book_with(draft, kind, ("YT-6015", "", "轿车", 9), ("YT-6016", "", "载重", 20)))
    page = send(browser, draft.application, content, "models")
    assert "不能小于 10 in" in page.text
    came = sheets.uploads(actor, draft.application, kind)[0]
    page = settle(browser, came, "apply", version=came.result_version, all="1")
    assert "不能小于 10 in" in page.text
    assert '<option value="car" selected>轿车</option>' in page.text
    book = openpyxl.load_workbook(io.BytesIO(sheets.refused(came, kind)))
    assert "不能小于 10 in" in book.worksheets[0][f"D{FIRST_ROW}"].comment.text
    assert why(world.scheme.rules, "code", "model-code-missing") != "model-code-missing"


def test_a_waiting_row_is_mended_in_words_or_slugs(draft, actor, kind):
    content = saved(book_with(draft, kind, ("YT-6015", "", "轿车", 9), ("YT-6016", "", "载重", 20)))
    [row] = upload(draft, actor, content, "models").rows
    values = {"code": "YT-6015", "specification": "", "parameters.vehicle": "载重", "parameters.rim": "9"}
    with pytest.raises(Invalid) as no:
        mend_row(row, actor, values)
    assert no.value.fields == {"parameters.rim": "parameter-too-small"}
    mend_row(row, actor, values | {"parameters.rim": "22.5"})
    assert stated(draft)["YT-6015"] == {"vehicle": "truck", "rim": "22.5"}


def test_the_difference_names_parameters_and_choices_in_words(draft, actor, kind, client, sign_in, world):
    browser = sign_in(client, world.people["applicant"])
    content = saved(book_with(draft, kind, ("YT-6015", "", "载重", 16), ("YT-6016", "", "载重", 20)))
    text = send(browser, draft.application, content, "models").text
    assert "<del>轿车</del>" in text
    assert "<ins>载重</ins>" in text
    assert "轮胎类别" in text


def test_a_workbook_without_the_columns_leaves_what_was_stated(draft, actor, kind):
    book = book_with(draft, kind, ("YT-6015", "205"), ("YT-6016", "295"), ("YT-7000", ""))
    book.worksheets[0].delete_cols(3, 2)
    upload(draft, actor, saved(book), "models")
    assert stated(draft) == {**MODELS, "YT-7000": {}}
    assert [model.specification for model in reload(draft).models] == ["205", "295", ""]


def test_a_cell_that_was_emptied_takes_the_value_away(draft, actor, kind):
    upload(draft, actor, saved(book_with(draft, kind, ("YT-6015", "", "轿车", None))), "models")
    assert stated(draft) == {"YT-6015": {"vehicle": "car"}}


def test_a_list_that_is_pasted_may_have_the_columns(draft, actor):
    text = "规格型号\t轮胎类别\t轮辋名义直径（in）\nP-1\t载重\t22.5\nP-2\t轿车\t9"
    came = stage_pasted(draft.application, actor, "models", text, "")
    assert (came.accepted, came.refused) == (1, 1)


def test_two_parameters_with_one_name_and_one_named_like_a_column_are_told_apart(world, draft, actor):
    alike = [
        {"slug": slug, "names": {"zh": name, "en": name}, "kind": "text", "per": "model", "required": "never"}
        for slug, name in (("one", "花纹"), ("two", "花纹"), ("three", "规格型号"))
    ]
    world.rule(*(("/parameters/-", each) for each in alike))
    kind = kind_for(world.scheme.rules, "models")
    headings = [str(column.heading) for column in kind.columns][4:]
    assert headings == ["花纹", "花纹 [two]", "规格型号 [three]"]
    upload(draft, actor, saved(book_with(draft, kind, ("A-1", "", "轿车", 16, "甲", "乙", "丙"))), "models")
    assert stated(draft)["A-1"] == {"vehicle": "car", "rim": "16", "one": "甲", "two": "乙", "three": "丙"}


def test_a_change_of_a_parameter_makes_the_difference_that_was_shown_stale(draft, world, actor):
    from certification.workbooks.operations import version_of

    kind = kind_for(world.scheme.rules, "models")
    before = version_of(draft.application, kind)
    draft.state_all({}, {**MODELS, "YT-6015": {"vehicle": "car", "rim": "17"}})
    assert version_of(reload(draft), kind) != before
