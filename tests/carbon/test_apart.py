"""What is reported apart: by the origin of the carbon, in the total, and exact in any order."""

import json
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon.footprint import FactorCopy, Quantity, Row, Sheet, compute

GASES = ("CO2", "CO2e", "CH4-fossil", "CH4-nonfossil", "N2O", "CO2-biogenic", "CO2-dluc", "R410A")


def row(gas: str, kilograms: str) -> Row:
    return Row(gas, "manufacturing", Decimal(kilograms), "kg", FactorCopy(Decimal(1), f"kg{gas}/kg", gas))


def result(*rows: Row, output: str = "1"):
    return compute(Sheet(Quantity(Decimal(1), "kg"), Quantity(Decimal(output), "kg"), "AR6", rows))


# 0.44 kg of carbon in the product: -44/12 of it was taken up, -1.6133 kg of CO2.
def test_uptake_emission_and_land_use_stand_apart_from_what_is_fossil():
    uptake = str(Decimal("-0.44") * 44 / 12)
    found = result(
        row("CO2", "0.38"), row("CO2-biogenic", uptake), row("CO2-biogenic", "0.2"), row("CO2-dluc", "3")
    )
    assert {part: round(value, 4) for part, value in found.apart.items()} == {
        "fossil": Decimal("0.38"),
        "biogenic_emission": Decimal("0.2"),
        "biogenic_uptake": Decimal("-1.6133"),
        "land_use_change": Decimal(3),
    }
    assert list(found.apart) == ["fossil", "biogenic_emission", "biogenic_uptake", "land_use_change"]


@pytest.mark.parametrize(
    ("gas", "part"),
    [
        ("CO2", "fossil"), ("CO2e", "fossil"), ("CH4", "fossil"), ("CH4-fossil", "fossil"),
        ("R410A", "fossil"), ("CH4-nonfossil", "biogenic_emission"), ("CO2-biogenic", "biogenic_emission"),
        ("CO2-dluc", "land_use_change"),
    ],
)  # fmt: skip
def test_each_gas_has_its_part(gas, part):
    assert list(result(row(gas, "1")).apart) == [part]


@given(
    st.lists(
        st.tuples(st.sampled_from(GASES), st.decimals(-(10**6), 10**6, places=6)), min_size=1, max_size=12
    ),
    st.integers(1, 10**4),
    st.randoms(use_true_random=False),
)
def test_the_parts_add_up_to_the_total_whatever_the_order(stated, output, chance: random.Random):
    rows = [row(gas, str(kilograms)) for gas, kilograms in stated]
    found, shuffled = result(*rows, output=str(output)), chance.sample(rows, len(rows))
    again = result(*shuffled, output=str(output))
    assert (again.total, again.exact, again.apart) == (found.total, found.exact, found.apart)
    whole = sum(map(Fraction, result(*rows).apart.values()))
    assert whole == result(*rows).exact == found.exact * output


def test_the_open_calculator_tells_them(client, db):
    part = {"stage": "use", "unit": "kg"}
    rows = [
        {**part, "amount": "1", "factor": {"value": amount, "unit": f"kg{gas}/kg"}}
        for gas, amount in (("CO2", "5"), ("CO2-biogenic", "-2"), ("CO2-dluc", "1"))
    ]
    sent = {"declared_unit": {"amount": "1", "unit": "kg"}, "rows": rows}
    answer = client.post("/api/v1/footprints/preview", data=json.dumps(sent), content_type="application/json")
    told = {name: each["value"] for name, each in answer.get_json()["apart"].items()}
    assert told == {"fossil": "5", "biogenic_uptake": "-2", "land_use_change": "1"}
    assert answer.get_json()["total"]["value"] == "4"


# What was said of rows: aircraft, packaging and the way to the customer, each in the total.
def preview(client, rows: list[dict], **more) -> dict:
    sent = {"declared_unit": {"amount": "1", "unit": "t"}, "output": {"amount": "10", "unit": "t"}, **more}
    body = json.dumps(sent | {"rows": rows})
    answer = client.post("/api/v1/footprints/preview", data=body, content_type="application/json")
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


BOXES = {"stage": "raw_material", "name": "纸箱", "amount": "400", "unit": "kg", "apart": "packaging",
         "factor": {"value": "0.8", "unit": "kgCO2e/kg"}}  # fmt: skip
BY_AIR = {"distance": {"amount": "1000", "unit": "km"}, "emission": {"amount": "0.6", "unit": "kgCO2e/t·km"}}
BY_ROAD = {"distance": {"amount": "200", "unit": "km"}, "emission": {"amount": "0.1", "unit": "kgCO2e/t·km"}}
AWAY = {"kind": "transport", "stage": "distribution", "name": "发货", "amount": "10", "unit": "t",
        "apart": "outbound_transport", "legs": [BY_AIR | {"apart": "aircraft"}, BY_ROAD]}  # fmt: skip
CLAY = {"stage": "raw_material", "name": "黏土", "amount": "12", "unit": "t",
        "factor": {"value": "50", "unit": "kgCO2e/t"}}  # fmt: skip


def test_what_rows_and_legs_were_said_to_be_is_told_apart_and_stays_in_the_total(client, db):
    told = preview(client, [BOXES, AWAY, CLAY])
    assert told["total"]["value"] == "712"  # 320 + 6,000 + 200 + 600 kg of ten tonnes
    assert {name: each["value"] for name, each in told["thereof"].items()} == {
        "aircraft": "600",
        "packaging": "32",
        "outbound_transport": "620",
    }
    bare = [{name: value for name, value in row.items() if name != "apart"} for row in (BOXES, AWAY, CLAY)]
    without = preview(client, [{**bare[1], "legs": [BY_AIR, BY_ROAD]}, bare[0], bare[2]])
    assert (without["total"], without["thereof"]) == (told["total"], {})


def test_a_record_is_told_apart_only_as_something_that_there_is(client, db):
    sent = {"declared_unit": {"amount": "1", "unit": "t"}, "rows": [BOXES | {"apart": "gift"}]}
    answer = client.post("/api/v1/footprints/preview", data=json.dumps(sent), content_type="application/json")
    assert (answer.status_code, answer.get_json()["fields"]["/rows/0/apart"]["slug"]) == (422, "not-in-list")


# PACT Technical Specifications 3.0.3: excluding = fossil + land use change + biogenic but CO2; including
# adds the uptake; the way to the customer stands outside both.
def test_a_footprint_is_told_by_the_members_of_pact(client, db):
    grown = {"stage": "raw_material", "name": "木材", "amount": "900", "unit": "kg"}
    rows = [
        BOXES, AWAY, CLAY,
        grown | {"factor": {"value": "-1.8", "unit": "kgCO2-biogenic/kg"}},
        grown | {"factor": {"value": "0.3", "unit": "kgCO2-biogenic/kg"}},
        grown | {"factor": {"value": "0.02", "unit": "kgCO2e-biogenic/kg"}},
        grown | {"factor": {"value": "0.001", "unit": "kgCH4-nonfossil/kg"}},
        grown | {"factor": {"value": "0.5", "unit": "kgCO2-dluc/kg"}},
    ]  # fmt: skip
    told = preview(client, rows)["pact"]
    assert told == {
        "pcfExcludingBiogenicUptake": "141.23",  # 92 + 45 + 4.23
        "pcfIncludingBiogenicUptake": "6.23",
        "fossilGhgEmissions": "92",
        "landUseChangeGhgEmissions": "45",
        "biogenicNonCO2Emissions": "4.23",  # 1.8 + 0.09 × 27.0
        "biogenicCO2Uptake": "-135",
        "aircraftGhgEmissions": None,
        "packagingEmissionsIncluded": True,
        "packagingGhgEmissions": "32",
        "outboundLogisticsGhgEmissions": "620",
        "ipccCharacterizationFactors": ["AR6"],
    }


@pytest.mark.parametrize(
    "row",
    [
        BOXES | {"stage": "use"},
        AWAY | {"apart": None},
        {"kind": "avoided", "stage": "manufacturing", "name": "余热", "amount": "1", "unit": "kg",
         "displaced": "蒸汽", "source": "计量", "factor": {"value": "1", "unit": "kgCO2e/kg"}},
    ],
)  # fmt: skip
def test_pact_has_no_figure_for_what_lies_behind_the_gate_or_is_subtracted(client, db, row):
    assert preview(client, [CLAY])["pact"]["pcfExcludingBiogenicUptake"] == "60"
    assert preview(client, [CLAY, row])["pact"] is None
