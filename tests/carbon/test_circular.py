"""The circular footprint formula with the end of life, worked out by hand, and cut-off beside it."""

import json
from decimal import Decimal

import pytest

from carbon import operations
from core.errors import Invalid
from tests.factories import actor


def kg(amount: str) -> dict:
    return {"amount": amount, "unit": "kgCO2e/kg"}


def share(amount: str) -> dict:
    return {"amount": amount, "unit": "1"}


START = {
    "virgin": kg("2"), "recycled": kg("0.8"), "recycled_content": share("0.3"), "allocation": share("0.5"),
    "quality_ratio": share("0.9"),
}  # fmt: skip
RECYCLED = {
    "recycling_output": {"amount": "40", "unit": "%"}, "recycling_at_end": kg("0.6"),
    "quality_ratio_out": share("0.8"), "disposal": kg("0.05"), "source": "PEF, Annex C",
}  # fmt: skip
BURNT = {
    "energy_recovery": share("0.35"), "recovery": kg("1.1"),
    "heating_value": {"amount": "20", "unit": "GJ/t"}, "heat_efficiency": share("0.3"),
    "heat_avoided": {"amount": "70", "unit": "kgCO2e/GJ"}, "power_efficiency": share("0.1"),
    "power_avoided": {"amount": "0.576", "unit": "kgCO2e/kWh"},
}  # fmt: skip
ROW = {"kind": "cff", "stage": "raw_material", "name": "塑料", "amount": "1", "unit": "kg"}


@pytest.fixture
def ask(client, library):
    def post(*stated: dict, **more):
        row = ROW.copy()
        for each in stated:
            row |= each
        sent = {"declared_unit": {"amount": "1", "unit": "kg"}, "rows": [row | more]}
        return client.post("/api/v1/footprints/preview", data=json.dumps(sent),
                           content_type="application/json")  # fmt: skip

    return post


def total(answer) -> Decimal:
    assert answer.status_code == 200, answer.get_json()
    return Decimal(answer.get_json()["total"]["value"])


# Material  0.7 × 2 + 0.3 × (0.5 × 0.8 + 0.5 × 2 × 0.9) = 1.79
# Recycling 0.5 × 0.4 × (0.6 − 2 × 0.8)                 = −0.2      (0.12 given off, 0.32 saved)
# Energy    0.35 × (1.1 − 20 × 0.3 × 0.07 − 20 × 0.1 × 0.16) = 0.126 (0.385 given off, 0.259 saved)
# Disposal  (1 − 0.4 − 0.35) × 0.05                     = 0.0125
def test_the_whole_formula_comes_to_what_was_worked_out_by_hand(ask):
    answer = ask(START, RECYCLED, BURNT)
    assert total(answer) == Decimal("1.7285")
    assert {name: each["value"] for name, each in answer.get_json()["stages"].items()} == {
        "raw_material": "1.79",
        "end_of_life": "-0.0615",
    }


# 0.7 × 2 + 0.3 × 0.8 + 0.35 × 1.1 + 0.25 × 0.05 = 2.0375: what is recycled leaves without burden and credit.
def test_cut_off_stands_beside_it(ask):
    [said] = [each for each in ask(START, RECYCLED, BURNT).get_json()["warnings"] if "cff" in each["slug"]]
    assert said["slug"] == "cff-beside-cut-off"
    assert all(number in said["message"] for number in ("1.7285", "2.0375"))


def test_where_both_say_the_same_nothing_is_said(ask):
    same = START | {"recycled_content": share("0")}
    assert total(ask(same)) == 2
    assert not [each for each in ask(same).get_json()["warnings"] if "cff" in each["slug"]]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([], "1.79"),
        ([RECYCLED], "1.62"),  # 1.79 − 0.2 + 0.6 × 0.05
        ([RECYCLED, {"virgin_avoided": kg("1")}], "1.78"),  # 0.16 saved, not 0.32
        ([BURNT, {"disposal": kg("0.05"), "source": "x"}], "1.9485"),  # 1.79 + 0.126 + 0.65 × 0.05
        ([RECYCLED, BURNT, {"energy_allocation": share("0.5")}], "1.6655"),  # half of 0.126
        ([RECYCLED, BURNT, {"allocation": share("1")}], "1.7785"),  # 1.64 + 0.126 + 0.0125
    ],
)
def test_each_part_of_it(ask, stated, expected):
    assert total(ask(START, *stated)) == Decimal(expected)


@pytest.mark.parametrize(
    ("stated", "pointer", "slug"),
    [
        ([{"recycling_output": share("0.4")}], "recycling_at_end", "value-missing"),
        ([RECYCLED, {"quality_ratio_out": None}], "quality_ratio_out", "value-missing"),
        ([RECYCLED, {"source": None}], "source", "value-missing"),
        ([RECYCLED, {"disposal": None}], "disposal", "value-missing"),
        ([RECYCLED, BURNT, {"recovery": None}], "recovery", "value-missing"),
        ([RECYCLED, BURNT, {"heat_avoided": None}], "heat_avoided", "value-missing"),
        ([{"power_efficiency": share("0.1")}], "energy_recovery", "value-missing"),
        ([RECYCLED, BURNT, {"energy_recovery": share("0.61")}], "energy_recovery", "part-above-whole"),
        ([RECYCLED, {"recycling_output": share("1.1")}], "recycling_output", "not-a-fraction"),
        ([RECYCLED, {"source": "绿证"}], "kind", "credit-outside"),
    ],
)
def test_what_does_not_make_a_formula_is_refused_at_its_member(ask, stated, pointer, slug):
    answer = ask(START, *stated)
    assert answer.status_code == 422, answer.get_json()
    assert answer.get_json()["fields"][f"/rows/0/{pointer}"]["slug"] == slug


HEAD = {"title": "塑料", "declared_amount": "1", "declared_unit": "kg", "boundary": "cradle_to_grave"}


def test_in_a_case_what_is_saved_counts_nothing_until_its_ground_was_accepted(library):
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "1", "output_unit": "kg"}
    row = {**ROW, **START, **RECYCLED, **BURNT, "quantity": "1"}
    del row["amount"]
    operations.save_inventory(inventory, who, facts, [row], inventory.version)
    result = operations.compute(inventory)
    assert result.total == Decimal("2.3075")  # 1.79 + 0.12 + 0.385 + 0.0125
    [asked] = [each for each in result.cautions if each.slug == "ground-not-accepted"]
    assert dict(asked.detail) == {
        "name": "塑料", "amount": "1 kg", "factor": "0.579 kgCO2e/kg", "source": "PEF, Annex C",
    }  # fmt: skip
    from carbon.checks import Around

    accepted = Around(grounds={0: {"by": "甲"}})
    made = operations.freeze(inventory, who, accepted)
    assert (made.total, operations.recompute(made).total) == (Decimal("1.7285"), Decimal("1.7285"))
    with pytest.raises(Invalid):
        operations.save_inventory(inventory, who, {}, [row | {"source": "CCER"}], inventory.version)
