"""What nobody means is refused at its member, by the door that anybody may use; nothing of it is an error."""

import pytest

ROW = {"name": "x", "stage": "manufacturing", "amount": "1", "unit": "t"}
FACTOR = {"factor": {"value": "1", "unit": "kgCO2e/t"}}


def of(amount: str, unit: str) -> dict:
    return {"amount": amount, "unit": unit}


@pytest.mark.parametrize(
    "row",
    [
        *(FACTOR | {"amount": amount} for amount in ("1e400", "9" * 300, "NaN", "Infinity", "-5", "0x10")),
        FACTOR | {"amount": [1]},
        FACTOR | {"amount": True},
        FACTOR | {"unit": "😀"},
        FACTOR | {"name": "a\0b"},
        {"unit": "kgCO2e/t", "factor": {"value": "1", "unit": "t"}},
        {"kind": "fuel", "ncv": of("0", "GJ/t"), "carbon_content": of("60", "%"), "oxidation": of("1", "1")},
        {"kind": "transport", "legs": [
            {"distance": of("1", "km"), "emission": of("1", "kgCO2e/km"), "load": of("0", "t")}]},
        FACTOR | {"kind": "amortised", "lifetime": of("0", "year"), "counted": of("1", "year")},
        FACTOR | {"kind": "yield", "loss": of("100", "%")},
        FACTOR | {"unit": "L", "density": of("0", "kg/L"), "density_source": "x"},
        FACTOR | {"product_amount": of("0", "t"), "site_amount": of("0", "t")},
    ],
)  # fmt: skip
def test_a_row_that_says_nonsense_is_refused_at_its_member(client, library, row):
    sent = {"declared_unit": of("1", "t"), "rows": [ROW | row]}
    answer = client.post("/api/v1/footprints/preview", json=sent)
    assert answer.status_code == 422, answer.text
    assert "/rows/0" in answer.text or answer.get_json()["slug"] == "body-unreadable"


@pytest.mark.parametrize("body", ["{", "[]", "null", '"x"', '{"rows":' + "[" * 5000 + "]" * 5000 + "}"])
def test_a_body_that_is_no_inventory_is_refused(client, body):
    answer = client.post("/api/v1/footprints/preview", data=body, content_type="application/json")
    assert answer.status_code in (400, 422), answer.text
