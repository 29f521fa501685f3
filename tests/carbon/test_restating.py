"""A footprint under another set of warming potentials, and which of its rows no other set restates."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest

from carbon import operations
from core.errors import OutOfOrder
from tests.factories import actor

PART = {"stage": "manufacturing", "unit": "kg"}
HEAD = {"title": "水泥", "declared_amount": "1", "declared_unit": "t", "boundary": "cradle_to_gate"}
FACTORS = {
    "煤层气": "kgCH4-fossil/kg", "溶剂": "kgCO2e/kg", "窑炉": "kgCO2/kg", "氧化亚氮": "kgN2O/kg",
    "制冷剂": "kgR410A/kg", "开关": "kgSF6/kg",
}  # fmt: skip


def rows(**amounts: str) -> list[dict]:
    return [
        PART | {"name": name, "amount": amount, "factor": {"value": "1", "unit": FACTORS[name]}}
        for name, amount in amounts.items()
    ]


@pytest.fixture
def ask(client, library):
    def post(sent: list[dict], restate: str | None = "AR5"):
        body = {"declared_unit": {"amount": "1", "unit": "t"}, "rows": sent, "restate": restate}
        return client.post(
            "/api/v1/footprints/preview", data=json.dumps(body), content_type="application/json"
        )

    return post


# AR6: 29.8 + 273 + 2255.5 + 5 + 100; AR5: 30 + 265 + 1923.5 + 5 + 100 (R410A: half of 677, half of 3170).
def test_kilograms_of_gas_are_restated_and_what_says_co2e_alone_is_named(ask):
    answer = ask(rows(煤层气="1", 氧化亚氮="1", 制冷剂="1", 溶剂="5", 窑炉="100")).get_json()
    assert answer["total"]["value"] == "2663.3"
    assert answer["restated"] == {
        "gwp": "AR5",
        "total": "2323.5",
        "unit": "kgCO2e/t",
        "not_restated": [{"row": 3, "name": "溶剂"}],
        "unsettled": [],
    }


def test_a_gas_that_sources_differ_about_is_said_in_the_set_they_differ_about(ask):
    assert ask(rows(开关="1"), "AR6").get_json()["restated"]["unsettled"] == ["SF6"]
    assert ask(rows(开关="1"), "AR5").get_json()["restated"]["unsettled"] == []


def test_who_does_not_ask_is_told_none_and_a_set_that_is_none_is_refused_at_its_member(ask):
    assert ask(rows(窑炉="1"), None).get_json()["restated"] is None
    answer = ask(rows(窑炉="1"), "AR7")
    assert (answer.status_code, answer.get_json()["fields"]["/restate"]["slug"]) == (422, "gwp-unknown")


def bought(gwp_set: str) -> dict:
    said = {"gwp_set": gwp_set} if gwp_set else {}
    return said | {
        "kind": "supplier", "stage": "raw_material", "name": "溶剂", "amount": "5", "unit": "kg",
        "boundary": "cradle_to_gate", "emission": {"amount": "1", "unit": "kgCO2e/kg"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gwp_set", "asked", "restated"), [("", False, False), ("AR6", False, False), ("AR5", True, True)]
)
def test_a_supplier_says_the_set_of_its_footprint_which_is_asked_about_where_it_is_another(
    ask, gwp_set, asked, restated
):
    """Under the set that it was made with it is right as it stands; under any other nobody can restate it."""
    answer = ask([bought(gwp_set)]).get_json()
    assert ("gwp-set-differs" in {each["slug"] for each in answer["warnings"]}) == asked
    assert (answer["restated"]["not_restated"] == []) == restated
    refused = ask([bought("AR7")])
    assert (refused.status_code, list(refused.get_json()["fields"])) == (422, ["/rows/0/gwp_set"])


COAL = {
    "kind": "fuel", "stage": "manufacturing", "name": "烟煤", "quantity": "10", "unit": "t",
    "ncv": {"amount": "20", "unit": "GJ/t"}, "carbon_content": {"amount": "50", "unit": "%"},
    "oxidation": {"amount": "100", "unit": "%"}, "methane": {"amount": "10", "unit": "kgCH4/TJ"},
    "upstream": {"amount": "100", "unit": "kgCO2e/t"},
}  # fmt: skip


@pytest.fixture
def frozen(library):
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    solvent = {**PART, "name": "溶剂", "quantity": "5", "own_value": "1", "own_unit": "kgCO2e/kg"}
    clinker = {**PART, "name": "窑炉", "quantity": "7", "own_value": "1", "own_unit": "kgCO2/kg"}
    facts = {"output_amount": "1", "output_unit": "t"}
    operations.save_inventory(inventory, who, facts, [clinker, COAL, solvent], inventory.version)
    return operations.freeze(inventory, who)


# 10 t × 0.5 × 44/12 = 18,333.33 kg; 2 kg of methane, 27.0 or 28 or 25 each; 1,000 upstream, 5 and 7 beside.
def test_a_frozen_footprint_is_restated_from_its_own_copy(frozen):
    found = {each.gwp: each for each in operations.restated(frozen)}
    assert set(found) == {"AR4", "AR5"}
    assert found["AR5"].total - frozen.total == 2 * (28 - 27)
    assert frozen.total - found["AR4"].total == 2 * (27 - 25)
    assert [each.fixed for each in found.values()] == [((1, "烟煤"), (2, "溶剂"))] * 2


def test_what_was_altered_is_not_restated(frozen):
    with pytest.raises(OutOfOrder, match="footprint-altered"):
        document = frozen.document() | {"total": "1"}
        operations.restated(SimpleNamespace(**{**vars(frozen), "document": lambda: document}))


def test_restating_under_its_own_set_is_the_same_number(ask):
    sent = rows(煤层气="1", 溶剂="5", 窑炉="100")
    answer = ask(sent, "AR6").get_json()
    assert Decimal(answer["restated"]["total"]) == Decimal(answer["total"]["value"])
