"""A nonconformity on a row opens that row for the applicant, and no other, until it is answered."""

from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.operations import create_token
from certification.application.operations.applications import save_inventory, update_application
from certification.application.operations.documents import attach_file
from certification.application.operations.submissions import inventory as stood
from certification.verification import queries
from certification.verification.models import Opinion
from certification.workbooks.exchange.columns import INVENTORY
from certification.workbooks.operations import Chosen, apply_sheet, stage_sheet, version_of
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests.certification.verification.test_verified_data import CLAY, GAS, WHY, agree, row, verify
from tests.certification.workbooks.workbooks import put, saved, template
from tests.certification.world import PDF, reload

NAMED = "row:烧成用天然气"
FIRST = 7  # row of a workbook


@pytest.fixture
def case(world):
    return world.case("evaluating")


@pytest.fixture
def finding(case):
    return case.raise_finding(anchor=NAMED)


def rows(case, **changed: str) -> list[dict]:
    """What stands, with another amount of the rows that are named by their place."""
    names = (
        "key",
        "stage",
        "name",
        "quantity",
        "unit",
        "own_value",
        "own_unit",
        "own_source",
        "note",
        "quality",
    )
    body = {"version": told["version"], "output_amount": "1", "output_unit": world.scheme.declared_unit}
    body["rows"] = [
        {name: each[name] for name in names if each.get(name) is not None} for each in told["rows"]
    ]
    body["rows"][CLAY]["quantity"] = "2"
    assert client.put(address, json=body, headers=head).status_code == 409
    body["rows"][CLAY]["quantity"], body["rows"][GAS]["quantity"] = "1", "1.1"
    answer = client.put(address, json=body, headers=head)
    assert answer.status_code == 200, answer.json
    assert reload(case).footprint.total == Decimal("8.95")


def test_a_workbook_holds_the_open_row_alone_and_its_silence_takes_nothing_away(case, finding, world):
    book = template(case)
    names = [cell.value for cell in book.worksheets[0]["C"] if cell.value in ("坯料", "烧成用天然气")]
    names += [cell.value for cell in book.worksheets[0]["B"] if cell.value in ("坯料", "烧成用天然气")]
    assert names == ["烧成用天然气"]
    put(book, FIRST, {"quantity": "1.1"})
    actor = world.actor("applicant")
    upload = stage_sheet(case.application, actor, "inventory", saved(book), "改一行.xlsx")
    apply_sheet(upload, actor, version_of(case.application, INVENTORY), Chosen(whole=True))
    kept = [(each.name, each.quantity) for each in case.application.inventory.rows]
    assert kept == [("坯料", Decimal(1)), ("烧成用天然气", Decimal("1.1"))]
    assert case.application.footprint.total == Decimal("8.95")


def test_a_workbook_of_a_correction_holds_the_rows_its_points_name(world):
    case = world.case("submitted")
    points = [{"anchor": f"inventory.row:{CLAY}", "text": "核对坯料"}]
    case.take("correct", "application_reviewer", points=points)
    cells = {cell.value for line in template(case).worksheets[0].iter_rows() for cell in line}
    assert "坯料" in cells
    assert "烧成用天然气" not in cells
