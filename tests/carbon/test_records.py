"""Records of every kind, through the open calculator: what they come to, and what is asked about them."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from carbon import operations, records
from carbon.footprint import Quantity

PATH = "/api/v1/footprints/preview"
FILE = json.loads((Path(__file__).parent / "cases_records.json").read_text(encoding="utf-8"))
COAL = {
    "kind": "fuel",
    "name": "coal",
    "stage": "manufacturing",
    "amount": "1",
    "unit": "t",
    "ncv": {"amount": "20908", "unit": "kJ/kg"},
    "carbon_content": {"amount": "26.18", "unit": "tC/TJ"},
    "oxidation": {"amount": "0.98", "unit": "1"},
}
LEG = {"distance": {"amount": "100", "unit": "km"}, "emission": {"amount": "0.1", "unit": "kgCO2e/t·km"}}
SHIPPED = {
    "kind": "transport",
    "name": "x",
    "stage": "distribution",
    "amount": "1",
    "unit": "t",
    "legs": [LEG],
}


@pytest.fixture
def ask(client, library):
    def post(*rows, declared=("1", "t")):
        measure = {"amount": declared[0], "unit": declared[1]}
        return client.post(PATH, json={"declared_unit": measure, "output": measure, "rows": list(rows)})

    return post


def near(value: str, expected: str, tolerance: str = FILE["tolerance"]) -> bool:
    return abs(Decimal(value) - Decimal(expected)) <= Decimal(tolerance) * abs(Decimal(expected))


def test_every_kind_has_a_case():
    assert {row.get("kind", "activity") for case in FILE["cases"] for row in case["rows"]} == set(
        records.KINDS
    )


# What everybody may be asked of rows so few; the cases say what belongs to their kind.
OF_ANY = {"co2-counted-as-co2e", "single-row", "row-dominates", "power-unproven"}


def test_each_case_comes_to_what_its_source_prints(ask):
    for case in FILE["cases"]:
        tolerance = case.get("tolerance", FILE["tolerance"])
        rows = [{"name": f"{n}", "stage": "manufacturing", **row} for n, row in enumerate(case["rows"])]
        # The output is one declared unit, so that a total of ten is for one.
        answer = ask(*rows, declared=case["declared"])
        assert answer.status_code == 200, (case["id"], answer.get_json())
        got = answer.get_json()
        assert near(got["total"]["value"], case["total"], tolerance), (case["id"], got["total"])
        for gas, printed in case.get("gases", {}).items():
            assert near(got["gases"][gas]["value"], printed), case["id"]
        assert len(got["rows"]) == len(rows)
        said = {warning["slug"] for warning in got["warnings"]} - OF_ANY
        assert said == set(case.get("warnings", ())) | (said & {"biogenic-co2-in-total"}), case["id"]
        assert {warning["row"] for warning in got["warnings"]} <= {None, *range(len(rows))}


PUBLISHED = [
    case
    for case in json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))["cases"]
    if case["kind"] in ("stages", "shares")
]
OTHERWISE_SPELT = {"device": "item", "qm": "m2"}


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["id"])
def test_what_a_supplier_publishes_counts_and_parts_that_do_not_make_it_are_told(ask, case):
    amount, _, unit = case.get("declared", "1 device").partition(" ")
    unit = OTHERWISE_SPELT.get(unit, unit)
    total = case.get("published") or case["total"]
    stages, shares = case.get("stages", {}), case.get("shares", {})
    row = {
        "kind": "supplier",
        "name": "x",
        "stage": "raw_material",
        "amount": amount,
        "unit": unit,
        "boundary": "cradle_to_grave",
        "emission": {"amount": total, "unit": f"kgCO2e/{unit}"},
        "parts": [
            {"part": part, "emission": {"amount": value, "unit": f"kgCO2e/{unit}"}}
            for part, value in stages.items()
        ],
        "shares": [{"part": part, "share": {"amount": share, "unit": "1"}} for part, share in shares.items()],
    }
    got = ask(row, declared=(amount, unit)).get_json()
    assert Decimal(got["total"]["value"]) == Decimal(total)
    told = {warning["slug"] for warning in got["warnings"]}
    expected = {f"supplier-{slug}" for slug in case["expected"]["warnings"]}
    assert {slug for slug in told if slug.startswith("supplier-")} == expected


def test_the_cases_of_suppliers_are_all_there():
    assert sorted(case["kind"] for case in PUBLISHED) == ["shares", *["stages"] * 10]


def test_a_number_far_from_what_is_usual_is_asked_about_and_the_unit_that_was_meant_is_named(ask):
    """What a laboratory reports, typed beside the wrong unit, is never a silent thousandth (tC/GJ)."""
    wrong = {
        "ncv": ("20908", "GJ/t", "20908 kJ/kg"),
        "carbon_content": ("0.02618", "tC/TJ", "0.02618 tC/GJ"),
        "oxidation": ("0.98", "%", "0.98 1"),
    }
    for name, (amount, unit, meant) in wrong.items():
        got = ask(COAL | {name: {"amount": amount, "unit": unit}}).get_json()
        [doubt] = [warning for warning in got["warnings"] if warning["slug"] == "quantity-unusual"]
        assert doubt["row"] == 0
        assert meant.removesuffix(" 1") in doubt["message"]
    assert "quantity-unusual" not in {warning["slug"] for warning in ask(COAL).get_json()["warnings"]}


def test_a_number_that_no_unit_would_make_usual_must_be_settled(ask):
    got = ask(COAL | {"ncv": {"amount": "0.000001", "unit": "GJ/t"}}).get_json()
    said = {warning["slug"]: warning["severity"] for warning in got["warnings"]}
    assert (said.get("quantity-far-off"), said.get("quantity-unusual")) == ("red", None)


def test_the_same_fuel_is_the_same_number_in_every_unit(ask):
    spelt = [
        {},
        {"ncv": {"amount": "20.908", "unit": "GJ/t"}},
        {"ncv": {"amount": "20.908", "unit": "MJ/千克"}},
        {"carbon_content": {"amount": "0.02618", "unit": "tC/GJ"}},
        {"carbon_content": {"amount": "26.18", "unit": "kgC/GJ"}},
        {"oxidation": {"amount": "98", "unit": "%"}},
        {"ncv": "20.908", "carbon_content": "26.18", "oxidation": "0.98"},
        {"ncv": "20908 kJ/kg"},
    ]
    totals = {ask(COAL | each).get_json()["total"]["value"] for each in spelt}
    assert len(totals) == 1


@pytest.mark.parametrize(
    ("row", "pointer", "slug"),
    [
        (COAL | {"kind": "magic"}, "/rows/0/kind", "kind-unknown"),
        (COAL | {"distance": "1"}, "/rows/0/distance", "body-member-unknown"),
        (COAL | {"kind": "activity"}, "/rows/0/ncv", "body-member-unknown"),
        (COAL | {"ncv": {"amount": "20", "unit": "tC/TJ"}}, "/rows/0/ncv/unit", "unit-not-of-field"),
        (
            COAL | {"ncv": {"amount": "20", "unit": "GJ/t", "year": 1}},
            "/rows/0/ncv/year",
            "body-member-unknown",
        ),
        (COAL | {"ncv": {"amount": "x", "unit": "GJ/t"}}, "/rows/0/ncv", "number-unreadable"),
        (COAL | {"ncv": {"amount": "0", "unit": "GJ/t"}}, "/rows/0/ncv", "number-not-above-zero"),
        (COAL | {"ncv": {"amount": "20"}}, "/rows/0/ncv/unit", "unit-missing"),
        (COAL | {"ncv": None}, "/rows/0/ncv", "value-missing"),
        (COAL | {"ncv": {"amount": "389", "unit": "GJ/万Nm3"}}, "/rows/0/unit", "unit-does-not-fit"),
        (
            COAL | {"carbon_content": {"amount": "2", "unit": "tC/t"}},
            "/rows/0/carbon_content",
            "quantity-impossible",
        ),
        (COAL | {"oxidation": {"amount": "98", "unit": "1"}}, "/rows/0/oxidation", "not-a-fraction"),
        (COAL | {"biogenic_share": "0.2"}, "/rows/0/biogenic_share/unit", "unit-missing"),
        (COAL | {"factor_code": "ELECFP-CN-2024"}, "/rows/0/factor_code", "factor-given-twice"),
        (SHIPPED | {"legs": [LEG, {"mode": "sea"}]}, "/rows/0/legs/1/distance", "value-missing"),
        (SHIPPED | {"legs": [LEG | {"via": "x"}]}, "/rows/0/legs/0/via", "body-member-unknown"),
        (SHIPPED | {"legs": "far"}, "/rows/0/legs", "body-shape"),
        (
            SHIPPED | {"legs": [LEG | {"emission": {"amount": "1", "unit": "kgCO2e/km"}}]},
            "/rows/0/legs/0/load",
            "value-missing",
        ),
        (
            SHIPPED | {"legs": [LEG | {"emission": {"amount": "1", "unit": "kgCO2e/kWh"}}]},
            "/rows/0/legs/0/emission/unit",
            "unit-does-not-fit",
        ),
    ],
)
def test_what_is_wrong_in_a_record_is_named_at_its_member(ask, row, pointer, slug):
    answer = ask(row)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["fields"][pointer]["slug"] == slug


def test_a_credit_is_never_a_removal_nor_an_avoided_product(ask):
    for said in ("绿证与CCER抵消", "碳配额", "carbon offset", "I-REC certificates", "VER"):
        for kind in (
            {
                "kind": "avoided",
                "displaced": said,
                "source": "x",
                "factor": {"value": "1", "unit": "kgCO2e/t"},
            },
            {"kind": "removal", "removed_by": "geological", "source": said},
        ):
            answer = ask({"name": "x", "stage": "end_of_life", "amount": "1", "unit": "t", **kind})
            assert answer.get_json()["fields"]["/rows/0/kind"]["slug"] == "credit-outside", (said, kind)


def test_no_quantity_bears_the_name_of_a_member_that_every_row_has():
    from carbon.api import ROW
    from carbon.operations.reading import Typed

    assert {*ROW, *Typed("use").__dict__} & set(records.FIELDS) == set()


def test_the_book_of_records_says_what_the_registry_says():
    """`script/docs` writes it."""
    said = (Path(__file__).parents[2] / "docs/records.md").read_text(encoding="utf-8")
    assert said == records.book()


def test_every_hint_is_taken_at_its_word():
    """Whatever unit a hint offers is read, and a number alone is what the hint says it is."""
    for field in records.every_field():
        if not isinstance(field, records.Measured):
            continue
        for unit in field.units:
            faults = {}
            kept = field.read({"amount": "0.5", "unit": unit}, field.name, faults)
            assert (kept, faults) == ({"amount": "0.5", "unit": unit}, {}), (field.name, unit)
            assert unit == "1" or field.read(f"0.5 {unit}", field.name, {}) == kept
        for unit in field.bare[:1]:
            assert field.read("0.5", field.name, {}) == {"amount": "0.5", "unit": unit}


def test_every_fuel_of_the_library_lies_within_what_is_usual():
    text = (Path(records.__file__).parents[1] / "data/factors.csv").read_text(encoding="utf-8")
    library = csv.DictReader(io.StringIO(text))
    names = {
        "fuel_parameter_ncv": "ncv",
        "fuel_parameter_cc": "carbon_content",
        "fuel_parameter_of": "oxidation",
    }
    found = [row for row in library if row["category"] in names]
    assert len(found) > 100
    for row in found:
        field, unit = records.FIELDS[names[row["category"]]], row["factor_unit"].replace("fraction", "1")
        kept = Quantity(Decimal(row["factor_value"]), unit)
        assert field.refused(kept) is None, row["code"]
        assert field.doubted(kept) is None, row["code"]


FRIDGE = {
    "kind": "use", "stage": "use", "name": "冰箱", "quantity": "1", "unit": "item",
    "yearly_energy": {"amount": "200", "unit": "kWh/year"}, "years": {"amount": "10", "unit": "year"},
}  # fmt: skip
OWN_POWER = {"own_value": "0.4", "own_unit": "kgCO2e/kWh", "own_source": "x"}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (OWN_POWER, True),
        (OWN_POWER | {"grid_country": "DE"}, True),
        (OWN_POWER | {"grid_country": "DE", "grid_year": "2024"}, False),
        ({"factor_code": "ELECFP-CN-2024"}, False),
    ],
)
def test_a_product_in_use_says_the_country_and_the_year_of_its_grid(library, said, asked):
    head = {"declared_amount": "1", "declared_unit": "item", "boundary": "cradle_to_grave"}
    result, complaints = operations.preview(head, [FRIDGE | said])
    assert (complaints, result.total is not None) == ({}, True)
    assert ("use-grid-unsaid" in {each.slug for each in result.cautions}) == asked


@pytest.mark.parametrize(("name", "amount", "unit"), [("power", "90", "W"), ("hours", "8", "h")])
def test_the_energy_of_a_use_is_said_in_one_way_only(library, name, amount, unit):
    head = {"declared_amount": "1", "declared_unit": "item", "boundary": "cradle_to_grave"}
    both = FRIDGE | OWN_POWER | {name: {"amount": amount, "unit": unit}}
    _result, complaints = operations.preview(head, [both])
    assert complaints == {"rows-0-yearly_energy": "use-given-twice"}


def test_the_year_of_a_grid_is_a_year(library):
    head = {"declared_amount": "1", "declared_unit": "item", "boundary": "cradle_to_grave"}
    _result, complaints = operations.preview(head, [FRIDGE | OWN_POWER | {"grid_year": "24"}])
    assert complaints == {"rows-0-grid_year": "year-unreadable"}
