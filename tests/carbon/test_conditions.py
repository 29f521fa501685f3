"""Metered amounts and the ones that formulas take: density and the state of a gas are said in the record."""

import json
from decimal import Decimal, localcontext

import pytest

from carbon.footprint.arithmetic import ARITHMETIC

PATH = "/api/v1/footprints/preview"
OIL = {
    "stage": "manufacturing", "name": "柴油", "amount": "2000", "unit": "L",
    "factor": {"value": "3.1", "unit": "tCO2e/t"},
    "density": {"amount": "0.84", "unit": "kg/L"}, "density_source": "出厂检验单",
}  # fmt: skip
GAS = {
    "stage": "manufacturing", "name": "天然气", "amount": "10000", "unit": "m3", "gas_condition": "20C",
    "factor": {"value": "2", "unit": "kgCO2e/Nm3"},
}  # fmt: skip

METERED = GAS | {"gas_condition": None, "gas_temperature": "20", "gas_pressure": "200"}


@pytest.fixture
def ask(client, library):
    def post(*rows):
        sent = {"declared_unit": {"amount": "1", "unit": "t"}, "rows": list(rows)}
        return client.post(PATH, data=json.dumps(sent), content_type="application/json")

    return post


def total(answer) -> Decimal:
    assert answer.status_code == 200, answer.get_json()
    return Decimal(answer.get_json()["total"]["value"])


# 2,000 L × 0.84 = 1,680 kg, × 3.1.
@pytest.mark.parametrize(
    "density", [("0.84", "kg/L"), ("840", "kg/m3"), ("0.84", "t/m3"), ("0.84", "g/mL"), ("0.84", "千克/升")]
)
def test_a_volume_of_known_density_counts_as_its_mass(ask, density):
    row = OIL | {"density": dict(zip(("amount", "unit"), density, strict=True))}
    assert total(ask(row)) == Decimal("5208")


# At one pressure volumes are as the absolute temperatures: 273.15 / 293.15 = 0.93178, / 288.15 = 0.94794.
@pytest.mark.parametrize(
    ("condition", "normal"), [("20C", "9317.7554"), ("15C", "9479.4378"), ("0C", "10000")]
)
def test_a_gas_counts_as_normal_cubic_metres(ask, condition, normal):
    found = total(ask(GAS | {"gas_condition": condition}))
    assert abs(found / 2 - Decimal(normal)) < Decimal("0.0001")


# 273.15 / 298.15 × 301.325 / 101.325 of 10,000 m³; 200 kPa above the air is 301.325 absolute.
@pytest.mark.parametrize(
    ("temperature", "pressure", "normal"),
    [
        (("25", "℃"), ("301.325", "kPa"), "27244.883"),
        (("25", "°C"), ("0.301325", "MPa"), "27244.883"),
        (("0", "°C"), ("101.325", "kPa"), "10000"),
        (("-10", "摄氏度"), ("1.01325", "bar"), "10380.0"),
    ],
)
def test_a_gas_at_the_temperature_and_pressure_of_its_meter_counts_as_normal(
    ask, temperature, pressure, normal
):
    told = {"gas_temperature": temperature, "gas_pressure": pressure}
    sent = {name: dict(zip(("amount", "unit"), each, strict=True)) for name, each in told.items()}
    assert abs(total(ask(GAS | {"gas_condition": None} | sent)) / 2 - Decimal(normal)) < Decimal("0.1")


def test_a_pressure_in_the_wrong_unit_is_asked_about(ask):
    sent = {"gas_condition": None, "gas_temperature": "20", "gas_pressure": {"amount": "0.2", "unit": "kPa"}}
    told = ask(GAS | sent).get_json()["warnings"]
    [said] = [each for each in told if each["slug"] == "quantity-unusual"]
    assert "0.2 MPa" in said["message"]


def test_its_factor_is_of_the_temperatures_and_not_a_rounded_one(ask):
    with localcontext(ARITHMETIC):
        exact = 10000 * Decimal("273.15") / Decimal("293.15") * 2
    assert total(ask(GAS)) == exact


def test_a_gas_may_be_brought_to_normal_and_then_to_its_mass(ask):
    heavy = {"density": {"amount": "0.7", "unit": "kg/Nm3"}, "density_source": "色谱",
             "factor": {"value": "1000", "unit": "kgCO2e/t"}}  # fmt: skip
    assert abs(total(ask(GAS | heavy)) - Decimal("6522.4288")) < Decimal("0.0001")


def test_a_fuel_by_its_analysis_takes_the_amount_that_counts(ask):
    gas = {
        "kind": "fuel", "stage": "manufacturing", "name": "x", "unit": "m3", "amount": "10000",
        "ncv": {"amount": "389.31", "unit": "GJ/万Nm3"},
        "carbon_content": {"amount": "15.3", "unit": "tC/TJ"},
        "oxidation": {"amount": "0.99", "unit": "1"},
    }  # fmt: skip
    assert ask(gas).get_json()["fields"]["/rows/0/unit"]["slug"] == "unit-does-not-fit"
    normal = total(ask(gas | {"unit": "Nm3"}))
    assert abs(total(ask(gas | {"gas_condition": "20C"})) / normal - Decimal("0.93178")) < Decimal("0.00001")


@pytest.mark.parametrize(
    ("row", "pointer", "slug"),
    [
        (OIL | {"density_source": None}, "/rows/0/density_source", "value-missing"),
        (OIL | {"density": None}, "/rows/0/density", "value-missing"),
        (OIL | {"unit": "t"}, "/rows/0/density/unit", "unit-does-not-fit"),
        (OIL | {"density": {"amount": "1", "unit": "kg/Nm3"}}, "/rows/0/density/unit", "unit-does-not-fit"),
        (OIL | {"density": {"amount": "0", "unit": "kg/L"}}, "/rows/0/density", "number-not-above-zero"),
        (OIL | {"density": {"amount": "0.84", "unit": "t"}}, "/rows/0/density/unit", "unit-not-of-field"),
        (OIL | {"factor": {"value": "2.6", "unit": "kgCO2e/L"}}, "/rows/0/factor/unit", "unit-does-not-fit"),
        (GAS | {"unit": "Nm3"}, "/rows/0/gas_condition", "condition-of-no-gas"),
        (GAS | {"gas_condition": "25C"}, "/rows/0/gas_condition", "not-in-list"),
        (GAS | {"gas_condition": None}, "/rows/0/factor/unit", "unit-does-not-fit"),
        (GAS | {"gas_temperature": "20"}, "/rows/0/gas_pressure", "value-missing"),
        (GAS | {"gas_pressure": "200"}, "/rows/0/gas_temperature", "value-missing"),
        (METERED | {"gas_condition": "20C"}, "/rows/0/gas_condition", "condition-given-twice"),
        (METERED | {"unit": "Nm3"}, "/rows/0/gas_temperature", "condition-of-no-gas"),
        (METERED | {"gas_temperature": "-300"}, "/rows/0/gas_temperature", "quantity-impossible"),
        (METERED | {"gas_pressure": "0"}, "/rows/0/gas_pressure", "number-not-above-zero"),
        (
            METERED | {"gas_temperature": {"amount": "293", "unit": "K"}},
            "/rows/0/gas_temperature/unit", "factor-unit-unknown",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_at_its_member(ask, row, pointer, slug):
    answer = ask(row)
    assert answer.status_code == 422, answer.get_json()
    assert answer.get_json()["fields"][pointer]["slug"] == slug, answer.get_json()["fields"]


def test_a_density_in_the_wrong_unit_is_asked_about(ask):
    told = ask(OIL | {"density": {"amount": "840", "unit": "kg/L"}}).get_json()["warnings"]
    [said] = [each for each in told if each["slug"] == "quantity-unusual"]
    assert "840 kg/m³" in said["message"]


# What people wrote in the trials: each is read, or refused by its name.
@pytest.mark.parametrize("unit", ["tce", "kgce", "吨标准煤", "吨标煤", "千瓦小时", "KW.H"])
def test_a_unit_of_energy_as_people_write_it_is_read_at_the_door(ask, unit):
    row = {"stage": "manufacturing", "name": "x", "amount": "2", "unit": unit}
    assert total(ask(row | {"factor": {"value": "3", "unit": f"kgCO2e/{unit}"}})) == 6
    assert total(ask(row | {"factor": {"value": "3", "unit": "kgCO2e/GJ"}})) > 0


@pytest.mark.parametrize("unit", ["kg CO2-Eq/kWh", "kgCO2-eq./kWh", "tCO2/tce"])
def test_a_unit_of_a_factor_as_people_write_it_is_read_at_the_door(ask, unit):
    row = {"stage": "manufacturing", "name": "x", "amount": "2", "unit": unit.partition("/")[2]}
    assert total(ask(row | {"factor": {"value": "3", "unit": unit}})) == (6000 if "t" in unit[:1] else 6)


@pytest.mark.parametrize(("unit", "slug"), [("箱", "unit-without-size"), ("万元", "unit-unknown")])
def test_what_is_no_unit_of_a_quantity_is_refused_by_its_name(ask, unit, slug):
    row = {"stage": "manufacturing", "name": "x", "amount": "2", "unit": unit}
    answer = ask(row | {"factor": {"value": "3", "unit": "kgCO2e/kg"}})
    assert (answer.status_code, answer.get_json()["fields"]["/rows/0/unit"]["slug"]) == (422, slug)
