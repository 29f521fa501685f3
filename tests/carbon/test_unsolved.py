"""A process system that is typed step by step: it may stand unsolved, beside what it came to before."""

import pytest

from carbon import operations, systems
from carbon.operations import solved
from core.clock import now
from core.errors import Invalid, NotPermitted
from tests.carbon.test_frozen import HEAD
from tests.factories import actor

CHAIN = {
    "demand": {"iron": "1"},
    "processes": [
        {"name": "iron", "title": "铁水", "stage": "manufacturing", "unit": "t", "inputs": {"power": "40"},
         "outputs": {"slag": {"amount": "250", "unit": "kg"}}, "allocation": "mass",
         "prices": {"iron": "3000", "slag": "0"}, "emissions": {"CO2": "1200"}},
        {"name": "power", "title": "自备电站", "stage": "manufacturing", "unit": "kWh",
         "inputs": {"power": "0.2"}, "emissions": {"CO2": "1"}},
    ],
}  # fmt: skip
# 40 kWh at 1.25 runs each are 50 kg, with 1,200 kg 1,250 kg; by mass 1,000 of 1,250 are the iron's.
BY_MASS, BY_PRICE = "1000", "1250"


def with_own_use(amount: str) -> dict:
    iron, power = CHAIN["processes"]
    return {**CHAIN, "processes": [iron, power | {"inputs": {"power": amount}}]}


@pytest.fixture
def applicant(library):
    return actor("manufacturer", "applicant")


@pytest.fixture
def inventory(applicant):
    made = operations.create_inventory(applicant, applicant.organisation_id, **HEAD)
    made.output_amount, made.output_unit = 1, "t"
    return made


def test_what_cannot_be_solved_stands_with_its_reason_beside_what_it_came_to_before(inventory, applicant):
    operations.type_system(inventory, applicant, CHAIN)
    assert (inventory.system_fault, inventory.system_last, inventory.is_filled) == ("", None, True)
    solved_at = inventory.updated_at
    for amount in ("1.2", "3"):  # however often it is typed wrong
        operations.type_system(inventory, applicant, with_own_use(amount))
        assert inventory.system == with_own_use(amount)
        assert (inventory.system_fault, inventory.is_filled) == ("system-not-productive", False)
        assert inventory.system_last == {
            "total": BY_MASS, "unit": "kgCO2e/t", "ways": {"price": BY_PRICE}, "at": solved_at.isoformat(),
        }  # fmt: skip
    operations.type_system(inventory, applicant, CHAIN)
    assert (inventory.system_fault, inventory.system_last, inventory.is_filled) == ("", None, True)


def test_what_is_subtracted_without_a_ground_is_a_fault_of_what_is_typed(inventory, applicant):
    iron, power = CHAIN["processes"]
    credit = {**CHAIN, "processes": [iron, power | {"emissions": {"CO2e": "-1"}}]}
    operations.type_system(inventory, applicant, credit)
    assert (inventory.system_fault, inventory.is_filled) == ("negative-without-ground", False)


def test_a_fault_goes_with_the_system_that_has_it(inventory, applicant):
    operations.type_system(inventory, applicant, with_own_use("1.2"))
    assert inventory.system_last is None  # it came to nothing before
    operations.set_system(inventory, applicant, None)
    assert (inventory.system, inventory.system_fault) == (None, "")


def test_a_copy_of_an_inventory_has_the_fault_of_its_system(inventory, applicant):
    operations.type_system(inventory, applicant, CHAIN)
    operations.type_system(inventory, applicant, with_own_use("1.2"))
    copy = operations.create_inventory(applicant, applicant.organisation_id, **HEAD)
    operations.copy_inventory(inventory, copy, applicant)
    assert (copy.system_fault, copy.system_last) == (inventory.system_fault, inventory.system_last)


def test_nobody_types_a_system_of_others_or_what_nothing_reads(inventory, applicant):
    with pytest.raises(NotPermitted):
        operations.type_system(inventory, actor("manufacturer", "applicant"), CHAIN)
    with pytest.raises(Invalid, match="body-invalid"):
        operations.type_system(inventory, applicant, CHAIN | {"never": 1})


def test_the_same_content_is_solved_once_and_other_content_anew(monkeypatch):
    asked = []
    solve = systems.solve
    monkeypatch.setattr(systems, "solve", lambda system: asked.append(1) or solve(system))
    mine = with_own_use(f"0.{now().microsecond:06d}1")  # nobody has asked for it yet
    once = operations.look(mine)
    assert operations.look({**mine, "processes": [*mine["processes"]]}) is once
    assert operations.solve_system(mine) is once.solution
    assert len(asked) == 1
    operations.look(with_own_use(f"0.{now().microsecond:06d}2"))
    assert len(asked) == 2


def test_the_same_fault_is_told_to_everybody_as_it_was_found():
    for _time in range(2):
        with pytest.raises(Invalid) as refused:
            operations.solve_system(with_own_use("1.3"))
        assert refused.value.fields == {"/system/processes/1": "system-not-productive"}
        refused.value.fields["/mine"] = refused.value.detail["mine"] = "added"


def test_a_large_system_does_not_push_the_small_ones_out_of_memory(monkeypatch):
    monkeypatch.setattr(solved, "LARGE", 1)
    small = {"demand": {"a": "1"}, "processes": [{"name": "a", "stage": "use", "unit": "kg"}]}
    kept = operations.look(small)
    for number in range(5):
        operations.look(with_own_use(f"0.1{number}"))
    assert operations.look(small) is kept


def test_what_a_system_comes_to_is_what_the_calculator_says(client, library):
    sent = client.post("/api/v1/footprints/preview", json={"system": CHAIN}).get_json()
    found = operations.figure(CHAIN, "AR6")
    assert (f"{found.total.normalize():f}", found.unit) == (sent["total"]["value"], sent["total"]["unit"])
    assert {way: f"{total.normalize():f}" for way, total in found.ways.items()} == {
        way: value["value"] for way, value in sent["allocations"].items()
    }
    assert {name: f"{part.normalize():f}" for name, part in found.by_process.items()} == {
        name: value["value"] for name, value in sent["contributions"].items()
    }
    assert operations.figure(with_own_use("1.2"), "AR6") is None
