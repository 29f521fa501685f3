"""The open calculator: stateless, exact, and clear about what is wrong."""

import json
from decimal import Decimal

import pytest

from carbon.models import Footprint, Inventory

PATH = "/api/v1/footprints/preview"
TONNE = {"amount": "1", "unit": "t"}
CLINKER = {
    "name": "clinker",
    "stage": "manufacturing",
    "amount": "0.8",
    "unit": "t",
    "factor": {"value": "0.525", "unit": "tCO2e/t"},
}
POWER = {"name": "power", "stage": "use", "amount": 10, "unit": "kWh", "factor_code": "ELECFP-CN-2024"}
COKE = {
    "name": "coke",
    "stage": "raw_material",
    "amount": "1",
    "unit": "t",
    "ncv": "28.435",
    "carbon_content": 29.5,
    "oxidation": 0.93,
}


def body(*rows, **more) -> dict:
    return {"declared_unit": TONNE, "output": TONNE, "gwp": "AR6", "rows": list(rows), **more}


@pytest.fixture
def ask(client, library):
    def post(sent, **more):
        sent = sent if isinstance(sent, bytes) else json.dumps(sent)
        return client.post(PATH, data=sent, content_type="application/json", **more)

    return post


def test_it_answers_with_total_stages_rows_and_warnings(ask):
    answer = ask(body(CLINKER, POWER, COKE))
    assert answer.status_code == 200
    got = answer.get_json()
    assert got["total"]["unit"] == "kgCO2e/t"
    assert Decimal(got["total"]["value"]) == pytest.approx(
        Decimal("420") + Decimal("5.777") + Decimal("2860.418825")
    )
    assert got["stages"]["manufacturing"] == {"value": "420", "unit": "kgCO2e/t"}
    assert list(got["stages"]) == ["raw_material", "manufacturing", "use"]
    assert [(row["name"], row["value"]) for row in got["rows"][:2]] == [
        ("clinker", "420"),
        ("power", "5.777"),
    ]
    [warning] = got["warnings"]
    assert (warning["slug"], warning["row"]) == ("co2-counted-as-co2e", 2)
    assert "coke" in warning["message"]


def test_the_output_defaults_to_the_declared_unit_and_the_gases_to_the_sixth_report(ask):
    methane = CLINKER | {"amount": "1", "unit": "kg", "factor": {"value": "1", "unit": "kgCH4/kg"}}
    assert ask({"declared_unit": TONNE, "rows": [methane]}).get_json()["total"]["value"] == "27"
    older = ask({"declared_unit": TONNE, "rows": [methane], "gwp": "AR5"})
    assert older.get_json()["total"]["value"] == "28"


def test_a_row_that_is_not_declared_is_null_and_not_zero(ask):
    got = ask(body(CLINKER | {"amount": None}, CLINKER | {"factor": None})).get_json()
    assert (got["total"], got["stages"], got["rows"][0]["value"]) == (None, {}, None)
    assert [warning["slug"] for warning in got["warnings"]] == ["row-not-declared", "factor-missing"]


def test_a_grid_factor_is_pointed_out(ask):
    got = ask(body(POWER | {"factor_code": "GRID-Jiangsu-2023"})).get_json()
    assert [warning["slug"] for warning in got["warnings"]] == ["grid-factor-in-footprint"]


def test_doubts_about_the_numbers_are_told(ask):
    got = ask(body(CLINKER, CLINKER)).get_json()
    assert [warning["slug"] for warning in got["warnings"]] == ["rows-duplicated"]


@pytest.mark.parametrize(
    ("wrong", "pointer", "slug"),
    [
        ({"amount": "-1"}, "/rows/1/amount", "quantity-negative"),
        ({"amount": "1e15"}, "/rows/1/amount", "quantity-absurd"),
        ({"amount": 1e300}, "/rows/1/amount", "quantity-absurd"),
        ({"amount": "many"}, "/rows/1/amount", "number-unreadable"),
        ({"amount": True}, "/rows/1/amount", "number-unreadable"),
        ({"unit": "foo"}, "/rows/1/unit", "unit-unknown"),
        ({"stage": "later"}, "/rows/1/stage", "stage-unknown"),
        ({"factor": {"value": "1", "unit": "kgCO2e/kWh"}}, "/rows/1/factor/unit", "unit-does-not-fit"),
        ({"factor": {"value": "1", "unit": "kWh"}}, "/rows/1/factor/unit", "factor-unit-unknown"),
        ({"factor": {"value": "x", "unit": "kgCO2e/t"}}, "/rows/1/factor/value", "number-unreadable"),
        ({"factor": {"value": "1"}}, "/rows/1/factor/unit", "factor-unit-missing"),
        ({"factor": None, "factor_code": "NONE"}, "/rows/1/factor_code", "factor-unknown"),
        ({"factor_code": "ELECFP-CN-2024"}, "/rows/1/factor_code", "factor-given-twice"),
        ({"factor": None, "ncv": "1"}, "/rows/1/carbon_content", "value-missing"),
        ({"factor": "0.5"}, "/rows/1/factor", "body-shape"),
        ({"unit": {"is": "t"}}, "/rows/1/unit", "body-shape"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(ask, wrong, pointer, slug):
    answer = ask(body(CLINKER, CLINKER | wrong))
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["fields"][pointer]["slug"] == slug
    assert answer.get_json()["fields"][pointer]["message"]


@pytest.mark.parametrize(
    ("sent", "slug", "pointer"),
    [
        (b"{}", "body-shape", "/rows"),
        ({"rows": {}}, "body-shape", "/rows"),
        ({"rows": [1], "declared_unit": TONNE}, "body-shape", "/rows/0"),
        ({"rows": []}, "inventory-invalid", "/declared_unit/amount"),
        (body(declared_unit={"amount": "0", "unit": "t"}), "inventory-invalid", "/declared_unit/amount"),
        (body(output={"amount": "1", "unit": "m2"}), "unit-does-not-fit", "/output/unit"),
        (body(output={"amount": "-5", "unit": "t"}), "inventory-invalid", "/output/amount"),
        (body(gwp="AR1"), "inventory-invalid", "/gwp"),
        (body(*[CLINKER] * 2001), "rows-too-many", "/rows"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(ask, sent, slug, pointer):
    answer = ask(sent)
    assert (answer.status_code, answer.get_json()["slug"]) == (422, slug)
    assert pointer is None or pointer in answer.get_json()["fields"]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (body(CLINKER, allocation="mass"), "/allocation"),
        (body(CLINKER | {"amount_per_unit": "3"}), "/rows/0/amount_per_unit"),
        (body(CLINKER | {"factor": {"value": "1", "unit": "tCO2e/t", "year": 2020}}), "/rows/0/factor/year"),
    ],
)
def test_a_member_that_does_not_exist_is_refused_and_not_lost_in_silence(ask, sent, pointer):
    answer = ask(sent)
    assert answer.status_code == 422
    assert answer.get_json()["fields"][pointer]["slug"] == "body-member-unknown"


def test_a_body_that_is_too_large_is_refused(ask):
    assert ask(b" " * (2 * 1024 * 1024 + 1)).status_code == 413


def test_it_is_open_and_keeps_nothing(ask, csrf_app, db):
    assert ask(body(CLINKER, POWER)).status_code == 200
    assert db.session.query(Inventory).count() + db.session.query(Footprint).count() == 0


def test_the_factor_library_can_be_searched_by_anybody(client, library):
    got = client.get("/api/v1/factors?q=电力&unit=MWh&stage=use&per_page=1").get_json()
    assert (got["total"], len(got["items"])) == (3, 1)
    [item] = got["items"]
    assert (item["code"], item["value"], item["unit"]) == ("ELECFP-CN-2024", "0.5777", "kgCO2e/kWh")
    assert item["units"][:2] == ["kWh", "MWh"]
    assert item["source"]
    assert client.get("/api/v1/factors?per_page=0").status_code == 422


def test_it_does_not_wait_for_somebody_who_writes(ask, db):
    """On SQLite one transaction may write at a time; a calculation that only reads needs not be it."""
    db.session.commit()
    with db.engine.begin() as writer:
        writer.execute(Inventory.__table__.delete())
        assert ask(body(POWER)).status_code == 200
