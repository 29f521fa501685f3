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
