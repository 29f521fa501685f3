"""What fuels give off by default: methane and nitrous oxide by the kind of fuel, and which of two official
values the rules take."""

import csv
import io
import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from carbon import operations
from carbon.checks import Around
from carbon.factors import SHIPPED
from carbon.models import Factor
from carbon.records import burning
from tests.factories import actor

COAL = {
    "kind": "fuel", "stage": "manufacturing", "name": "烟煤", "amount": "1000", "unit": "t",
    "ncv": {"amount": "20", "unit": "GJ/t"}, "carbon_content": {"amount": "26", "unit": "tC/TJ"},
    "oxidation": {"amount": "0.98", "unit": "1"},
}  # fmt: skip


@pytest.fixture
def gases(client, db):
    operations.load_factors()

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


@pytest.fixture
def shipped():
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def test_what_each_kind_gives_off_was_seen(shipped):
    for kind in burning.KINDS:
        for gas in burning.GASES:
            row = shipped[f"IPCC06-{kind}-{gas}"]
            assert (row["factor_unit"], row["confidence"]) == (f"kg{gas}/TJ", "seen")
            assert burning.TABLE in row["source"]


def test_a_fuel_of_the_library_has_the_heating_value_of_its_own_publisher(shipped):
    burnt = {code for code, row in shipped.items() if row["category"] == "fuel_combustion"}
    without = {"CN-ENT-benzol-EF", "IPCC06-peat-EF", "IPCC06-charcoal-EF"}
    assert burnt == burning.KIND_OF.keys() | without
    for code in burning.KIND_OF:
        per = shipped[code]["factor_unit"].partition("/")[2]
        if per != "TJ":
            value = shipped[code.removesuffix("EF") + "NCV"]
            assert value["factor_unit"] == f"GJ/{per}", code
            assert code.removesuffix("EF") + "NCV" in burning.codes_of(code)


def changed(code: str, old: str, new: str) -> io.BytesIO:
    """A file of that factor alone, one of its cells another."""
    header, *lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if line.startswith(f"{code},")]
    assert line.count(old) == 1
    return io.BytesIO("\n".join([header, line.replace(old, new)]).encode())


def test_the_figures_stand_in_the_library_alone(client, db):
    """A thousand tonnes of twice the heating value give off twice the methane and nitrous oxide, and of half
    the methane half of that."""
    operations.load_factors()
    operations.import_factors(changed("CN-ENT-bitcoal-NCV", ",23.204,", ",46.408,"))
    found, _warned, _rows = of_library(client, "CN-ENT-bitcoal-EF", "t")
    assert (found["CH4"], found["N2O"]) == (Decimal("12530.16"), Decimal("19004.076"))
    operations.import_factors(changed("IPCC06-coal-CH4", ",10,kgCH4/TJ,", ",5,kgCH4/TJ,"))
    found, _warned, _rows = of_library(client, "CN-ENT-bitcoal-EF", "t")
    assert (found["CH4"], found["N2O"]) == (Decimal("6265.08"), Decimal("19004.076"))


@pytest.mark.parametrize("missing", ["CN-ENT-bitcoal-NCV", "IPCC06-coal-N2O"])
def test_where_the_library_does_not_say_a_fuel_keeps_its_carbon_dioxide_alone(client, db, missing):
    operations.load_factors()
    db.session.delete(db.session.scalars(select(Factor).filter_by(code=missing)).one())
    found, warned, _rows = of_library(client, "CN-ENT-bitcoal-EF", "t")
    assert set(found) == {"CO2"}
    assert "co2-counted-as-co2e" in warned


def test_a_row_keeps_the_version_of_a_default_that_it_was_saved_with(client, db):
    operations.load_factors()
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "1", "output_unit": "t"}
    of_library = BURNT | {"factor_code": "CN-ENT-bitcoal-EF"}
    analysed = {name: value for name, value in COAL.items() if name != "amount"}
    rows = [of_library, analysed | {"quantity": "1000", "fuel_type": "oil"}]
    operations.save_inventory(inventory, who, facts, rows, inventory.version)
    before = operations.compute(inventory).total
    inside = [[factor.code for factor in row.others] for row in inventory.rows]
    assert inside == [
        ["CN-ENT-bitcoal-NCV", "IPCC06-coal-CH4", "IPCC06-coal-N2O"],
        ["IPCC06-oil-CH4", "IPCC06-oil-N2O"],
    ]
    operations.import_factors(changed("CN-ENT-bitcoal-NCV", ",23.204,", ",46.408,"))
    told = operations.compute(inventory)
    assert told.total == before
    assert [each.detail["factor"] for each in told.cautions if each.slug == "factor-superseded"] == [
        "CN-ENT-bitcoal-NCV"
    ]


def of_library(client, code, unit):
    row = {"stage": "manufacturing", "name": "x", "amount": "1000", "unit": unit, "factor_code": code}
    sent = {"declared_unit": {"amount": "1", "unit": "kg"}, "rows": [row]}
    answer = client.post("/api/v1/footprints/preview", data=json.dumps(sent), content_type="application/json")
    assert answer.status_code == 200, answer.get_json()
    found = answer.get_json()
    gases = {gas: Decimal(each["value"]) for gas, each in found["gases"].items()}
    return gases, {each["slug"] for each in found["warnings"]}, found["rows"]


# 1,000 t of 23.204 GJ: 232.04 kg of methane × 27.0, 34.806 kg of nitrous oxide × 273; 1,000 TJ of wood:
# 30,000 kg × 27.0 and 4,000 kg × 273, beside carbon that grew.
@pytest.mark.parametrize(
    ("code", "unit", "expected"),
    [
        ("CN-ENT-bitcoal-EF", "t", {"CO2": "2071509", "CH4": "6265.08", "N2O": "9502.038"}),
        (
            "IPCC06-isw_wood-EF", "TJ",
            {"CO2-biogenic": "111833300", "CH4-nonfossil": "810000", "N2O": "1092000"},
        ),
    ],
)  # fmt: skip
def test_a_fuel_of_the_library_brings_its_other_gases_along(client, db, code, unit, expected):
    operations.load_factors()
    found, warned, rows = of_library(client, code, unit)
    assert found == {gas: Decimal(value) for gas, value in expected.items()}
    assert "co2-counted-as-co2e" not in warned
    assert [Decimal(row["value"]) for row in rows] == [sum(found.values())]


def test_a_fuel_without_a_default_keeps_its_carbon_dioxide_alone(client, db):
    operations.load_factors()
    found, warned, _rows = of_library(client, "IPCC06-peat-EF", "TJ")
    assert set(found) == {"CO2"}
    assert "co2-counted-as-co2e" in warned


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


# 100 t of 23.204 GJ: 207150.9 of carbon dioxide, 23.204 kg × 27.0 of methane, 3.4806 kg × 273; and the same
# of a gas at 20 degrees.
@pytest.mark.parametrize(
    ("row", "total"),
    [
        ({"factor_code": "CN-ENT-bitcoal-EF", "unit": "t"}, "208727.6118"),
        ({"factor_code": "CN-ENT-natgas-EF", "unit": "万m3", "stated": {"gas_condition": "0C"}}, None),
    ],
)
def test_what_comes_with_a_fuel_is_frozen_with_it_and_computed_again(db, row, total):
    operations.load_factors()
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "1", "output_unit": "t"}
    operations.save_inventory(inventory, who, facts, [BURNT | {"quantity": "100"} | row], inventory.version)
    frozen = operations.freeze(inventory, who)
    assert operations.recompute(frozen).total == frozen.total
    assert total is None or frozen.total == Decimal(total)
    [kept] = frozen.rows
    assert [line["gas"] for line in kept["lines"]] == ["CO2", "CH4", "N2O"]
    assert Decimal(kept["value"]) == sum(Decimal(line["value"]) for line in kept["lines"]) == frozen.total
    assert kept["factor"]["code"] == row["factor_code"]
