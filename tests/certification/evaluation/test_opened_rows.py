"""A nonconformity on a row opens that row for the applicant, and no other, until it is answered."""

from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.operations import create_token
from certification.application.operations.applications import save_inventory, update_application
from certification.application.operations.documents import attach_file
from certification.verification import queries
from certification.verification.models import Opinion
from certification.workbooks.exchange.columns import FIRST_ROW, INVENTORY
from certification.workbooks.operations import Chosen, apply_sheet, stage_sheet, version_of
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests.certification.verification.test_verified_data import CLAY, GAS, WHY, agree, row, verify
from tests.certification.workbooks.workbooks import NUMBERED, put, saved, template
from tests.certification.world import PDF, reload

NAMED = "row:烧成用天然气"
CELLS = ("key", "stage", "name", "quantity", "unit", "own_value", "own_unit", "own_source", "evidence")


@pytest.fixture
def case(world):
    return world.case("evaluating")


@pytest.fixture
def finding(case):
    return case.raise_finding(anchor=NAMED)


def rows(case, **amounts: str | None) -> list[dict]:
    """What stands, with other amounts: at0 of the clay, at1 of the gas."""
    found = [
        {name: getattr(each, name) for name in (*CELLS, "quality")}
        for each in case.application.inventory.rows
    ]
    for at, amount in amounts.items():
        found[int(at.removeprefix("at"))]["quantity"] = amount and Decimal(amount)
    return found


def save(case, *more: dict, role: str = "applicant", output: str = "1", **amounts: str | None) -> None:
    inventory, unit = case.application.inventory, case.world.scheme.declared_unit
    head = {"output_amount": Decimal(output), "output_unit": unit}
    stand = [*rows(case, **amounts), *more]
    save_inventory(case.application, case.world.actor(role), head, stand, inventory.version)


def test_the_row_is_open_and_what_is_saved_counts_as_declared(case, finding):
    """By hand: 3.45 and 5 declared make 8.45; with 1.1 of the gas it is 8.95."""
    save(case, at1="1.1")
    assert case.application.footprint.total == Decimal("8.95")
    sheet = queries.sheet(case.application)
    assert (sheet.stated, sheet.verified, sheet.misstatements) == (Decimal("8.95"), Decimal("8.95"), [])
    kept = case.application.submissions
    assert [each.step for each in kept] == ["submit", "declare_anew"]
    amounts = [each.content["inventory"]["rows"][GAS]["quantity"] for each in kept]
    assert amounts == ["1", "1.1"]


@pytest.mark.parametrize("change", [{"at0": "2"}, {"output": "2"}, {"at0": None}])
def test_another_row_and_the_head_stay_shut(case, finding, change):
    with pytest.raises(OutOfOrder, match="section-not-open"):
        save(case, **change)


def test_so_do_the_other_sections_and_the_files_but_other_material(case, finding):
    applicant = case.world.actor("applicant")
    with pytest.raises(OutOfOrder, match="application-not-editable"):
        update_application(case.application, applicant, case.application.version, trademark="云陶")
    with pytest.raises(OutOfOrder, match="section-not-open"):
        attach_file(case.application, applicant, "business_licence", BytesIO(PDF), "执照.pdf")
    attach_file(case.application, applicant, "other", BytesIO(PDF), "抄表记录.pdf")
    assert [each.step for each in case.application.submissions] == ["submit", "declare_anew"]


def test_no_row_is_added(case, finding):
    with pytest.raises(OutOfOrder, match="section-not-open"):
        save(case, {**rows(case)[GAS], "key": None, "name": "又一行"})


def test_the_open_row_is_not_left_empty(case, finding):
    with pytest.raises(Invalid, match="inventory-incomplete"):
        save(case, at1=None)


@pytest.mark.parametrize("anchor", ["evidence_reliability", "inventory", "row:没有这一行"])
def test_a_nonconformity_elsewhere_opens_no_row(case, anchor):
    case.raise_finding(anchor=anchor)
    with pytest.raises(OutOfOrder, match="application-not-editable"):
        save(case, at1="1.1")


def test_once_answered_the_row_is_shut_and_sent_back_it_is_open_again(case, finding):
    case.answer_finding(finding)
    with pytest.raises(OutOfOrder, match="application-not-editable"):
        save(case, at1="1.1")
    case.take("reject", "lead_verifier", finding, reason="没有改数。")
    save(case, at1="1.1")
    assert case.application.footprint.total == Decimal("8.95")


@pytest.mark.parametrize("role", ["lead_verifier", "case_officer"])
def test_nobody_but_the_applicant_changes_it(case, finding, role):
    with pytest.raises(NotPermitted):
        save(case, role=role, at1="1.1")


def test_it_closes_on_what_was_declared_anew_and_not_on_words(case, finding):
    case.answer_finding(finding)
    with pytest.raises(Unmet, match="row-not-corrected"):
        case.take("close", "lead_verifier", finding, reason="看过说明。")
    case.take("reject", "lead_verifier", finding, reason="没有改数。")
    save(case, at1="1.1")
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="改了，与抄表一致。")
    assert finding.is_closed


def test_what_is_declared_anew_is_verified_anew_and_an_opinion_of_the_old_is_void(case, finding):
    agree(case)
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text=WHY)
    save(case, at1="1.1")
    assert case.application.opinion is None
    assert db.session.scalars(select(Opinion)).one().superseded
    assert [line.subject for line in queries.sheet(case.application).left] == [row(case, GAS)]
    verify(case, {"subject": row(case, GAS), "outcome": "agreed", "samples": 12})
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text=WHY)
    assert case.application.footprint.total == Decimal("8.95")


def test_the_page_offers_the_row_and_keeps_the_others_locked(case, finding, browser):
    db.session.commit()
    applicant = browser("applicant")
    place = f"/certification/applications/{case.id}"
    assert "这一行已经打开" in applicant.get(place).text
    page = applicant.get(f"{place}/inventory").text
    assert f'<input type="hidden" name="rows-{CLAY}-quantity" value="1">' in page
    assert f'id="rows-{GAS}-quantity" name="rows-{GAS}-quantity" inputmode="decimal"' in page
    assert "没有打开，不能修改" in page


def test_a_program_of_the_applicant_changes_the_row_and_no_other(case, finding, world, client):
    secret = create_token(world.actor("applicant"), "test")[1]
    db.session.commit()
    head, address = {"Authorization": f"Bearer {secret}"}, f"/api/v1/applications/{case.id}/inventory"
    told = client.get(address, headers=head).json
    names = (*(name for name in CELLS if name != "evidence"), "note", "quality")
    body = {"version": told["version"], "output_amount": "1", "output_unit": world.scheme.declared_unit}
    body["rows"] = [{name: each[name] for name in names} for each in told["rows"]]
    body["rows"][CLAY]["quantity"] = "2"
    assert client.put(address, json=body, headers=head).json["slug"] == "section-not-open"
    body["rows"][CLAY]["quantity"], body["rows"][GAS]["quantity"] = "1", "1.1"
    answer = client.put(address, json=body, headers=head)
    assert answer.status_code == 200, answer.json
    assert reload(case).footprint.total == Decimal("8.95")


def test_a_workbook_holds_the_open_row_alone_and_its_silence_takes_nothing_away(case, finding, world):
    book = template(case)
    cells = {cell.value for line in book.worksheets[0].iter_rows() for cell in line}
    assert {"坯料", "烧成用天然气"} & cells == {"烧成用天然气"}
    put(book, FIRST_ROW, {"quantity": "1.1"}, NUMBERED)
    actor = world.actor("applicant")
    upload = stage_sheet(case.application, actor, "inventory", saved(book), "改一行.xlsx")
    apply_sheet(upload, actor, version_of(case.application, INVENTORY), Chosen(whole=True))
    kept = [(each.name, each.quantity) for each in case.application.inventory.rows]
    assert kept == [("坯料", Decimal(1)), ("烧成用天然气", Decimal("1.1"))]
    assert case.application.footprint.total == Decimal("8.95")


def test_a_workbook_in_which_something_cannot_be_read_is_not_applied(case, finding, world):
    book = template(case)
    put(book, FIRST_ROW, {"quantity": "一吨多"}, NUMBERED)
    actor = world.actor("applicant")
    upload = stage_sheet(case.application, actor, "inventory", saved(book), "改一行.xlsx")
    with pytest.raises(Invalid, match="activity-unread"):
        apply_sheet(upload, actor, version_of(case.application, INVENTORY), Chosen(whole=True))


def test_a_workbook_of_a_correction_holds_the_rows_its_points_name(world):
    case = world.case("submitted")
    points = [{"anchor": f"inventory.row:{CLAY}", "text": "核对坯料"}]
    case.take("correct", "application_reviewer", points=points)
    cells = {cell.value for line in template(case).worksheets[0].iter_rows() for cell in line}
    assert {"坯料", "烧成用天然气"} & cells == {"坯料"}
