"""Records of every kind in a case, by API: what was sent is read back, and a wrong member is named."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from carbon import records
from tests.certification.world import reload

CASES = json.loads((Path(__file__).parents[1] / "carbon/cases_records.json").read_text(encoding="utf-8"))
HEAD = {"output_amount": "1", "output_unit": "m2"}
ROW = {"stage": "use", "name": "x", "quantity": "1", "unit": "t"}
FAR = {"kind": "transport", "legs": [{"distance": {"amount": "far", "unit": "km"}}]}
COAL = ROW | {"kind": "fuel"}


@pytest.fixture
def case(world):
    return world.case("draft")


def as_kept(row: dict, number: int) -> dict:
    """A row of the calculator under the names that a case has for its members."""
    factor = row.get("factor") or {}
    own = {"own_value": factor.get("value"), "own_unit": factor.get("unit")} if factor else {}
    rest = {name: value for name, value in row.items() if name not in ("amount", "factor")}
    return {"name": f"{number}", "stage": "manufacturing", "quantity": row["amount"], **rest, **own}


def every_row() -> list[dict]:
    rows = [row for one in CASES["cases"] for row in one["rows"]]
    return [as_kept(row, number) for number, row in enumerate(rows) if not _below_zero(row)]


def _below_zero(row: dict) -> bool:
    """In a case nothing is subtracted but by a removal or an avoided product."""
    return str((row.get("emission") or {}).get("amount", "")).startswith("-")


def test_rows_of_every_kind_are_kept_read_back_and_sent_again(ask, case):
    path, rows = f"/applications/{case.id}/inventory", every_row()
    assert {row.get("kind", "activity") for row in rows} == set(records.KINDS)
    body = {"version": reload(case).inventory.version, "rows": rows, **HEAD}
    answer = ask("PUT", path, json=body)
    assert answer.status_code == 200, answer.json
    got = ask("GET", path).json
    for sent, kept in zip(rows, got["rows"], strict=True):
        bare = "kind" not in sent and "ncv" in sent
        assert kept["kind"] == ("fuel" if bare else sent.get("kind", "activity"))
        stated = {name: value for name, value in sent.items() if name in records.FIELDS}
        assert bare or {name: kept[name] for name in stated} == stated
        assert Decimal(kept["quantity"]) == Decimal(sent["quantity"])
    again = ask("PUT", path, json={"version": got["version"], "rows": got["rows"], **HEAD})
    assert again.status_code == 200, again.json
    assert ask("GET", path).json["rows"] == got["rows"]


def test_a_member_that_its_kind_does_not_have_is_refused_at_the_member(ask, case):
    path, version = f"/applications/{case.id}/inventory", reload(case).inventory.version
    row = {
        "stage": "use",
        "name": "x",
        "quantity": "1",
        "unit": "t",
        "kind": "carbonate",
        "carbonate": "CaCO3",
    }
    for wrong, place in (
        ({"ncv": "20"}, "ncv"),
        ({"never": "1"}, "never"),
        ({"purity": {"amount": "2", "unit": "1"}}, "purity"),
        ({"carbonate": "chalk"}, "carbonate"),
        ({"kind": "magic"}, "kind"),
    ):
        answer = ask("PUT", path, json={"version": version, "rows": [row | wrong], **HEAD})
        assert (answer.status_code, answer.content_type) == (422, "application/problem+json"), wrong
        assert f"/rows/0/{place}" in answer.json["fields"], (wrong, answer.json["fields"])


@pytest.mark.parametrize(
    ("sent", "pointer", "slug"),
    [
        ({"output_amount": "-1"}, "/output_amount", "number-not-above-zero"),
        ({"never": "1"}, "/never", "body-member-unknown"),
        ({"rows": [{"stage": "use", "name": "x", "quantity": "1"}]}, "/rows/0/unit", "body-member-missing"),
        ({"rows": [ROW | {"quantity": "1_2"}]}, "/rows/0/quantity", "number-two-ways"),
        ({"rows": [COAL | {"ncv": {"amount": "2", "unit": "kg"}}]}, "/rows/0/ncv/unit", "unit-not-of-field"),
        ({"rows": [COAL | {"ncv": {"amount": "2", "unt": "kg"}}]}, "/rows/0/ncv/unt", "body-member-unknown"),
        ({"rows": [ROW | FAR]}, "/rows/0/legs/0/distance", "number-unreadable"),
        ({"system": {"demand": {}, "processes": [], "never": 1}}, "/system/never", "body-member-unknown"),
    ],
)
def test_every_fault_of_activity_data_is_at_a_pointer_of_its_member(ask, case, sent, pointer, slug):
    path, version = f"/applications/{case.id}/inventory", reload(case).inventory.version
    answer = ask("PUT", path, json={"version": version, "rows": [ROW], **HEAD} | sent)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.json["fields"][pointer]["slug"] == slug, answer.json["fields"]
    assert all(name.startswith("/") for name in answer.json["fields"])


def test_the_schema_of_a_row_tells_the_quantities_of_every_kind(client):
    document = client.get("/api/v1/openapi.json").json
    rows = [
        schema
        for name, schema in document["components"]["schemas"].items()
        if "kind" in schema.get("properties", {}) and "anyOf" in schema
    ]
    assert len(rows) >= 2
    for schema in rows:
        by_kind = {one["title"]: set(one["properties"]) - {"kind"} for one in schema["anyOf"]}
        of_all = {each.name for each in records.BESIDE}
        assert by_kind == {
            slug: {each.name for each in kind.fields} | of_all for slug, kind in records.KINDS.items()
        }
