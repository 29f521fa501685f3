"""What the body asks for can be done: files that a finding asks for, rows that a point wants split; and
whoever speaks of a row calls it by one number."""

from decimal import Decimal
from io import BytesIO

import pytest

from accounts.operations import create_token
from certification.application.operations.applications import save_inventory
from certification.application.operations.documents import attach_file, remove_file
from certification.application.queries import open_parts
from certification.workbooks.exchange.columns import HEADING_ROW
from core.db import db
from core.errors import NotPermitted, OutOfOrder, Unmet
from tests.certification.workbooks.workbooks import template
from tests.certification.world import PDF, reload

GAS = "inventory.row:1"
CELLS = ("key", "stage", "name", "quantity", "unit", "own_value", "own_unit", "own_source", "evidence")


def split(case, *points):
    said = [{"anchor": GAS, "text": "按两批拆开", "splits": True}, *points]
    case.take("correct", "application_reviewer", points=said)
    return case


@pytest.fixture
def split_case(world):
    return split(world.case("submitted"))


def save(case, *more: dict, **amounts: str) -> None:
    """What stands, with other amounts (r0, r1, ...), and what is added to it."""
    inventory = case.application.inventory
    stand = [
        {name: getattr(each, name) for name in (*CELLS, "quality", "evidence_digest")}
        for each in inventory.rows
    ]
    for at, amount in amounts.items():
        stand[int(at.removeprefix("r"))]["quantity"] = Decimal(amount)
    head = {"output_amount": Decimal(1), "output_unit": case.world.scheme.declared_unit}
    added = [stand[1] | {"key": None, "name": "第二批"} | each for each in more]
    save_inventory(case.application, case.world.actor("applicant"), head, [*added, *stand], inventory.version)


# Files


def test_a_finding_on_a_kind_of_file_opens_that_kind_and_what_comes_is_a_version(world):
    case = world.case("evaluating")
    case.raise_finding(anchor="file:business_licence")
    applicant = world.actor("applicant")
    attach_file(case.application, applicant, "business_licence", BytesIO(PDF), "新执照.pdf")
    newest = case.application.submissions[-1]
    assert newest.step == "declare_anew"
    assert "新执照.pdf" in [file["name"] for file in newest.content["files"]]


def test_other_kinds_stay_shut_and_nothing_is_taken_away(world):
    case = world.case("evaluating")
    case.raise_finding(anchor="file:business_licence")
    applicant = world.actor("applicant")
    with pytest.raises(OutOfOrder, match="section-not-open"):
        attach_file(case.application, applicant, "energy_records", BytesIO(PDF), "台账.pdf")
    with pytest.raises(OutOfOrder, match="application-not-editable"):
        remove_file(case.application, applicant, case.application.current_files[0].id)
    with pytest.raises(NotPermitted):
        attach_file(case.application, world.actor("case_officer"), "other", BytesIO(PDF), "x.pdf")


def test_once_it_is_answered_the_files_are_shut_again(world):
    case = world.case("evaluating")
    case.answer_finding(case.raise_finding(anchor="file:business_licence"))
    with pytest.raises(OutOfOrder, match="application-not-editable"):
        attach_file(case.application, world.actor("applicant"), "other", BytesIO(PDF), "说明.pdf")


def test_the_page_and_programs_take_the_file_of_a_finding(world, browser, client):
    case = world.case("evaluating")
    case.raise_finding(anchor="file:business_licence")
    db.session.commit()
    page = browser("applicant")
    place = f"/certification/applications/{case.id}"
    assert f"{place}/files#business_licence" in page.get(place).text
    files = page.get(f"{place}/files").text
    assert 'id="file-business_licence"' in files
    assert 'id="file-energy_records"' not in files
    assert "移去" not in files[files.index("</h1>") + 200 :]
    sent = {"kind": "business_licence", "file": (BytesIO(PDF), "补.pdf")}
    assert page.post(f"{place}/files", data=sent).status_code == 302
    secret = create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    told = client.post(
        f"/api/v1/applications/{case.id}/files/energy_records",
        headers={"Authorization": f"Bearer {secret}"},
        data={"file": (BytesIO(PDF + b"%2"), "台账.pdf")},
    )
    assert (told.status_code, told.json["slug"]) == (409, "section-not-open")
    assert [file.name for file in reload(case).current_files][-1] == "补.pdf"


def test_in_a_correction_the_page_offers_other_material(world, browser):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "trademark", "text": "改"}])
    db.session.commit()
    files = browser("applicant").get(f"/certification/applications/{case.id}/files").text
    assert 'id="file-other"' in files
    assert 'id="file-business_licence"' not in files


# Splits


def test_a_row_that_is_to_be_split_may_have_others_beside_it(split_case):
    save(split_case, {"quantity": Decimal("0.4")}, r1="0.6")
    assert [row.name for row in split_case.application.inventory.rows][0] == "第二批"


def test_without_being_asked_no_row_is_added(world):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": GAS, "text": "改数"}])
    with pytest.raises(OutOfOrder, match="section-not-open"):
        save(case, {"quantity": Decimal("0.4")}, r1="0.6")


def test_the_rows_that_are_not_open_stay_shut_wherever_the_new_one_stands(split_case):
    save(split_case, {"quantity": Decimal("0.4")}, r1="0.6")
    case = split_case.application
    assert open_parts.open_rows(case) == {0, 2}  # the new one above, and the one that was asked about
    with pytest.raises(OutOfOrder, match="section-not-open"):
        save(split_case, r1="7")


@pytest.mark.parametrize("anchor", ["product_name", "inventory", "models", "file:business_licence"])
def test_only_a_row_is_split(world, anchor):
    case = world.case("submitted")
    with pytest.raises(Unmet, match="point-splits-no-row"):
        case.take(
            "correct", "application_reviewer", points=[{"anchor": anchor, "text": "改", "splits": True}]
        )


def test_the_reviewer_asks_on_the_page_and_the_applicant_gets_a_button(world, browser):
    case = world.case("submitted")
    fields = {"version": case.application.version, "points-0-text": "拆开", "points-0-splits": "y"}
    place = f"/certification/reviews/{case.id}/correct"
    reviewer = browser("application_reviewer")
    wrong = reviewer.post(place, data=fields | {"points-0-anchor": "series"})
    assert wrong.status_code == 422
    assert "只有活动数据的一行可以请企业拆开" in wrong.text
    assert reviewer.post(place, data=fields | {"points-0-anchor": GAS}).status_code == 302
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    stage = case.application.inventory.rows[1].stage
    assert f'name="add" value="{stage}"' in page
    assert page.count('name="add"') == 1


# One number


def test_point_page_and_workbook_call_a_row_by_one_number(split_case, browser):
    save(split_case, {"quantity": Decimal("0.4")}, r1="0.6")
    db.session.commit()
    applicant = browser("applicant")
    asked = applicant.get(f"/certification/applications/{split_case.id}").text
    assert "活动数据第 2 行" in asked
    page = applicant.get(f"/certification/applications/{split_case.id}/inventory").text
    place = page.index('id="inventory-row-1"')
    assert "第 2 行" in page[place : place + 60]
    name = split_case.application.inventory.rows[2].name
    assert name in page[place : place + 400]
    sheet = template(split_case).worksheets[0]
    heading = [cell.value for cell in sheet[HEADING_ROW]]
    number, called = heading.index("案卷行号"), heading.index("排放源")
    told = {sheet.cell(row, called + 1).value: sheet.cell(row, number + 1).value for row in (7, 8)}
    assert told == {"第二批": None, name: "2"}
