"""Nothing is subtracted from a footprint without a ground, whatever it is called and by whichever door."""

import pytest

from carbon import operations
from core.errors import Invalid
from tests.carbon.test_frozen import HEAD, KILOGRAMS, ROWS, SYSTEM
from tests.factories import actor


@pytest.fixture
def applicant(library):
    return actor("manufacturer", "applicant")


@pytest.fixture
def inventory(applicant):
    made = operations.create_inventory(applicant, applicant.organisation_id, **HEAD)
    operations.save_inventory(made, applicant, {}, ROWS, made.version)
    return made


def credited(**cement) -> dict:
    """Ten kilograms of its own, and minus five hundred by a credit."""
    process = {"stage": "manufacturing", "unit": "t"}
    return {
        "demand": {"cement": "1"},
        "processes": [
            {"name": "cement", "emissions": {"CO2e": "10"}, **process, **cement},
            {"name": "credit", "title": "绿证与CCER抵消", **process},
        ],
    }


def with_credit(kilograms: str, **cement) -> dict:
    system = credited(**cement)
    system["processes"][1]["emissions"] = {"CO2e": kilograms}
    return system


TAKEN_AWAY = {
    "by what a process emits": with_credit("-500", inputs={"credit": "1"}),
    "by the product itself": credited(emissions={"CO2e": "-1"}, inputs={"credit": "1"}),
    "by a co-product that spares it": with_credit("500", outputs={"credit": "1"}),
    "by what is spared and negative": with_credit("-500", outputs={"credit": "1"}),
}


# rule 21
@pytest.mark.parametrize("system", TAKEN_AWAY.values(), ids=TAKEN_AWAY)
def test_no_process_takes_anything_away_without_a_ground(inventory, applicant, system):
    with pytest.raises(Invalid) as refused:
        operations.set_system(inventory, applicant, system)
    assert set(refused.value.fields.values()) == {"negative-without-ground"}
    assert inventory.system is None


# rule 21
@pytest.mark.parametrize(
    "row",
    [{"own_value": "-3"}, {"own_unit": "kgCH4/kg", "own_value": "-1"}],
)
def test_no_row_takes_anything_away_without_a_ground(inventory, applicant, row):
    rows = [KILOGRAMS | {"quantity": "5"}, KILOGRAMS | {"quantity": "2"} | row]
    with pytest.raises(Invalid) as refused:
        operations.save_inventory(inventory, applicant, {}, rows, inventory.version)
    assert refused.value.fields == {"rows-1-quantity": "negative-without-ground"}
    head = {"declared_amount": 1, "declared_unit": "t"}
    _, complaints = operations.preview(head, rows, relied_on=True)
    assert complaints == refused.value.fields
    assert operations.preview(head, rows)[1] == {}


def test_carbon_that_a_plant_took_up_is_subtracted(inventory, applicant):
    taken = KILOGRAMS | {"quantity": "2", "own_unit": "kgCO2-biogenic/kg", "own_value": "-1"}
    rows = [KILOGRAMS | {"quantity": "5"}, taken]
    operations.save_inventory(inventory, applicant, {}, rows, inventory.version)
    assert operations.freeze(inventory, applicant).total == 1


def test_an_inventory_of_before_that_takes_something_away_is_not_frozen(db, inventory, applicant):
    operations.save_inventory(inventory, applicant, {}, [KILOGRAMS | {"quantity": "5"}], inventory.version)
    inventory.system = TAKEN_AWAY["by what a process emits"]
    db.session.flush()
    with pytest.raises(Invalid, match="negative-without-ground"):
        operations.freeze(inventory, applicant)


def test_the_process_system_counts_before_it_is_frozen_as_after(inventory, applicant):
    operations.save_inventory(inventory, applicant, {}, ROWS, inventory.version)
    operations.set_system(inventory, applicant, SYSTEM)
    head = {name: HEAD[name] for name in ("declared_amount", "declared_unit", "output_amount", "output_unit")}
    tried, complaints = operations.preview(head, ROWS, operations.solve_system(SYSTEM), relied_on=True)
    assert not complaints
    assert tried.total == operations.compute(inventory).total == operations.freeze(inventory, applicant).total
