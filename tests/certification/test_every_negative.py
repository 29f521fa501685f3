"""No number of any record can be turned into its negative: what is taken away has a kind and a ground."""

from copy import deepcopy
from decimal import Decimal, InvalidOperation

from tests.certification.cement_client import YEAR
from tests.certification.test_every_pointer import at, places, pointer
from tests.certification.world import reload


def numbers(row: dict):
    for way in places(row):
        try:
            yield way, Decimal(at(row, way))
        except (InvalidOperation, TypeError, ValueError):
            continue  # a text, or what holds others


def test_a_negative_number_is_refused_wherever_it_stands_also_with_a_proof(ask, world):
    case = world.case("draft")
    proof = case.application.current_files[0].digest
    head = {"output_amount": "1000", "output_unit": "m2"}
    passed = []
    for row, _kilograms in YEAR:
        for way, number in numbers(row):
            bad = deepcopy(row) | {"evidence": [proof]}
            at(bad, way[:-1])[way[-1]] = f"{-number}"
            body = {"version": reload(case).inventory.version, "rows": [bad], **head}
            answer = ask("PUT", f"/applications/{case.id}/inventory", json=body)
            if answer.status_code != 422 or not any(
                each.startswith("/rows/0") for each in answer.json["fields"]
            ):
                passed.append((row["kind"], pointer(way), answer.status_code))
    assert passed == []
