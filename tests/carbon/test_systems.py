"""Chains, loops, allocation, co-products, waste, and systems that have no answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from carbon import systems
from carbon.footprint import Quantity, Sheet, compute
from core.errors import Invalid


def process(name, **more) -> dict:
    return {"name": name, "stage": "manufacturing", "unit": "kg", **more}


def plain(*processes, demand=None, **more) -> dict:
    return {"processes": list(processes), "demand": demand or {processes[0]["name"]: "1"}, **more}


def scaling(*processes, **more) -> dict[str, Decimal]:
    return dict(systems.solve(systems.read(plain(*processes, **more))).scaling)


LOOP = (process("a", inputs={"b": "0.1"}), process("b", inputs={"a": "0.2"}))


def test_a_loop_is_solved():
    runs = scaling(*LOOP)
    assert runs["a"] - Decimal("0.2") * runs["b"] == pytest.approx(Decimal(1))
    assert runs["b"] == pytest.approx(Decimal("0.1") * runs["a"])


def test_a_process_may_use_its_own_product():
    assert scaling(process("cement", inputs={"cement": "0.2"})) == {"cement": Decimal("1.25")}


def test_a_co_product_may_replace_what_would_be_made_elsewhere():
    heat = process("heat", outputs={"power": "0.5"}, emissions={"CO2": "1"})
    power = process("power", unit="kWh", emissions={"CO2": "0.6"})
    system = systems.read(plain(heat, power))
    assert systems.solve(system).scaling == {"heat": 1, "power": Decimal("-0.5")}
    result = compute(Sheet(system.demand, system.demand, "AR6", systems.rows(system, system.demand)))
    assert result.total == Decimal("0.7")
    assert "negative-contribution" in [caution.slug for caution in result.cautions]


def test_a_joint_process_with_shares_divides_inputs_and_wastes_too():
    joint = process(
        "milk",
        outputs={"meat": "0.1", "manure": "2"},
        shares={"milk": "0.8", "meat": "0.2"},
        inputs={"feed": "5"},
    )
    others = (process("feed"), process("manure", output="-1"))
    assert scaling(joint, *others) == {"milk": Decimal("0.8"), "feed": 4, "manure": Decimal("1.6")}


def test_the_demand_may_be_any_amount_and_the_output_in_another_unit():
    system = systems.read(plain(process("p", emissions={"CO2e": "3"}), demand={"p": "10"}, source="a report"))
    [row] = systems.rows(system, Quantity(Decimal(2), "t"))
    assert (row.quantity, row.evidence) == (Decimal(6000), "a report")


@pytest.mark.parametrize(
    ("wrong", "slug", "field"),
    [
        ({}, "system-malformed", "system"),
        ({"processes": [], "demand": {"a": 1}}, "system-malformed", "system-processes"),
        (plain(process("a"), process("a")), "system-malformed", "system-processes"),
        (plain(process("a"), demand={"a": 1, "b": 1}), "system-malformed", "system"),
        (plain({"name": "a"}), "system-malformed", "system"),
        (plain(process("a", inputs=["b"])), "system-malformed", "system"),
        (plain(process("a"), demand={"b": 1}), "system-product-unknown", "system-demand"),
        (plain(process("a"), demand={"a": 0}), "quantity-negative", "system-demand"),
        (plain(process("a"), demand={"a": "x"}), "number-unreadable", "system-demand"),
        (plain(process("a", output="NaN")), "number-unreadable", "system-processes-0"),
        (plain(process("a", output="1e999999999")), "quantity-absurd", "system-processes-0"),
        (plain(process("a", output="0")), "system-exchange", "system-processes-0"),
        (plain(process("a", inputs={"a": "-1"})), "system-exchange", "system-processes-0"),
        (plain(process("a", stage="later")), "stage-unknown", "system-processes-0"),
        (plain(process("a", unit="foo")), "unit-unknown", None),
        (plain(process("a", emissions={"X": 1})), "gas-unknown", "system-processes-0"),
        (plain(process("a", shares={"a": "0.9"})), "system-shares", "system-processes-0"),
        (plain(process("a", shares={"b": "1"})), "system-shares", "system-processes-0"),
        (plain(process("a", inputs={"b": 1})), "system-not-square", "system"),
        (plain(process("a", outputs={"b": 1})), "system-not-square", "system"),
        (plain(process("a", inputs={"b": 1}), process("b", inputs={"a": 1})), "system-singular", "system"),
    ],
)
def test_a_system_without_an_answer_is_refused(wrong, slug, field):
    with pytest.raises(Invalid) as refused:
        systems.solve(systems.read(wrong))
    assert refused.value.slug == slug
    assert field is None or refused.value.fields == {field: slug}


def test_units_of_very_different_size_do_not_look_singular():
    runs = scaling(
        process("chip", unit="t", output="0.000000001", inputs={"power": "1000000"}), process("power")
    )
    assert runs["power"] == Decimal("1E+15")


coefficients = any_.lists(any_.integers(1, 99), min_size=1, max_size=8)


@given(coefficients)
def test_a_chain_runs_as_often_as_the_product_of_its_needs(needs):
    chain = [
        process(f"p{place}", inputs={f"p{place + 1}": str(Decimal(need) / 100)})
        for place, need in enumerate(needs)
    ]
    runs = scaling(*chain, process(f"p{len(needs)}"))
    expected = Decimal(1)
    for need in needs:
        expected *= Decimal(need) / 100
    assert abs(runs[f"p{len(needs)}"] - expected) <= expected * Decimal("1e-9")
