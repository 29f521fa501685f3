"""What fuels give off by default: methane and nitrous oxide by the kind of fuel, and which of two official
values the rules take."""

import csv
import json
from decimal import Decimal

import pytest

from carbon import operations
from carbon.checks import Around
from carbon.factors import SHIPPED
from carbon.records.fuel import DEFAULTS
from tests.factories import actor

COAL = {
    "kind": "fuel", "stage": "manufacturing", "name": "烟煤", "amount": "1000", "unit": "t",
    "ncv": {"amount": "20", "unit": "GJ/t"}, "carbon_content": {"amount": "26", "unit": "tC/TJ"},
    "oxidation": {"amount": "0.98", "unit": "1"},
}  # fmt: skip


@pytest.fixture
def gases(client, library):
    def post(**more):
        sent = {"declared_unit": {"amount": "1", "unit": "kg"}, "rows": [COAL | more]}
        answer = client.post(
            "/api/v1/footprints/preview", data=json.dumps(sent), content_type="application/json"
        )
        assert answer.status_code == 200, answer.get_json()
        found = answer.get_json()
        return {gas: Decimal(each["value"]) for gas, each in found["gases"].items()}, found["warnings"]

    return post


# 1,000 t are 20 TJ: 200 kg of methane × 27.0 and 30 kg of nitrous oxide × 273.
@pytest.mark.parametrize(
    ("kind", "methane", "nitrous"),
    [("coal", "5400", "8190"), ("oil", "1620", "3276"), ("natgas", "540", "546"), ("wood", "16200", "21840")],
)
def test_methane_and_nitrous_oxide_come_with_the_kind_of_fuel(gases, kind, methane, nitrous):
    found, warnings = gases(fuel_type=kind)
    assert (found["CH4"], found["N2O"]) == (Decimal(methane), Decimal(nitrous))
    assert "co2-counted-as-co2e" not in {each["slug"] for each in warnings}
    without, warnings = gases()
    assert without == {"CO2": found["CO2"]}
    assert "co2-counted-as-co2e" in {each["slug"] for each in warnings}


# 100 万Nm3 of 380 GJ are 38 TJ: 38 kg of methane × 27.0 and 3.8 kg of nitrous oxide × 273.
def test_what_is_measured_by_volume_is_a_gas_and_has_its_defaults_unasked(gases):
    gas = {"unit": "万Nm3", "amount": "100", "ncv": {"amount": "380", "unit": "GJ/万Nm3"}}
    found, warnings = gases(**gas)
    assert (found["CH4"], found["N2O"]) == (Decimal(1026), Decimal("1037.4"))
    assert "co2-counted-as-co2e" not in {each["slug"] for each in warnings}
    assert found == gases(**gas, fuel_type="natgas")[0]
    assert gases(**gas, fuel_type="oil")[0]["CH4"] == 3 * 1026  # what is said goes before


MEASURED = {
    "methane": {"amount": "1", "unit": "kgCH4/TJ"},
    "nitrous_oxide": {"amount": "1", "unit": "kgN2O/TJ"},
}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, True),
        ({"methane": MEASURED["methane"]}, True),
        ({"fuel_type": "coal"}, False),
        (MEASURED, False),
        ({"unit": "Nm3", "ncv": {"amount": "38", "unit": "MJ/Nm3"}}, False),
    ],
)
def test_where_nobody_can_know_the_kind_of_a_fuel_it_is_asked_for(library, said, asked):
    head = {"declared_amount": "1", "declared_unit": "kg", "boundary": "cradle_to_gate"}
    row = {"quantity": COAL["amount"]} | {name: value for name, value in COAL.items() if name != "amount"}
    result, complaints = operations.preview(head, [row | said])
    assert not complaints
    assert ("fuel-kind-unsaid" in {each.slug for each in result.cautions}) == asked


def test_what_was_measured_goes_before_the_default(gases):
    found, _warnings = gases(fuel_type="coal", methane={"amount": "1", "unit": "kgCH4/TJ"})
    assert (found["CH4"], found["N2O"]) == (Decimal(540), Decimal(8190))


def test_the_methane_of_biomass_is_told_apart(gases):
    found, _warnings = gases(fuel_type="wood", biogenic_share={"amount": "25", "unit": "%"})
    assert (found["CH4"], found["CH4-nonfossil"]) == (Decimal(12150), Decimal(4050))
    whole, warnings = gases(fuel_type="wood", biogenic_share={"amount": "1", "unit": "1"})
    assert (whole["CH4-nonfossil"], "CH4" in whole) == (Decimal(16200), False)
    assert "co2-counted-as-co2e" not in {each["slug"] for each in warnings}


def test_the_defaults_are_those_of_the_library_and_were_seen():
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        rows = {row["code"]: row for row in csv.DictReader(stream)}
    for kind, by_gas in DEFAULTS.items():
        for gas, value in zip(("CH4", "N2O"), by_gas, strict=True):
            row = rows[f"IPCC06-{kind}-{gas}"]
            assert (Decimal(row["factor_value"]), row["factor_unit"]) == (value, f"kg{gas}/TJ")
            assert (row["confidence"], "Table 2.3" in row["source"]) == ("seen", True)


HEAD = {"title": "水泥", "declared_amount": "1", "declared_unit": "t", "boundary": "cradle_to_gate"}
BURNT = {"stage": "manufacturing", "name": "窑用煤", "quantity": "1", "unit": "t"}


@pytest.mark.parametrize(
    ("code", "default", "slug"),
    [
        ("CN-PROV-bitcoal-EF", "", "fuel-defaults-differ"),
        ("CN-ENT-bitcoal-EF", "", "fuel-defaults-differ"),
        ("CN-PROV-bitcoal-EF", "industry_guideline", "fuel-default-of-others"),
        ("CN-PROV-bitcoal-EF", "provincial_guideline", None),
    ],
)
def test_where_two_official_defaults_differ_both_are_said(db, code, default, slug):
    operations.load_factors()
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "1", "output_unit": "t"}
    operations.save_inventory(inventory, who, facts, [BURNT | {"factor_code": code}], inventory.version)
    result = operations.compute(inventory, Around(fuel_default=default))
    told = [each for each in result.cautions if each.slug.startswith("fuel-default")]
    assert [each.slug for each in told] == ([slug] if slug else [])
    for each in told:
        assert {each.detail["factor"], each.detail["other"]} == {"1.74175 tCO2/t", "2.071509 tCO2/t"}
