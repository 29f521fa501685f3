"""Every published case goes through a door that people have: rows and systems of the calculator, a supplier's
footprint, the potentials; here those of plain rows, and the list of them all."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KEPT = {name: json.loads((HERE / f"{name}.json").read_text("utf-8")) for name in
        ("cases", "cases_2", "cases_records", "cases_linear")}  # fmt: skip
LINEAR = KEPT["cases_linear"]["cases"]
TOLERANCE = Decimal(KEPT["cases_linear"]["tolerance"])

# test_system_door sends what has a system; test_records what is of records, and each footprint of a supplier.
SENT = {
    *(case["id"] for name in ("cases", "cases_2") for case in KEPT[name]["cases"] if "system" in case),
    *(case["id"] for case in KEPT["cases"]["cases"] if case["kind"] in ("stages", "shares")),
    *(case["id"] for name in ("cases_records", "cases_linear") for case in KEPT[name]["cases"]),
}
ELSEWHERE = {
    "GWP-AR6": "test_gwp, by its own address",
    "ROUND-8170": "certification/evaluation/test_published_decisions.py, as LIMIT-EXACT-29 to the decision",
}


def test_no_published_case_is_left_without_a_door():
    assert {case["id"] for case in KEPT["cases"]["cases"]} <= SENT
    assert {case["id"] for case in KEPT["cases_2"]["cases"]} <= SENT
    of_ours = {"COAL-BY-ELEMENT", "CLINKER-CHEMISTRY", "OCEL-BK1-DELIVERY", "TRUCK-BY-LOAD", "LAPTOP-BY-YEAR",
               "UPTAKE-PACT", "AVOIDED-STEAM", "METER-OF-THREE", "LCAAC-SANDWICH-UNITS"}  # fmt: skip
    assert len((SENT - of_ours) | ELSEWHERE.keys()) == 54


@pytest.mark.parametrize("case", LINEAR, ids=lambda case: case["id"])
def test_plain_rows_come_to_what_their_source_says_through_the_calculator(client, library, case):
    body = {name: case[name] for name in ("declared_unit", "output", "rows")}
    answer = client.post("/api/v1/footprints/preview", json=body)
    assert answer.status_code == 200, answer.get_json()
    got = answer.get_json()
    total = Decimal(got["total"]["value"])
    if "least" in case:
        assert Decimal(case["least"]) <= total <= Decimal(case["most"])
    elif case.get("exact"):
        assert total == Decimal(case["total"])
    else:
        assert abs(total - Decimal(case["total"])) <= TOLERANCE * abs(Decimal(case["total"]))
    for stage, printed in case.get("stages", {}).items():
        assert Decimal(got["stages"][stage]["value"]) == Decimal(printed)
    assert "supplier-stages-do-not-add-up" not in {warning["slug"] for warning in got["warnings"]}
