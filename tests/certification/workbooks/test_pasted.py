"""What was copied out of a spreadsheet and pasted is read as a file is, and shown as a difference."""

from decimal import Decimal

import pytest

from certification.workbooks.models import SheetUpload
from certification.workbooks.operations import Chosen, apply_sheet, compared
from certification.workbooks.operations.staging import stage_pasted
from core.db import db
from core.errors import Invalid
from tests.certification.workbooks.workbooks import GOOD, filled, upload
from tests.certification.world import reload


@pytest.fixture
def actor(world):
    return world.actor("applicant")


@pytest.fixture
def draft(world, actor):
    case = world.case("draft")
    upload(case, actor, filled(case, GOOD))
    return case


def pasted(case, actor, text: str, stage="manufacturing") -> SheetUpload:
    return stage_pasted(case.application, actor, "inventory", text, stage)


def rows(case) -> list[tuple]:
    return [(row.stage, row.name, row.quantity, row.unit, row.kind) for row in reload(case).inventory.rows]


@pytest.mark.parametrize(
    "text",
    [
        "电\t1,200\tkWh",
        "排放源\t活动量\t单位\n电\t1200\tkWh",
        "序号\t单位\t排放源\t活动量\r\n1\tkWh\t电\t1200\r\n",
        "生产制造\t电\t1200\tkWh",
        "某厂台账\n\n单位\t活动量\t阶段\t排放源\nkWh\t1200\t生产制造\t电\n\t1200\t\t合计",
    ],
)
def test_cells_are_read_under_their_headings_or_in_the_order_of_the_grid(draft, actor, text):
    came = pasted(draft, actor, text)
    assert [entry.what for entry in compared(came).entries] == ["new", "gone"]
    apply_sheet(came, actor, came.result_version, Chosen(lines=frozenset({0})))
    assert rows(draft)[1:] == [("manufacturing", "电", Decimal(1200), "kWh", "activity")]


def test_columns_that_were_not_copied_leave_the_row_as_it_stands(draft, actor):
    came = pasted(draft, actor, "天然气\t1700\tm3")
    [entry] = compared(came).entries
    assert (entry.what, entry.changes) == ("changed", ("quantity",))
    apply_sheet(came, actor, came.result_version, Chosen(lines=frozenset({0})))
    [row] = reload(draft).inventory.rows
    assert (row.quantity, row.own_value, row.quality) == (1700, Decimal("2.16"), "A")


def test_a_part_of_the_sheet_of_a_kind_changes_that_part(draft, actor):
    whole = "排放源\t活动量\t单位\t熟料中的氧化钙\t熟料中的氧化镁\t料耗比（生料与熟料）\t生料中的非燃料碳"
    first = pasted(draft, actor, f"{whole}\n一号窑\t1000\tt\t64.5%\t2.1 %\t1.53 t/t\t0.2%")
    apply_sheet(first, actor, first.result_version, Chosen(lines=frozenset({0})))
    second = pasted(draft, actor, "排放源\t熟料中的氧化钙\t熟料中的氧化镁\n一号窑\t65 %\t2.10 %")
    [entry, _gone] = compared(second).entries
    assert (entry.what, entry.changes) == ("changed", ("cao",))
    apply_sheet(second, actor, second.result_version, Chosen(lines=frozenset({0})))
    kiln = reload(draft).inventory.rows[1]
    assert (kiln.kind, kiln.quantity) == ("clinker", 1000)
    assert {name: kept["amount"] for name, kept in kiln.stated.items()} == {
        "cao": "65", "mgo": "2.1", "raw_meal_ratio": "1.53", "organic_carbon": "0.2",
    }  # fmt: skip


def test_a_cell_that_cannot_be_read_is_named_and_the_row_waits(draft, actor):
    came = pasted(draft, actor, "电\t很多\tkWh\n柴油\t3\tt")
    apply_sheet(came, actor, came.result_version, Chosen(lines=frozenset({1})))
    [row] = came.waiting
    assert (row.errors, row.values["stage"]) == ({"quantity": "number-unreadable"}, "manufacturing")


def test_more_than_a_file_may_hold_is_refused(draft, actor):
    with pytest.raises(Invalid) as no:
        pasted(draft, actor, "x" * 6_000_000)
    assert no.value.slug == "sheet-too-large"


def test_models_are_pasted_as_well(draft, actor):
    came = stage_pasted(draft.application, actor, "models", "YH-1\t600×600\nYH-2\t800×800", "")
    assert [line.values for line in compared(came).lines] == [
        {"code": "YH-1", "specification": "600×600"}, {"code": "YH-2", "specification": "800×800"},
    ]  # fmt: skip


def test_the_same_text_for_another_stage_is_not_the_same(draft, actor):
    one = pasted(draft, actor, "电\t1\tkWh")
    assert pasted(draft, actor, "电\t1\tkWh").id == one.id
    assert pasted(draft, actor, "电\t1\tkWh", "raw_material").id != one.id


def test_the_grid_saves_what_was_typed_and_shows_what_the_paste_would_change(draft, browser):
    maker, address = browser("applicant"), f"/certification/applications/{draft.id}/inventory"
    stored = reload(draft).inventory
    head = {"version": stored.version, "output_amount": "77", "output_unit": "m2"}
    gas = {"stage": "manufacturing", "name": "天然气", "quantity": "5", "unit": "m3"}
    typed = head | {f"rows-0-{column}": value for column, value in gas.items()}
    sent = maker.post(
        address, data=typed | {"action": "paste", "pasted": "电\t9\tkWh", "pasted_stage": "use"}
    )
    assert sent.status_code == 307
    page = maker.post(
        sent.location, data={"pasted": "电\t9\tkWh", "pasted_stage": "use"}, follow_redirects=True
    )
    assert "表格和案卷的差别" in page.text
    assert reload(draft).inventory.output_amount == 77
    came = db.session.query(SheetUpload).filter_by(outcome="staged").one()
    assert compared(came).lines[0].values["stage"] == "use"


def test_an_empty_box_is_told(draft, browser):
    maker, address = browser("applicant"), f"/certification/applications/{draft.id}/sheets/inventory"
    page = maker.post(address, data={"pasted": " \n", "pasted_stage": "use"})
    assert page.status_code == 422
    assert "先把表格里的内容粘贴到框里" in page.text
