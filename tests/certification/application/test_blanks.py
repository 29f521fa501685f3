"""Blank forms stand where a file is asked for, with what the case says already."""

import io

import openpyxl
import pytest

from carbon import operations as carbon
from core.db import db
from tests.support import rules

FORMS = ("application_form", "material_list", "energy_records")  # what the scheme has a sheet for


@pytest.fixture
def case(world):
    rules.amend(world.scheme, required_files=[*FORMS, "business_licence"])
    case = world.case("draft")
    case.application.product_name = "=仿石砖"
    inventory = case.application.inventory
    period = {"period_from": "2025-11-01", "period_to": "2026-01-31"}
    carbon.save_inventory(inventory, world.actor("applicant"), period, None, inventory.version)
    db.session.commit()
    return case


def address(case, kind: str) -> str:
    return f"/certification/applications/{case.id}/files/{kind}.xlsx"


def texts(answer) -> list[list[str]]:
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_has_the_head_of_the_case_and_says_whose_it_is(case, browser, kind):
    rows = texts(browser("applicant").get(address(case, kind)))
    assert "不是官方格式" in rows[1][0]
    said = dict(row for row in rows if len(row) == 2)
    assert said["案卷号"] == case.application.number
    assert "=仿石砖" in said.values()
    assert "2025-11-01 – 2026-01-31" in said.values()


def test_a_form_bears_the_name_the_scheme_has_for_its_kind(case, browser):
    assert texts(browser("applicant").get(address(case, "material_list")))[0] == ["原辅材料清单"]


def test_what_no_sheet_may_be_called_leaves_the_name_of_the_form_readable(world, browser):
    odd = {"slug": "list", "names": {"zh": "清单[1]:a/b*?'", "en": "L"}, "sheet": "head"}
    rules.amend(world.scheme, parts={"documents": [odd]})
    answer = browser("applicant").get(address(world.case("draft"), "list"))
    assert texts(answer)[0] == ["清单[1]:a/b*?'"]


def test_the_form_for_energy_has_the_months_of_the_period(case, browser):
    rows = texts(browser("applicant").get(address(case, "energy_records")))
    assert [row[0] for row in rows if row and row[0].startswith("20")] == ["2025-11", "2025-12", "2026-01"]


def test_a_form_is_in_the_language_of_the_page(case, browser):
    client = browser("applicant")
    client.get("/language/en")
    rows = texts(client.get(address(case, "material_list")))
    assert "Supplier" in [cell for row in rows for cell in row]
    assert not any("一" <= letter <= "鿿" for row in rows[4 + 5 :] for cell in row for letter in cell)


def test_the_page_offers_each_form_beside_its_kind(case, browser):
    page = browser("applicant").get(f"/certification/applications/{case.id}/files").text
    assert [address(case, kind) in page for kind in FORMS] == [True, True, True]
    assert address(case, "business_licence") not in page


def test_what_has_no_form_and_what_is_not_ones_own_is_not_found(case, browser):
    assert browser("applicant").get(address(case, "business_licence")).status_code == 404
    assert browser("application_reviewer").get(address(case, "material_list")).status_code in (403, 404)
