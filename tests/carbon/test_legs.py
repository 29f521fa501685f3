"""A way leg by leg: a factor of the library for each, what a vehicle carries, its way back, and its modes."""

import json
from decimal import Decimal

import pytest

from carbon import operations
from carbon.models import Factor
from core.db import db as tables
from tests.factories import actor

TKM, KM = "kgCO2e/t·km", "kgCO2e/km"


def km(amount: str) -> dict:
    return {"amount": amount, "unit": "km"}


def share(amount: str) -> dict:
    return {"amount": amount, "unit": "%"}


def per(unit: str, amount: str) -> dict:
    return {"amount": amount, "unit": unit}


LORRY = {"distance": km("100"), "emission": per(KM, "0.9"), "load": per("t", "10")}
WAY = {"kind": "transport", "stage": "raw_material", "name": "石灰石", "amount": "20", "unit": "t"}


@pytest.fixture
def shipped(db):
    operations.load_factors()


@pytest.fixture
def codes(shipped) -> dict[str, Factor]:
    """Two factors of the library for a tonne's kilometre, one of them to be replaced."""
    every = tables.session.query(Factor).filter_by(category="transport", unit=TKM, gas_basis="CO2e")
    one, other = every.order_by(Factor.code).limit(2)
    return {one.code: one, other.code: other}


@pytest.fixture
def ask(client):
    def post(*legs: dict, **more):
        sent = {"declared_unit": {"amount": "1", "unit": "t"}, "rows": [WAY | {"legs": list(legs)} | more]}
        return client.post(
            "/api/v1/footprints/preview", data=json.dumps(sent), content_type="application/json"
        )

    return post


def total(answer) -> Decimal:
    assert answer.status_code == 200, answer.get_json()
    return Decimal(answer.get_json()["total"]["value"])


def test_each_leg_may_have_a_factor_of_the_library(ask, codes):
    (one, first), (other, second) = codes.items()
    legs = [{"distance": km("100"), "factor_code": one}, {"distance": km("30"), "factor_code": other}]
    assert total(ask(*legs)) == 2000 * first.value + 600 * second.value
    stated = {"distance": km("10"), "emission": per(TKM, "0.1")}
    assert total(ask(*legs, stated)) == 2000 * first.value + 600 * second.value + 20
    whole = {"distance": km("1")}  # a leg without its own takes that of the way
    assert total(ask(legs[0], whole, factor_code=other)) == 2000 * first.value + 20 * second.value


# 20 t in loads of 10 t: two trips of 100 km, × 0.9; of 12.5 t at 80 %, the same.
def test_a_vehicle_goes_as_often_as_its_load_into_the_mass(ask, shipped):
    assert total(ask(LORRY)) == 180
    by_capacity = {"load": None, "capacity": per("t", "12.5"), "load_factor": share("80")}
    assert total(ask(LORRY | by_capacity)) == 180


# Empty on 60 % of the way back: 120 km more, as loaded, or by a factor of its own.
def test_the_way_back_that_is_driven_empty_counts(ask, shipped):
    assert total(ask(LORRY | {"empty_return": share("60")})) == 288
    assert total(ask(LORRY | {"empty_return": share("60"), "empty_emission": per(KM, "0.5")})) == 240


# 810 km by road for all of it; then 30 % by air and 70 % by sea.
def test_a_mix_of_modes_shares_a_stretch(ask, shipped):
    air = {"distance": km("1000"), "share": share("30"), "emission": per(TKM, "0.6"), "apart": "aircraft"}
    sea = {"distance": km("1500"), "share": share("70"), "emission": per(TKM, "0.01")}
    road = {"distance": km("810"), "emission": per(TKM, "0.1")}
    answer = ask(road, air, sea)
    assert total(answer) == 1620 + 3600 + 210
    assert answer.get_json()["thereof"]["aircraft"]["value"] == "3600"


@pytest.mark.parametrize(
    ("legs", "pointer", "slug"),
    [
        ([LORRY | {"load": None}], "legs/0/load", "value-missing"),
        ([LORRY | {"load": None, "capacity": per("t", "12")}], "legs/0/load_factor", "value-missing"),
        ([LORRY | {"capacity": per("t", "12")}], "legs/0/capacity", "load-given-twice"),
        ([LORRY | {"load": None, "capacity": per("t", "12"), "load_factor": share("0")}],
         "legs/0/load_factor", "not-a-fraction"),
        ([LORRY | {"emission": per(TKM, "0.1"), "empty_return": share("10")}],
         "legs/0/empty_return", "part-of-the-factor"),
        ([LORRY | {"empty_return": share("10"), "empty_emission": per(TKM, "0.1")}],
         "legs/0/empty_emission/unit", "unit-does-not-fit"),
        ([LORRY | {"factor_code": "ELECFP-CN-2024"}], "legs/0/factor_code", "factor-given-twice"),
        ([{"distance": km("1"), "factor_code": "NEVER"}], "legs/0/factor_code", "factor-unknown"),
        ([{"distance": km("1"), "factor_code": "ELECFP-CN-2024"}], "legs/0/factor_code", "unit-does-not-fit"),
        ([{"distance": km("1"), "factor_code": "CN-PROV-gasoline-NCV"}],
         "legs/0/factor_code", "factor-is-a-parameter"),
        ([LORRY | {"share": share("30")}, LORRY | {"share": share("60")}],
         "legs/1/share", "mode-shares-not-whole"),
    ],
)  # fmt: skip
def test_what_does_not_make_a_way_is_refused_at_its_leg(ask, shipped, legs, pointer, slug):
    answer = ask(*legs)
    assert answer.status_code == 422, answer.get_json()
    assert answer.get_json()["fields"][f"/rows/0/{pointer}"]["slug"] == slug, answer.get_json()["fields"]


HEAD = {"title": "水泥", "declared_amount": "1", "declared_unit": "t", "boundary": "cradle_to_gate"}


@pytest.fixture
def saved(codes):
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    row = {name: value for name, value in WAY.items() if name != "amount"} | {"quantity": "20"}
    row["legs"] = [{"distance": km("100"), "factor_code": code} for code in codes]
    facts = {"output_amount": "1", "output_unit": "t"}
    operations.save_inventory(inventory, who, facts, [row], inventory.version)
    return inventory, who, row


def test_a_draft_keeps_the_version_its_legs_were_saved_with(saved, codes):
    inventory, who, row = saved
    before = operations.compute(inventory).total
    code, factor = next(iter(codes.items()))
    assert [each.code for each in inventory.rows[0].others] == sorted(codes)
    assert all(each.used for each in codes.values())
    facts = {c.key: getattr(factor, c.key) for c in Factor.__table__.columns if c.key != "id"}
    tables.session.add(Factor(**facts | {"version": 2, "value": factor.value + 1, "used": False}))
    tables.session.flush()
    result = operations.compute(inventory)
    assert result.total == before
    told = [each for each in result.cautions if each.slug == "factor-superseded"]
    assert [(each.row, each.detail["factor"]) for each in told] == [(0, code)]
    operations.save_inventory(inventory, who, {}, [row], inventory.version)
    assert operations.compute(inventory).total == before + 2000
    assert [each.version for each in inventory.rows[0].others] == [2, 1]


def test_a_way_is_frozen_with_the_factor_of_each_leg(saved, codes):
    inventory, who, _row = saved
    made = operations.freeze(inventory, who)
    assert [line["factor"]["code"] for line in made.rows[0]["lines"]] == list(codes)
    assert [leg["factor_code"] for leg in made.rows[0]["stated"]["legs"]] == list(codes)
    assert operations.recompute(made).total == made.total


def test_legs_that_go_take_their_factors_with_them_and_a_copy_has_them(saved, codes):
    inventory, who, row = saved
    other = operations.create_inventory(who, who.organisation_id, **HEAD)
    operations.copy_inventory(inventory, other, who)
    assert operations.compute(other).total == operations.compute(inventory).total
    shorter = row | {"legs": [{"distance": km("1"), "emission": per(TKM, "1")}]}
    operations.save_inventory(inventory, who, {}, [shorter], inventory.version)
    assert (inventory.rows[0].others, len(other.rows[0].others)) == ([], 2)


def test_a_factor_from_memory_inside_a_leg_is_said(ask, codes):
    code, factor = next(iter(codes.items()))
    factor.confidence = "memory"
    tables.session.flush()
    told = ask({"distance": km("1"), "factor_code": code}).get_json()["warnings"]
    assert "factor-from-memory" in {each["slug"] for each in told}
