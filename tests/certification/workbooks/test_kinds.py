"""Records of every kind go out in a workbook and come back, each on the sheet of its kind."""

import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from flask_babel import force_locale

from carbon import operations as carbon
from carbon import records
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW, INVENTORY
from certification.workbooks.exchange.layouts import layouts, title_of
from certification.workbooks.exchange.read import Line
from certification.workbooks.operations import Chosen, apply_sheet, compared, mend_row
from certification.workbooks.operations.judging import judge
from core.db import db
from tests.certification.workbooks.workbooks import saved, stage, upload
from tests.certification.world import reload

CASES = json.loads((Path(__file__).parents[2] / "carbon/cases_records.json").read_text(encoding="utf-8"))


@pytest.fixture
def actor(world):
    return world.actor("applicant")


def stated_rows() -> list[dict]:
    """One of the worked cases of each kind, and what its sheet must be able to hold besides."""
    found = {}
    for row in (row for case in CASES["cases"] for row in case["rows"]):
        factor = row.get("factor") or {}
        own = {"own_value": factor.get("value"), "own_unit": factor.get("unit")} if factor else {}
        rest = {name: value for name, value in row.items() if name not in ("amount", "factor")}
        kind = records.named(row.get("kind"), row)
        if not str((row.get("emission") or {}).get("amount", "")).startswith("-"):
            found.setdefault(
                kind, {"stage": "manufacturing", "name": kind, "quantity": row["amount"], **rest, **own}
            )
    return [*found.values(), *MORE]


def legs(count: int) -> list[dict]:
    return [
        {
            "mode": f"卡车 {number}",
            "distance": {"amount": f"{number}.50", "unit": "km"},
            "emission": {"amount": "0.1", "unit": "kgCO2e/t·km"},
        }
        for number in range(1, count + 1)
    ]


LEDGER = {
    "site": "一厂", "meter": "0012", "product_amount": {"amount": "40", "unit": "t"},
    "site_amount": {"amount": "100", "unit": "t"}, "apart": "packaging",
    "months": [{"month": f"2025-{month:02d}", "amount": amount} for month, amount in
               zip(range(1, 14), ("100.25", "0", "200"), strict=False)],
}  # fmt: skip

SPREAD = {"gsd": "1.25", "gsd_source": "电表准确度等级"}
PEDIGREE = {"data_kind": "transport", "reliability": "1", "completeness": "2", "temporal": "3",
            "geographical": "4", "technological": "5"}  # fmt: skip

MORE = [
    {"kind": "fuel", "stage": "manufacturing", "name": "掺烧的煤", "quantity": "3.10", "unit": "t",
     "ncv": {"amount": "24100", "unit": "kJ/kg"}, "carbon_content": {"amount": "54.30", "unit": "%"},
     "oxidation": {"amount": "98", "unit": "%"}, "biogenic_share": {"amount": "20", "unit": "%"},
     "upstream": {"amount": "0.12345678901234567", "unit": "kgCO2e/kg"}},
    {"kind": "fuel", "stage": "manufacturing", "name": "只有三个数的煤", "quantity": "3", "unit": "t",
     "ncv": "20.908", "carbon_content": "26.18", "oxidation": "0.98"},
    {"kind": "fuel", "stage": "manufacturing", "name": "还没有量的气",
     "ncv": {"amount": "389.31", "unit": "GJ/万Nm3"}, "carbon_content": "15.3", "oxidation": "1"},
    {"kind": "transport", "stage": "raw_material", "name": "七段", "quantity": "1", "unit": "t",
     "legs": legs(7)},
    {"kind": "transport", "stage": "raw_material", "name": "因子库的一段", "quantity": "1", "unit": "t",
     "legs": [{"distance": {"amount": "10", "unit": "km"}, "factor_code": "TRAN-UK2025-27_304_3124_14-1",
               "share": {"amount": "100", "unit": "%"}, "apart": "outbound_transport"}]},
    {"kind": "clinker", "stage": "manufacturing", "name": "一号窑", "quantity": "1000", "unit": "t",
     "cao": {"amount": "64.50", "unit": "%"}, "mgo": {"amount": "0.021", "unit": "1"},
     "raw_meal_ratio": {"amount": "1.53", "unit": "t/t"}, "organic_carbon": {"amount": "0.2", "unit": "%"},
     "evidence": "化验单", "quality": "A"},
    {"kind": "supplier", "stage": "raw_material", "name": "石膏", "quantity": "5", "unit": "t",
     "emission": {"amount": "2.5", "unit": "kgCO2e/t"}, "boundary": "cradle_to_gate", "verifier": "某机构",
     "period_from": "2025-01-01", "period_to": "2025-12-31", "document": "=A1",
     "parts": [{"part": "开采", "emission": {"amount": "2.5", "unit": "kgCO2e/t"}}],
     "shares": [{"part": "开采", "share": {"amount": "100", "unit": "%"}}]},
    {"stage": "manufacturing", "name": "电，按月", "quantity": "300.25", "unit": "kWh", **LEDGER, **SPREAD},
    {"kind": "fuel", "stage": "manufacturing", "name": "煤，按月", "quantity": "300.25", "unit": "t",
     "ncv": "20.908", "carbon_content": "26.18", "oxidation": "0.98", **LEDGER, **PEDIGREE},
    {"kind": "clinker", "stage": "manufacturing", "name": "三号窑", "quantity": "300.25", "unit": "t",
     "cao": {"amount": "64.5", "unit": "%"}, "mgo": {"amount": "2", "unit": "%"}, **LEDGER, **PEDIGREE},
    {"kind": "clinker", "stage": "manufacturing", "name": "二号窑", "quantity": None, "unit": ""},
]  # fmt: skip


def kept(case) -> list[dict]:
    """Everything a row states, as it is stored."""
    names = [*carbon.reading.READERS, "stage", "kind", "stated"]
    return [{name: getattr(row, name) for name in names} for row in reload(case).inventory.rows]


def holding(world, rows: list[dict]):
    case = world.case("draft")
    inventory = case.application.inventory
    carbon.save_inventory(inventory, world.actor("applicant"), {}, rows, inventory.version)
    return case


@pytest.fixture
def full(world):
    carbon.load_factors()
    return holding(world, stated_rows())


def exported(case, source="own") -> bytes:
    return sheets.template(case.application, INVENTORY, case.application if source == "own" else source)


def opened(case, source="own"):
    return openpyxl.load_workbook(io.BytesIO(exported(case, source)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_goes_out_and_comes_back_to_the_last_digit(full, actor, language):
    before = kept(full)
    assert {row["kind"] for row in before} == set(records.KINDS)
    with force_locale(language):
        content = exported(full)
    came = stage(full, actor, content)
    assert {entry.what for entry in compared(came).entries} == {"same"}
    apply_sheet(came, actor, came.result_version, Chosen(whole=True))
    assert kept(full) == before


def test_every_kind_comes_into_an_empty_case_with_the_numbers_it_had(world, full, actor):
    other = holding(world, [])
    content = sheets.template(other.application, INVENTORY, full.application)
    upload(other, actor, content)
    by_name = {row["name"]: row for row in kept(other)}
    assert len(by_name) == len(kept(full))
    for row in kept(full):
        there = by_name[row["name"]]
        assert (there["kind"], there["quantity"]) == (row["kind"], row["quantity"])
        assert plain(there["stated"]) == plain(row["stated"]), row["name"]


def plain(stated: object) -> object:
    """Digits behind the last that is not zero are not kept by a spreadsheet."""
    match stated:
        case {"amount": amount, "unit": unit}:
            return Decimal(amount), unit
        case dict():
            return {name: plain(value) for name, value in stated.items()}
        case list():
            return [plain(value) for value in stated]
    return stated


# What is written by hand


def cell_of(sheet, slug: str, row: int):
    """The cell of a column of the sheet of a kind, found by its heading."""
    columns = [each for layout in layouts(INVENTORY) for each in layout.columns if each.slug == slug]
    headings = {str(column.heading) for column in columns}
    place = next(cell.column for cell in sheet[HEADING_ROW] if cell.value in headings)
    return sheet.cell(row, place)


def written(case, kind: str, *rows: dict, percent=()) -> bytes:
    """The empty workbook of a case with these rows on the sheet of a kind."""
    book = opened(case, None)
    sheet = book[title_of(kind)]
    for number, row in enumerate(rows, start=FIRST_ROW):
        for slug, value in row.items():
            cell = cell_of(sheet, slug, number)
            cell.value = value
            if slug in percent:
                cell.number_format = "0.00%"
    return saved(book)


KILN = {"stage": "生产制造", "name": "一号窑", "quantity": 1000, "unit": "t", "cao": 64.5, "cao-unit": "%",
        "mgo": 2.1, "mgo-unit": "%"}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        (KILN, ()),
        (KILN | {"cao": "64.5 %", "cao-unit": None}, ()),
        (KILN | {"cao": 0.645}, ("cao",)),
        (KILN | {"cao": 0.645, "cao-unit": None}, ("cao",)),
    ],
)
def test_a_quantity_is_read_with_its_unit_wherever_that_stands(world, actor, typed, percent):
    case = world.case("draft")
    upload(case, actor, written(case, "clinker", typed, percent=percent))
    [row] = reload(case).inventory.rows
    assert plain(row.stated) == {"cao": (Decimal("64.5"), "%"), "mgo": (Decimal("2.1"), "%")}


@pytest.mark.parametrize(
    ("change", "column", "slug"),
    [
        ({"cao": "很多"}, "cao", "number-unreadable"),
        ({"cao-unit": "kg"}, "cao-unit", "unit-not-of-field"),
        ({"cao-unit": None}, "cao-unit", "unit-missing"),
        ({"mgo": None}, "mgo", "value-missing"),
        ({"cao": 164.5}, "cao", "not-a-fraction"),
    ],
)
def test_a_quantity_that_cannot_be_read_waits_at_its_cell_and_is_mended_there(
    world, actor, change, column, slug
):
    case = world.case("draft")
    came = upload(case, actor, written(case, "clinker", KILN | change, KILN | {"name": "二号窑"}))
    [row] = came.waiting
    assert row.errors == {column: slug}
    letter = openpyxl.utils.get_column_letter(
        cell_of(opened(case)[title_of("clinker")], column, FIRST_ROW).column
    )
    assert came.cell(row, column) == f"熟料（按化学成分）!{letter}{FIRST_ROW}"
    mend_row(row, actor, row.values | {"kind": "fuel", column: str(KILN[column])})
    assert [each.kind for each in reload(case).inventory.rows] == ["clinker", "clinker"]
    assert reload(case).unread == []


def test_a_fault_in_a_leg_is_at_the_cell_of_that_leg(world, actor):
    case = world.case("draft")
    way = {"stage": "原材料获取", "name": "石灰石", "quantity": 1000, "unit": "t", "legs-1-distance": 50,
           "legs-1-distance-unit": "km", "legs-1-emission": 0.1, "legs-1-emission-unit": "箩筐"}  # fmt: skip
    came = upload(case, actor, written(case, "transport", way))
    [row] = came.waiting
    assert row.errors == {"legs-1-emission-unit": "factor-unit-unknown"}


def test_a_record_that_is_not_allowed_waits_at_its_name(world, actor):
    case = world.case("draft")
    taken = {"stage": "生产制造", "name": "绿证抵消", "quantity": 500, "unit": "t",
             "removed_by": "生物质吸收", "source": "绿证"}  # fmt: skip
    came = upload(case, actor, written(case, "removal", taken))
    assert came.waiting[0].errors == {"name": "credit-outside"}


def test_what_a_workbook_has_no_sheet_for_stays_when_all_is_replaced(full, actor):
    on_first = (
        "activity",
        "fuel",
        "只有三个数的煤",
        "电，按月",
        "煤，按月",
    )  # a fuel with three bare numbers is on the first sheet
    before = [row for row in kept(full) if row["name"] not in on_first]
    book = opened(full)
    for layout in layouts(INVENTORY)[1:]:
        del book[str(layout.title)]
    book.worksheets[0].delete_rows(FIRST_ROW, 50)
    upload(full, actor, saved(book))
    assert kept(full) == before


def test_a_row_that_moves_to_the_sheet_of_another_kind_leaves_nothing_behind(world, actor):
    rows = [{"stage": "manufacturing", "name": "一号窑", "quantity": "9", "unit": "t", "own_value": "1",
             "own_unit": "kgCO2e/t", "own_source": "估计"}]  # fmt: skip
    case = holding(world, rows)
    upload(case, actor, written(case, "clinker", KILN))
    [row] = kept(case)
    assert (row["kind"], row["own_value"], row["own_source"]) == ("clinker", None, "")


def test_the_difference_tells_what_a_record_states(full, actor, browser):
    book = opened(full)
    sheet = book[title_of("clinker")]
    [row] = [cells[0].row for cells in sheet.iter_rows(min_row=FIRST_ROW) if cells[1].value == "一号窑"]
    cell_of(sheet, "cao", row).value = 65
    came = stage(full, actor, saved(book))
    db.session.commit()
    page = browser("applicant").get(f"/certification/applications/sheets/{came.id}").text
    assert "<del>64.50 %</del>" in page
    assert "<ins>65 %</ins>" in page
    assert "熟料（按化学成分）!" in page


# The hints


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_columns_of_a_sheet_are_called_the_same(app, language):
    with app.test_request_context(), force_locale(language):
        for layout in layouts(INVENTORY, 50):
            headings = [str(column.heading) for column in layout.columns]
            assert len(set(headings)) == len(headings), layout.slug
        titles = [str(layout.title) for layout in layouts(INVENTORY)]
        assert len(set(titles)) == len(titles)
        assert not any(set(title) & set("[]:*?/\\") for title in titles)


def units_in(hint: str) -> list[str]:
    _before, said, units = hint.partition("单位：")
    return units.partition("；")[0].split("、") if said else []


def test_every_hint_of_a_workbook_taken_literally_is_read(db):
    """Each quantity is typed in each of the units that its hint names."""
    tried = 0
    for layout in layouts(INVENTORY)[1:]:
        for column in layout.columns:
            for unit in units_in(str(column.hint)):
                tried += 1
                typed = {column.slug: "0.5", f"{column.slug}-unit": unit}
                line = Line(7, {"stage": "manufacturing", "name": "甲", "kind": layout.slug, **typed})
                judge(INVENTORY, [line])
                assert not typed.keys() & line.errors.keys(), (layout.slug, typed)
    assert tried > 100


@pytest.mark.parametrize("name", ["AR4", "AR5", "AR6"])
def test_the_set_of_potentials_is_that_of_the_rule_and_another_waits_at_its_cell(world, actor, name):
    case = world.case("draft")
    book = opened(case, None)
    assert (book.worksheets[0]["E4"].value, case.application.scheme.gwp) == ("AR6", "AR6")
    book.worksheets[0]["E4"] = name
    came = upload(case, actor, saved(book))
    assert [row.errors for row in came.waiting] == (
        [] if name == "AR6" else [{"gwp": "sheet-gwp-of-another-rule"}]
    )
    assert reload(case).inventory.gwp == "AR6"


COAL = {"stage": "生产制造", "name": "烟煤", "quantity": 10, "unit": "t", "ncv": 20, "ncv-unit": "GJ/t",
        "carbon_content": 0.026, "oxidation": 98, "oxidation-unit": "%"}  # fmt: skip


@pytest.mark.parametrize(("unit", "outcome"), [(None, (0, 1)), ("tC/TJ", (1, 0)), ("tC/GJ", (1, 0))])
def test_little_carbon_is_refused_where_no_unit_was_written_and_asked_about_where_one_was(
    world, actor, unit, outcome
):
    case = holding(world, [])
    came = upload(case, actor, written(case, "fuel", COAL | {"carbon_content-unit": unit}))
    assert (came.accepted, came.refused) == outcome
