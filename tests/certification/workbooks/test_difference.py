"""A workbook is shown as a difference before it counts, and what cannot be read stays a row of the case."""

import io
from decimal import Decimal

import openpyxl
import pytest

from carbon import operations as carbon
from certification.application.queries.applications import missing
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, INVENTORY, MODELS
from certification.workbooks.models import SheetUpload
from certification.workbooks.operations import Chosen, apply_sheet, compared, drop_row, drop_sheet, mend_row
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.workbooks.workbooks import (
    GOOD,
    LETTERS,
    filled,
    listed,
    names,
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
def draft(world):
    """A draft that holds gas and power."""
    case = world.case("draft")
    upload(case, world.actor("applicant"), filled(case, GAS, POWER))
    return case


@pytest.fixture
def actor(world):
    return world.actor("applicant")


def quantities(case) -> dict[str, Decimal]:
    return {row.name: row.quantity for row in reload(case).inventory.rows}


def seen(came: SheetUpload) -> list[tuple]:
    """(what, name) of every row of the comparison."""
    found = compared(came)
    return [
        (
            each.what,
            found.lines[each.line].values["name"]
            if each.line is not None
            else found.stands[each.place]["name"],
        )
        for each in found.entries
    ]


# Nothing counts before it is applied


def test_an_upload_is_a_difference_and_changes_nothing_before_it_is_applied(draft, actor):
    before = quantities(draft)
    came = stage(draft, actor, filled(draft, GAS, COAL, POWER | {"quantity": "x"}))
    assert seen(came) == [("same", "天然气"), ("new", "煤"), ("unread", "电")]
    assert (quantities(draft), reload(draft).unread) == (before, [])
    assert "activity-not-applied" in missing(reload(draft))
    apply_sheet(came, actor, came.result_version, listed(came))
    assert quantities(draft) == before | {"煤": 7}


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (Chosen(), {"天然气": 1620, "电": 100}),
        (Chosen(lines=frozenset({0})), {"天然气": 5, "电": 100}),
        (Chosen(lines=frozenset({1})), {"天然气": 1620, "电": 100, "煤": 7}),
        (Chosen(gone=frozenset({1})), {"天然气": 1620}),
        (Chosen(whole=True), {"天然气": 5, "煤": 7}),
    ],
)
def test_what_is_chosen_is_applied_row_by_row_and_the_rest_stays(draft, actor, chosen, left):
    came = stage(draft, actor, filled(draft, GAS | {"quantity": 5}, COAL))
    assert seen(came) == [("changed", "天然气"), ("new", "煤"), ("gone", "电")]
    apply_sheet(came, actor, came.result_version, chosen)
    assert quantities(draft) == left


def test_the_same_file_again_is_no_difference(draft, actor, browser):
    content = filled(draft, GAS | {"quantity": 5}, COAL | {"quantity": "x"}, POWER)
    first = upload(draft, actor, content, whole=False)
    db.session.commit()
    assert stage(draft, actor, content).id == first.id
    assert "没有差别" in send(browser("applicant"), draft, content).text
    other = stage(draft, actor, filled(draft, GAS | {"quantity": 5}, POWER))
    assert {each.what for each in compared(other).entries} == {"same"}


def test_a_difference_shown_beside_what_changed_meanwhile_is_refused_and_shown_anew(draft, actor, browser):
    came = stage(draft, actor, filled(draft, GAS | {"quantity": 5}, POWER))
    inventory = draft.application.inventory
    carbon.save_inventory(inventory, actor, {"output_amount": "7"}, None, inventory.version)
    db.session.commit()
    with pytest.raises(OutOfOrder) as no:
        apply_sheet(came, actor, came.result_version, listed(came))
    assert no.value.slug == "sheet-difference-is-stale"
    page = settle(browser("applicant"), came, "apply", version=came.result_version, all="1")
    assert page.status_code == 409
    assert "案卷又有改动" in page.text
    assert f'name="version" value="{inventory.version}"' in page.text
    assert quantities(draft)["天然气"] == 1620


def test_a_later_upload_takes_the_place_of_one_that_was_not_applied(draft, actor):
    first, second = (stage(draft, actor, filled(draft, GAS | {"quantity": n})) for n in (5, 6))
    assert (first.outcome, second.outcome) == ("replaced", "staged")
    with pytest.raises(OutOfOrder) as no:
        apply_sheet(first, actor, first.result_version, listed(first))
    assert no.value.slug == "sheet-settled"


def test_a_workbook_that_is_not_used_leaves_the_case_as_it_was(draft, actor, browser):
    came = stage(draft, actor, filled(draft, COAL))
    db.session.commit()
    assert "没有用这份表" in settle(browser("applicant"), came, "drop").text
    assert names(draft) == ["天然气", "电"]
    assert "activity-not-applied" not in missing(reload(draft))
    with pytest.raises(OutOfOrder) as no:
        drop_sheet(came, actor)
    assert no.value.slug == "sheet-settled"


def test_a_whole_replacement_asks_once_more(draft, actor, browser):
    came = stage(draft, actor, filled(draft, COAL))
    db.session.commit()
    maker = browser("applicant")
    page = settle(maker, came, "replace", version=came.result_version)
    assert page.status_code == 422
    assert "先勾选，再替换" in page.text
    settle(maker, came, "replace", version=came.result_version, sure="1")
    assert names(draft) == ["煤"]


def test_the_page_of_the_difference_shows_old_and_new_and_takes_what_was_ticked(draft, actor, browser):
    content = filled(draft, GAS | {"quantity": 5}, COAL)
    maker = browser("applicant")
    page = send(maker, draft, content).text
    came = db.session.query(SheetUpload).filter_by(outcome="staged").one()
    assert "<del>1620</del>" in page
    assert "<ins>5</ins>" in page
    assert names(draft) == ["天然气", "电"]
    fields = {"line-0": "yes", "line-1": "no", "gone-1": "yes", "version": came.result_version}
    settle(maker, came, "apply", **fields)
    assert quantities(draft) == {"天然气": 5}


def test_units_and_what_was_chosen_are_said_in_their_words(draft, actor, browser):
    content = filled(draft, GAS | {"unit": "item", "own_unit": "kgCO2e/item"}, POWER)
    page = send(browser("applicant"), draft, content).text
    assert "<ins>件</ins>" in page
    assert "<ins>kgCO₂e/件</ins>" in page
    assert "<ins>item</ins>" not in page


def test_a_difference_that_was_applied_leads_back_to_its_sheet(draft, actor, browser):
    came = upload(draft, actor, filled(draft, COAL))
    db.session.commit()
    answer = browser("applicant").get(f"/certification/applications/sheets/{came.id}")
    assert (answer.status_code, answer.location.endswith("/sheets/inventory")) == (302, True)


def test_only_the_applicant_settles_a_difference(draft, actor):
    came = stage(draft, actor, filled(draft, COAL))
    stranger = factories.actor("manufacturer", "applicant")
    for settles in (
        lambda: apply_sheet(came, stranger, came.result_version, listed(came)),
        lambda: drop_sheet(came, stranger),
    ):
        with pytest.raises(NotPermitted):
            settles()


# Which row is which


def test_several_rows_of_one_name_stand_each_for_its_own(draft, actor):
    upload(draft, actor, filled(draft, GAS, POWER, POWER | {"quantity": 200}))
    came = stage(draft, actor, filled(draft, GAS, POWER, POWER | {"quantity": 250}))
    assert seen(came) == [("same", "天然气"), ("same", "电"), ("changed", "电")]


def test_a_value_that_is_only_written_otherwise_is_no_difference(draft, actor):
    came = stage(draft, actor, filled(draft, GAS | {"quantity": "1,620.0"}, POWER))
    assert seen(came) == [("same", "天然气"), ("same", "电")]


def test_evidence_that_names_a_file_keeps_it(draft, actor):
    row = draft.application.inventory.rows[0]
    row.evidence, row.evidence_digest = "电费单.pdf", "a" * 64
    db.session.flush()
    upload(draft, actor, filled(draft, GAS | {"quantity": 5, "evidence": "电费单.pdf"}, POWER))
    assert reload(draft).inventory.rows[0].evidence_digest == "a" * 64


# What cannot be read stays a row of the case


@pytest.mark.parametrize("whole", [True, False])
def test_a_row_that_cannot_be_read_stays_and_its_last_good_value_counts(draft, actor, whole):
    came = upload(draft, actor, filled(draft, GAS | {"quantity": "1480000吨"}, POWER), whole=whole)
    assert quantities(draft) == {"天然气": 1620, "电": 100}
    [row] = reload(draft).unread
    assert row.values["quantity"] == "1480000吨"
    assert "activity-unread" in missing(reload(draft))
    mend_row(came.waiting[0], actor, row.values | {"quantity": "9"})
    assert quantities(draft) == {"天然气": 9, "电": 100}
    assert "activity-unread" not in missing(reload(draft))


def test_the_next_upload_mends_the_row_it_lists_and_leaves_the_others_waiting(draft, actor):
    upload(draft, actor, filled(draft, GAS | {"quantity": "x"}, POWER | {"unit": "箩筐"}), whole=False)
    upload(draft, actor, filled(draft, GAS | {"quantity": 9}), whole=False)
    assert quantities(draft) == {"天然气": 9, "电": 100}
    assert [row.values["name"] for row in reload(draft).unread] == ["电"]
    came = upload(draft, actor, filled(draft, GAS, POWER | {"unit": "筐"}), whole=False)
    assert [row.values["unit"] for row in reload(draft).unread] == ["筐"]
    drop_row(came.waiting[0], actor)
    assert reload(draft).unread == []


def test_a_line_that_is_left_out_settles_no_row_that_waits(draft, actor):
    upload(draft, actor, filled(draft, GAS | {"quantity": "x"}, POWER))
    came = stage(draft, actor, filled(draft, GAS | {"quantity": 9}, POWER))
    apply_sheet(came, actor, came.result_version, Chosen())
    assert (len(reload(draft).unread), quantities(draft)["天然气"]) == (1, 1620)


def test_a_model_that_cannot_be_read_waits_as_well(draft, actor):
    book = template(draft, MODELS, source=None)
    for number, code in enumerate(["A-1", "A-2", "A-1"]):
        book.worksheets[0].cell(FIRST_ROW + number, 1).value = code
    came = upload(draft, actor, saved(book), "models")
    assert [row.values["code"] for row in reload(draft).unread] == ["A-1"]
    assert "models-unread" in missing(reload(draft))
    with pytest.raises(Invalid) as no:
        mend_row(came.waiting[0], actor, {"code": "A-2"})
    assert (no.value.slug, no.value.fields) == ("sheet-row-still-wrong", {"code": "model-listed-twice"})
    mend_row(came.waiting[0], actor, {"code": "A-3"})
    assert [model.code for model in reload(draft).models] == ["A-1", "A-2", "A-3"]
    assert "models-unread" not in missing(reload(draft))


def test_a_sheet_of_models_is_to_be_applied_or_given_up(draft, actor):
    book = template(draft, MODELS, source=None)
    book.worksheets[0].cell(FIRST_ROW, 1).value = "A-1"
    came = stage(draft, actor, saved(book), "models")
    assert "models-not-applied" in missing(reload(draft))
    apply_sheet(came, actor, came.result_version, listed(came))
    assert "models-not-applied" not in missing(reload(draft))


def test_a_row_that_takes_away_without_a_ground_waits_at_its_cell(draft, actor):
    came = upload(draft, actor, filled(draft, GAS, POWER, COAL | {"own_value": -9}))
    assert came.waiting[0].errors == {"quantity": "negative-without-ground"}


def test_the_pages_never_say_complete_beside_a_row_that_cannot_be_read(draft, actor, browser):
    upload(draft, actor, filled(draft, GAS | {"quantity": "1480000吨"}, POWER, COAL | {"unit": "箩筐"}))
    book = template(draft, MODELS, source=None)
    for number, code in enumerate(["A-1", "A-1"]):
        book.worksheets[0].cell(FIRST_ROW + number, 1).value = code
    upload(draft, actor, saved(book), "models")
    db.session.commit()
    maker, address = browser("applicant"), f"/certification/applications/{draft.id}"
    page = maker.get(address).text
    assert "可以提交" not in page
    assert "活动数据里还有读不懂的行" in page
    assert "规格型号表里还有读不懂的行" in page
    grid = maker.get(f"{address}/inventory").text
    assert grid.index("1480000吨") < grid.index("箩筐")
    assert f"C{FIRST_ROW}" in grid
    assert "这个型号已经列过" in maker.get(f"{address}/product").text
    page = maker.get(f"{address}/sheets/inventory").text
    assert "m3”继续有效；改好的这一行代替它" in page
    assert "作为新的一行加入" in page


# rule 23
def test_a_case_is_not_handed_in_with_a_row_that_cannot_be_read(draft, actor, browser):
    draft.fill("8.45")
    gas, power, coal = (row | {"quantity": 1} for row in (GAS, POWER, COAL))
    [row] = upload(draft, actor, filled(draft, gas, power, coal | {"unit": "箩筐"})).waiting
    assert missing(reload(draft)) == ["activity-unread"]
    with pytest.raises(Unmet) as no:
        draft.take("submit", "applicant", declared=True)
    assert no.value.slug == "activity-unread"
    mend_row(row, actor, row.values | {"unit": "m3"})
    db.session.expire_all()
    draft.take("submit", "applicant", declared=True)
    assert len(reload(draft).footprint.rows) == 3


def test_the_rows_that_wait_go_out_alone_and_come_back_for_the_rows_they_are(draft, actor):
    first = upload(draft, actor, filled(draft, GAS | {"quantity": "x"}, POWER, COAL | {"unit": "筐"}))
    book = openpyxl.load_workbook(io.BytesIO(sheets.refused(first, INVENTORY)))
    put(book, FIRST_ROW, {"quantity": 5})
    came = stage(draft, actor, saved(book))
    assert seen(came) == [("changed", "天然气"), ("unread", "煤")]
    apply_sheet(came, actor, came.result_version, listed(came))
    assert quantities(draft) == {"天然气": 5, "电": 100}
    assert [(row.upload_id, row.values["name"]) for row in reload(draft).unread] == [(came.id, "煤")]


def test_a_staged_workbook_is_dropped_though_its_section_was_shut_meanwhile(world, actor):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "inventory.head", "text": "核对"}])
    came = stage(case, actor, filled(case, GOOD))
    for point in case.application.open_points:
        point.anchor = "producer"
    with pytest.raises(OutOfOrder):
        apply_sheet(came, actor, came.result_version, listed(came))
    drop_sheet(came, actor)
    assert came.outcome == "dropped"


def test_the_number_of_a_cell_stands_beside_the_letter_of_its_column(draft, actor):
    came = stage(draft, actor, filled(draft, GAS | {"quantity": "x"}))
    assert came.cell(compared(came).lines[0], "quantity") == f"{LETTERS['quantity']}{FIRST_ROW}"
