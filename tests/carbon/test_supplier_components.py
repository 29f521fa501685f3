"""A supplier's footprint with the components that PACT's data model has: what counts, what is told apart, and
what does not hold in it is asked about."""

import json
from decimal import Decimal

import pytest

# wbcsd/data-exchange-protocol, spec/v3/examples/example-1.json and example-3.json.
ETHANOL = {
    "fossil": "0.35",
    "land_use_change": "0",
    "land_management_fossil": "0.03",
    "land_management_biogenic": "0.004",
    "biogenic_other": "0.002",
    "biogenic_uptake": "-1.61",
}


def supplied(value: str, unit: str = "kg", carbon: str = "", **components: str) -> dict:
    stated = {
        name: {"amount": amount, "unit": f"kgCO2e/{unit}"}
        for name, amount in {"emission": value, **components}.items()
    }
    content = {"biogenic_carbon": {"amount": carbon, "unit": f"kgC/{unit}"}} if carbon else {}
    return {"kind": "supplier", "stage": "raw_material", "name": "x", "amount": "1", "unit": unit,
            "boundary": "cradle_to_gate", **stated, **content}  # fmt: skip


@pytest.fixture
def ask(client, library):
    def post(row: dict):
        sent = {"declared_unit": {"amount": "1", "unit": row["unit"]}, "rows": [row]}
        return client.post("/api/v1/footprints/preview", data=json.dumps(sent),
                           content_type="application/json")  # fmt: skip

    return post


def of_supplier(answer) -> list[str]:
    return [each["slug"] for each in answer["warnings"] if each["slug"].startswith("supplier-")]


def test_the_ethanol_of_pact_counts_as_published_and_its_sum_is_asked_about(ask):
    got = ask(supplied("0.384", carbon="0.44", **ETHANOL)).get_json()
    assert got["pact"]["pcfExcludingBiogenicUptake"] == "0.384"
    assert Decimal(got["pact"]["pcfIncludingBiogenicUptake"]) == Decimal("0.384") - Decimal("1.61")  # -1.23
    assert got["pact"]["biogenicCO2Uptake"] == "-1.61"
    assert got["pact"]["biogenicNonCO2Emissions"] == "0.006"
    assert got["total"]["value"] == "-1.226"
    assert of_supplier(got) == ["supplier-stages-do-not-add-up"]
    [said] = [each for each in got["warnings"] if each["slug"] == "supplier-stages-do-not-add-up"]
    assert (said["row"], "0.386" in said["message"], "0.384" in said["message"]) == (0, True, True)
    assert len(got["rows"]) == 1


def test_the_door_of_pact_stands_without_the_way_to_the_customer(ask):
    got = ask(
        supplied("77", "item", "0", fossil="77", outbound_transport="4", biogenic_uptake="0")
    ).get_json()
    assert (got["total"]["value"], got["pact"]["pcfIncludingBiogenicUptake"]) == ("77", "77")
    assert got["pact"]["biogenicCO2Uptake"] is None
    assert of_supplier(got) == ["supplier-outbound-apart"]
    [said] = [each for each in got["warnings"] if each["slug"] == "supplier-outbound-apart"]
    assert "4 kgCO₂e/件" in said["message"]


def test_what_was_told_apart_of_it_is_told_apart_of_the_whole(ask):
    told = {"fossil": "5", "land_use_change": "3", "biogenic_other": "2", "aircraft": "1", "packaging": "0.5"}
    got = ask(supplied("10", **told)).get_json()
    assert got["total"]["value"] == "10"
    assert {name: each["value"] for name, each in got["apart"].items()} == {
        "fossil": "5",
        "biogenic_emission": "2",
        "land_use_change": "3",
    }
    assert {name: each["value"] for name, each in got["thereof"].items()} == {
        "aircraft": "1",
        "packaging": "0.5",
    }
    assert of_supplier(got) == []


def test_parts_above_the_whole_leave_the_whole_as_it_was_published(ask):
    got = ask(supplied("10", fossil="5", land_use_change="30")).get_json()
    assert (got["total"]["value"], of_supplier(got)) == ("10", ["supplier-stages-do-not-add-up"])
    assert {name: each["value"] for name, each in got["apart"].items()} == {"fossil": "10"}


# 0.44 × 44/12 = 1.61333; half a percent of it is 0.00807.
@pytest.mark.parametrize(
    ("uptake", "carbon", "slugs"),
    [
        ("-1.6133", "0.44", []),
        ("-1.606", "0.44", []),
        ("-1.605", "0.44", ["supplier-uptake-not-of-carbon"]),
        ("-0.44", "0.44", ["supplier-uptake-not-of-carbon"]),
        ("-1.61", "0", ["supplier-uptake-not-of-carbon"]),
        ("0", "0.44", ["supplier-uptake-not-of-carbon"]),
        ("-1.61", "", ["supplier-uptake-without-carbon"]),
        ("0", "", []),
    ],
)
def test_what_was_taken_up_is_44_12_of_the_carbon_or_it_is_asked_about(ask, uptake, carbon, slugs):
    got = ask(supplied("1", carbon=carbon, biogenic_uptake=uptake)).get_json()
    assert of_supplier(got) == slugs
    assert Decimal(got["total"]["value"]) == 1 + Decimal(uptake)
    assert all(each["severity"] == "red" for each in got["warnings"] if "uptake" in each["slug"])


@pytest.mark.parametrize(
    ("wrong", "pointer", "slug"),
    [
        ({"biogenic_uptake": "1.61"}, "/rows/0/biogenic_uptake", "uptake-above-zero"),
        ({"aircraft": "-1"}, "/rows/0/aircraft", "quantity-negative"),
        ({"carbon": "-0.4"}, "/rows/0/biogenic_carbon", "quantity-negative"),
        ({"carbon": "1.4"}, "/rows/0/biogenic_carbon", "quantity-impossible"),
    ],
)
def test_what_cannot_be_is_refused_at_its_member(ask, wrong, pointer, slug):
    answer = ask(supplied("1", **wrong))
    assert answer.status_code == 422
    assert answer.get_json()["fields"][pointer]["slug"] == slug


def test_a_component_of_something_else_than_the_value_is_refused_at_its_unit(ask):
    for name, unit in (("packaging", "kgCO2e/item"), ("biogenic_carbon", "kgC/item")):
        answer = ask(supplied("1") | {name: {"amount": "1", "unit": unit}})
        assert answer.get_json()["fields"][f"/rows/0/{name}/unit"]["slug"] == "unit-does-not-fit"
