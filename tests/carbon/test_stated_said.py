"""What a record states, said on a page: units and choices in their words, whatever else as it stands."""

import pytest

from carbon.queries import stated_said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("emission", "2 kgCO2e/item", "2 kgCO₂e/件"),
        ("product_amount", "3 dozen", "3 打"),
        ("gas_condition", "20C", "20 ℃，101.325 kPa"),
        ("supplies", "grid 5 kWh；contract 6 kWh", "电网 5 kWh；合同电力（附绿证） 6 kWh"),
        ("parts", "0.3 kgCH4-fossil/t；2 kgN2O/item", "0.3 kgCH₄-fossil/t；2 kgN₂O/件"),
        ("meter", "item 3", "item 3"),
        ("no_quantity", "item", "item"),
    ],
)
def test_a_quantity_is_said_in_words(app, name, text, said):
    assert stated_said(name, text) == said
