"""What holds of every inventory, whatever is in it and by whichever door it comes in."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_

from carbon import operations
from tests.factories import actor

PATH = "/api/v1/footprints/preview"
ONE = {"amount": "1", "unit": "t"}
LAST = Decimal("1e-24")  # of a record whose own formula divides, such as a fuel's 44/12
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

figures = any_.decimals(min_value="0.001", max_value="99999", places=3).map(lambda number: f"{number:f}")
stages = any_.sampled_from(["raw_material", "manufacturing", "distribution"])
names = any_.text("甲乙丙丁", min_size=1, max_size=4)


def records(**members):
    return any_.fixed_dictionaries({"name": names, "stage": stages, "amount": figures, **members})


def quantity(unit: str, values=figures):
    return any_.fixed_dictionaries({"amount": values, "unit": any_.just(unit)})


MASS = {"unit": any_.sampled_from(["kg", "t", "g"])}
activity = records(**MASS, factor=any_.fixed_dictionaries({"value": figures, "unit": any_.just("kgCO2e/kg")}))
methane = records(**MASS, factor=any_.fixed_dictionaries({"value": figures, "unit": any_.just("gCH4/t")}))
shipped = records(
    **MASS,
    kind=any_.just("transport"),
    legs=any_.lists(
        any_.fixed_dictionaries({"distance": quantity("km"), "emission": quantity("kgCO2e/t·km")}),
        min_size=1,
        max_size=3,
    ),
)
bought = records(
    **MASS, kind=any_.just("supplier"), emission=quantity("kgCO2e/kg"), boundary=any_.just("cradle_to_gate")
)
coal = records(
    unit=any_.just("t"),
    kind=any_.just("fuel"),
    ncv=quantity("GJ/t"),
    carbon_content=quantity("tC/TJ"),
    oxidation=quantity("%", any_.just("98")),
    methane=quantity("kgCH4/TJ"),
)
exact = any_.lists(any_.one_of(activity, methane, shipped, bought), min_size=1, max_size=6)
every = any_.lists(any_.one_of(activity, methane, shipped, bought, coal), min_size=1, max_size=6)


@pytest.fixture
def asked(client, library):
    def post(rows: list[dict], output: dict = ONE) -> dict:
        answer = client.post(PATH, json={"declared_unit": ONE, "output": output, "rows": rows})
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    return post


def total(answer: dict) -> Decimal:
    return Decimal(answer["total"]["value"])


def times(rows: list[dict], number: int) -> list[dict]:
    return [row | {"amount": f"{Decimal(row['amount']) * number:f}"} for row in rows]


def near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= LAST * max(abs(one), abs(other))


@FEW
@given(rows=every, order=any_.randoms(use_true_random=False))
def test_no_order_of_rows_changes_a_digit(asked, rows, order):
    other = list(rows)
    order.shuffle(other)
    one, two = asked(rows), asked(other)
    assert [one[part] for part in ("total", "stages", "gases", "apart")] == [
        two[part] for part in ("total", "stages", "gases", "apart")
    ]


@FEW
@given(rows=exact, number=any_.integers(2, 999))
def test_so_many_times_everything_for_so_many_times_the_output_is_the_same_to_the_last_digit(
    asked, rows, number
):
    assert asked(times(rows, number), {"amount": f"{number}", "unit": "t"})["total"] == asked(rows)["total"]


@FEW
@given(rows=every, number=any_.integers(2, 999))
def test_so_many_times_every_amount_is_so_many_times_the_total(asked, rows, number):
    assert near(total(asked(times(rows, number))), total(asked(rows)) * number)


@FEW
@given(rows=every, others=every)
def test_two_inventories_together_are_their_sum(asked, rows, others):
    assert near(total(asked(rows + others)), total(asked(rows)) + total(asked(others)))


@FEW
@given(rows=exact)
def test_no_unit_in_which_an_amount_is_typed_changes_a_digit(asked, rows):
    grams = {"g": 1, "kg": 1000, "t": 1000000}
    retyped = [
        row | {"amount": f"{Decimal(row['amount']) * grams[row['unit']]:f}", "unit": "g"} for row in rows
    ]
    one, two = asked(rows), asked(retyped)
    assert (one["total"], one["stages"]) == (two["total"], two["stages"])


@FEW
@given(rows=every, output=figures)
def test_every_door_comes_to_the_same_to_the_last_digit(asked, rows, output):
    answer = asked(rows, {"amount": output, "unit": "t"})
    facts = {"declared_amount": "1", "declared_unit": "t", "output_amount": output, "output_unit": "t"}
    kept = [as_kept(row) for row in rows]
    tried, complaints = operations.preview(facts, kept, relied_on=True)
    assert complaints == {}
    who = actor("manufacturer", "applicant")
    head = {"title": "x", "boundary": "cradle_to_gate", "declared_amount": "1", "declared_unit": "t"}
    inventory = operations.create_inventory(who, who.organisation_id, **head)
    period = {"output_amount": output, "output_unit": "t"}
    operations.save_inventory(inventory, who, period, kept, inventory.version)
    frozen = operations.freeze(inventory, who)
    found = {
        tried.total,
        operations.compute(inventory).total,
        frozen.total,
        operations.recompute(frozen).total,
    }
    assert found == {total(answer)}


def as_kept(row: dict) -> dict:
    """The same under the names that a stored row has for its members."""
    factor = row.get("factor") or {}
    own = {f"own_{name}": value for name, value in factor.items()}
    rest = {name: value for name, value in row.items() if name not in ("amount", "factor")}
    return {**rest, **own, "quantity": row["amount"]}
