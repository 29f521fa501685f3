"""Systems of processes through the open calculator: published cases, rows beside them, what is refused."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from carbon import systems
from tests.carbon.test_calculator import CLINKER, TONNE

HERE = Path(__file__).parent
FILES = [json.loads((HERE / name).read_text("utf-8")) for name in ("cases.json", "cases_2.json")]
CASES = [case for file in FILES for case in file["cases"] if "system" in case]
TOLERANCE = Decimal("0.005")


def process(name, **more) -> dict:
    return {"name": name, "stage": "manufacturing", "unit": "t", **more}


def system(*processes, demand=None) -> dict:
    return {"processes": list(processes), "demand": demand or {processes[0]["name"]: "1"}}


CEMENT = system(
    process("cement", inputs={"clinker": "0.5"}, emissions={"CO2e": "10"}),
    process("clinker", stage="raw_material", emissions={"CO2": "800", "CH4": "1"}),
)


@pytest.fixture
def ask(client, library):
    def post(**body):
        return client.post("/api/v1/footprints/preview", json=body)

    return post


def near(found: str, printed: str) -> bool:
    return abs(Decimal(found) - Decimal(printed)) <= TOLERANCE * abs(Decimal(printed))


def test_every_published_case_of_both_files_comes_out_of_the_calculator(ask):
    assert [len([c for c in CASES if c in file["cases"]]) for file in FILES] == [4, 12]
    for case in CASES:
        answer, expected = ask(system=case["system"]), case["expected"]
        assert answer.status_code == 200, (case["id"], answer.text)
        got = answer.get_json()
        assert near(got["total"]["value"], expected["total"]), case["id"]
        for name, runs in expected.get("scaling", {}).items():
            assert near(got["scaling"][name], runs), case["id"]
        for name, part in expected.get("contributions", {}).items():
            assert near(got["contributions"][name]["value"], part), case["id"]


def test_a_system_alone_is_stated_for_its_demand(ask):
    got = ask(system=CEMENT | {"demand": {"cement": "2"}}).get_json()
    assert got["total"] == {"value": "847", "unit": "kgCO2e/2 t"}
    assert got["scaling"] == {"cement": "2", "clinker": "1"}
    assert {name: part["value"] for name, part in got["contributions"].items()} == {
        "cement": "20", "clinker": "827",
    }  # fmt: skip
    per_kilogram = ask(system=CEMENT, declared_unit={"amount": "1", "unit": "kg"}).get_json()
    assert per_kilogram["total"] == {"value": "0.4235", "unit": "kgCO2e/kg"}


def test_rows_and_a_system_are_added_in_one_total(ask):
    got = ask(declared_unit=TONNE, rows=[CLINKER], system=CEMENT).get_json()
    assert got["total"] == {"value": "843.5", "unit": "kgCO2e/t"}
    assert [row["name"] for row in got["rows"]] == ["clinker", "cement", "clinker", "clinker"]
    assert sum(Decimal(part["value"]) for part in got["contributions"].values()) == Decimal("423.5")


def test_without_a_system_there_are_no_runs(ask):
    got = ask(declared_unit=TONNE, rows=[CLINKER], system=None).get_json()
    assert (got["scaling"], got["contributions"]) == (None, None)


def test_a_burden_that_is_avoided_counts_and_is_pointed_out(ask):
    avoided = system(process("heat", outputs={"power": "0.5"}, emissions={"CO2e": "1"}),
                     process("power", unit="kWh", emissions={"CO2e": "0.6"}))  # fmt: skip
    got = ask(system=avoided).get_json()
    assert got["total"]["value"] == "0.7"
    assert [(warning["slug"], warning["row"]) for warning in got["warnings"]] == [
        ("negative-contribution", 1)
    ]


EATER = system(process("power", title="自备电站", inputs={"power": "1.08"}, emissions={"CO2": "0.4"}))


@pytest.mark.parametrize(
    ("sent", "pointer", "slug"),
    [
        (system(process("a", share="1")), "/system/processes/0/share", "body-member-unknown"),
        (CEMENT | {"functional_unit": "1 t"}, "/system/functional_unit", "body-member-unknown"),
        ({"demand": {"a": "1"}}, "/system/processes", "body-member-missing"),
        ([CEMENT], "/system", "body-shape"),
        (system(process("a", inputs={"b": "x"}), process("b")), "/system/processes/0/inputs/b",
         "number-unreadable"),
        (system(process("a", emissions={"CO3": "1"})), "/system/processes/0/emissions/CO3", "gas-unknown"),
        (system(process("a", outputs={"b": "1"}, shares={"a": "1.5", "b": "-0.5"})),
         "/system/processes/0/shares", "system-shares"),
        (EATER, "/system/processes/0", "system-not-productive"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_system_is_named_where_it_stands(ask, sent, pointer, slug):
    answer = ask(system=sent)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.get_json()["fields"][pointer]["slug"] == slug
    assert "{" not in answer.get_json()["fields"][pointer]["message"]


def test_a_chain_that_eats_more_than_it_makes_is_named_in_the_answer(ask):
    assert "自备电站" in ask(system=EATER).get_json()["title"]


def test_the_document_describes_every_member_of_a_system(client):
    parts = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    described = next(parts[name] for name in parts if name.endswith("SentProcess"))
    assert set(described["properties"]) == set(systems.SentProcess.model_fields)
    assert any("scaling" in part.get("properties", {}) for part in parts.values())


IRON = process(
    "iron", outputs={"slag": {"amount": "320", "unit": "kg"}}, emissions={"CO2e": "1820"},
    prices={"iron": "2600", "slag": "0.095"}, energies={"iron": "0"},
)  # fmt: skip
POWDER = process("powder", inputs={"slag": {"amount": "1", "unit": "t"}})


def test_a_burden_is_divided_by_mass_or_price_exactly_and_both_are_shown(ask):
    by_mass = ask(system=system(POWDER, IRON | {"allocation": "mass"})).get_json()
    by_price = ask(system=system(POWDER, IRON | {"allocation": "price"})).get_json()
    per_slag = {"mass": Decimal(1820) / Decimal("1.32"), "price": Decimal(1820) * 95 / Decimal("2630.4")}
    for got, way, other in ((by_mass, "mass", "price"), (by_price, "price", "mass")):
        assert Decimal(got["total"]["value"]) == pytest.approx(per_slag[way], rel=Decimal("1e-9"))
        assert list(got["allocations"]) == [other]
        assert Decimal(got["allocations"][other]["value"]) == pytest.approx(
            per_slag[other], rel=Decimal("1e-9")
        )


def test_shares_of_a_third_each_are_exact(ask):
    three = process("a", outputs={"b": "1", "c": "1"}, prices={"a": 1, "b": 1, "c": 1}, allocation="price",
                    emissions={"CO2e": "3"})  # fmt: skip
    got = ask(system=system(three, demand={"a": "1"})).get_json()
    assert (got["total"]["value"], got["allocations"]) == ("1", {})


@pytest.mark.parametrize(
    ("more", "member", "slug"),
    [
        ({"allocation": "value"}, "allocation", "system-allocation"),
        ({"allocation": "energy"}, "energies/slag", "system-basis-missing"),
        ({"allocation": "price", "prices": {"iron": 0, "slag": 0}}, "prices", "system-basis-missing"),
        ({"allocation": "price", "prices": {"iron": -1, "slag": 1}}, "prices/iron", "system-basis"),
        ({"allocation": "price", "prices": {"iron": 1, "slag": 1, "gas": 1}}, "prices/gas", "system-basis"),
        ({"allocation": "mass", "shares": {"iron": 1, "slag": 0}}, "shares", "system-shares-twice"),
    ],
)
def test_a_basis_that_cannot_divide_is_named(ask, more, member, slug):
    fields = ask(system=system(IRON | more, demand={"iron": "1"})).get_json()["fields"]
    assert fields[f"/system/processes/0/{member}"]["slug"] == slug
