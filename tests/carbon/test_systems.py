"""Chains, loops, allocation, co-products, waste, and systems that have no answer."""

import subprocess
import sys
import tracemalloc
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
    result = compute(
        Sheet(system.demand, system.demand, "AR6", systems.rows(systems.solve(system), system.demand))
    )
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


def test_a_joint_process_may_use_its_own_product():
    joint = process(
        "heat", outputs={"power": "1"}, shares={"heat": "0.5", "power": "0.5"}, inputs={"heat": "0.4"}
    )
    assert scaling(joint) == {"heat": Decimal("0.625")}


def test_the_demand_may_be_any_amount_and_the_output_in_another_unit():
    system = systems.read(plain(process("p", emissions={"CO2e": "3"}), demand={"p": "10"}, source="a report"))
    [row] = systems.rows(systems.solve(system), Quantity(Decimal(2), "t"))
    assert (row.quantity, row.evidence) == (Decimal(6000), "a report")


EATERS = [
    ([process("a", inputs={"b": 2}), process("b", inputs={"a": 1})], {"a", "b"}),
    ([process("a", inputs={"a": 2})], {"a"}),
    ([process("a", inputs={"b": 1}), process("b", inputs={"c": 3}), process("c", inputs={"b": "0.5"})],
     {"b", "c"}),
    ([process("w", output="-1", outputs={"v": 2}), process("v", output="-1", outputs={"w": 1})], {"w", "v"}),
]  # fmt: skip


# rule 22
@pytest.mark.parametrize(("processes", "named"), EATERS)
def test_processes_that_eat_more_than_they_make_are_named(processes, named):
    with pytest.raises(Invalid) as refused:
        scaling(*processes)
    assert refused.value.slug == "system-not-productive"
    assert set(refused.value.detail["processes"].split("、")) >= named


def test_what_a_co_product_spares_runs_backwards_with_all_that_supplies_it():
    heat = process("heat", outputs={"power": "0.5"})
    assert scaling(heat, process("power", inputs={"coal": 2}), process("coal")) == {
        "heat": 1, "power": Decimal("-0.5"), "coal": -1,
    }  # fmt: skip


def test_the_footprint_of_a_treatment_is_that_of_the_waste_it_takes_in():
    runs = scaling(process("w", output="-1", inputs={"p": "2"}), process("p"))
    assert runs == {"w": 1, "p": 2}


def test_waste_taken_from_elsewhere_spares_its_treatment():
    taken = process("p", outputs={"w": "-0.5"})
    assert scaling(taken, process("w", output="-1")) == {"p": 1, "w": Decimal("-0.5")}


def test_an_exchange_is_brought_to_the_unit_of_whoever_makes_it():
    def of(amount, unit):
        return {"amount": amount, "unit": unit}

    sandwich = process("sandwich", unit="item", inputs={"bread": of("200", "g"), "ham": of("0.05", "kg")})
    bread = process("bread", inputs={"flour": of("0.001", "t"), "salt": "30"})
    others = (process("flour"), process("salt", unit="g"), process("ham", unit="g"))
    assert scaling(sandwich, bread, *others) == {
        "sandwich": 1, "bread": Decimal("0.2"), "flour": Decimal("0.2"), "salt": 6, "ham": 50,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "slug", "field"),
    [
        ({}, "body-member-missing", "processes"),
        ({"processes": [], "demand": {"a": 1}}, "system-processes", "processes"),
        ({"processes": {"a": {}}, "demand": {"a": 1}}, "system-processes", "processes"),
        ({"processes": ["a"], "demand": {"a": 1}}, "body-shape", "processes/0"),
        ({"processes": [process("a")]}, "body-member-missing", "demand"),
        (plain(process("a"), process("a")), "system-process-twice", "processes/1/name"),
        (plain(process("a"), demand={"a": 1, "b": 1}), "system-demand", "demand"),
        (plain(process("a"), demand=["a"]), "body-shape", "demand"),
        (plain({"name": "a"}), "body-member-missing", "processes/0/unit"),
        (plain({"name": "a", "unit": "kg"}), "body-member-missing", "processes/0/stage"),
        ({"processes": [{"unit": "kg"}], "demand": {"a": 1}}, "body-member-missing", "processes/0/name"),
        (plain(process("a", inputs=["b"])), "body-shape", "processes/0/inputs"),
        (plain(process("a"), demand={"b": 1}), "system-product-unknown", "demand/b"),
        (plain(process("a"), demand={"a": 0}), "quantity-negative", "demand/a"),
        (plain(process("a"), demand={"a": "x"}), "number-unreadable", "demand/a"),
        (plain(process("a", output="NaN")), "number-unreadable", "processes/0/output"),
        (plain(process("a", output="1e999999999")), "quantity-absurd", "processes/0/output"),
        (plain(process("a", output="0")), "system-exchange", "processes/0/output"),
        (plain(process("a", inputs={"a": "-1"})), "system-exchange", "processes/0/inputs/a"),
        (plain(process("a", stage="later")), "stage-unknown", "processes/0/stage"),
        (plain(process("a", unit="foo")), "unit-unknown", "processes/0/unit"),
        (plain(process("a", emissions={"X": 1})), "gas-unknown", "processes/0/emissions/X"),
        (plain(process("a", shares={"a": "0.9"})), "system-shares", "processes/0/shares"),
        (plain(process("a", shares={"b": "1"})), "system-shares", "processes/0/shares"),
        (plain(process("a", outputs={"b": 1}, shares={"a": "0.5", "b": "0.496"})), "system-shares",
         "processes/0/shares"),
        (plain(process("a", outputs={"b": 1}, shares={"a": "1.5", "b": "-0.5"})), "system-shares",
         "processes/0/shares"),
        (plain(process("a", inputs={"b/c": {"amount": 1, "unit": "kWh"}}), process("b/c")), "system-unit",
         "processes/0/inputs/b~1c/unit"),
        (plain(process("a", inputs={"b": {"amount": 1, "unit": "foo"}}), process("b")), "unit-unknown",
         "processes/0/inputs/b/unit"),
        (plain(process("a", inputs={"b": {"amount": 1}}), process("b")), "body-member-missing",
         "processes/0/inputs/b/unit"),
        (plain(process("a", inputs={"b": {"unit": "kg"}}), process("b")), "body-member-missing",
         "processes/0/inputs/b/amount"),
        (plain(process("a", outputs={"b": {"amount": 1, "unit": "t"}}),
               process("c", inputs={"b": {"amount": 1, "unit": "kWh"}})), "system-unit",
         "processes/1/inputs/b/unit"),
        (plain(process("a", inputs={"b": 1})), "system-input-unmade", "processes/0/inputs/b"),
        (plain(process("a", outputs={"b": 1})), "system-coproduct-left", "processes/0/outputs/b"),
        (plain(process("a", outputs={"b": 1}, shares={"a": "0.5", "b": "0.5"}), process("b")),
         "system-product-twice", "processes/1/name"),
        (plain(process("a", outputs={"b": 1}, shares={"a": "0.5", "b": "0.5"}),
               process("c", outputs={"b": 1}, shares={"c": "0.5", "b": "0.5"})),
         "system-product-twice", "processes/1/shares/b"),
        (plain(process("a", outputs={"b": 1}, shares={"b": 1})), "system-coproduct-left",
         "processes/0/outputs/a"),
    ],
)  # fmt: skip
def test_a_system_without_an_answer_is_refused(wrong, slug, field):
    with pytest.raises(Invalid) as refused:
        systems.solve(systems.read(wrong))
    assert refused.value.slug == slug
    assert refused.value.fields == {f"/system/{field}".rstrip("/"): slug}


def test_a_loop_without_an_answer_is_blamed_on_each_of_its_processes_with_what_it_makes():
    loop = plain(process("a", title="甲", inputs={"b": 1}), process("b", title="乙", inputs={"a": 1}))
    with pytest.raises(Invalid) as refused:
        systems.solve(systems.read(loop))
    assert refused.value.fields == dict.fromkeys(
        ("/system/processes/0", "/system/processes/1"), "system-singular"
    )
    assert refused.value.detail == {"processes": "甲、乙", "products": ["a", "b"]}


def test_all_that_cannot_be_read_is_said_at_once_each_with_its_own_particulars():
    wrong = plain(
        process("a", title="甲", output="x", inputs={"b": "y", "c": {"amount": 1, "unit": "kWh"}}),
        process("b", stage="", emissions={"X": 1}),
        process("c", shares={"c": "0.9"}),
    )
    with pytest.raises(Invalid) as refused:
        systems.read(wrong)
    here = "/system/processes"
    assert refused.value.fields == {
        f"{here}/0/output": "number-unreadable",
        f"{here}/0/inputs/b": "number-unreadable",
        f"{here}/0/inputs/c/unit": "system-unit",
        f"{here}/1/stage": "body-member-missing",
        f"{here}/1/emissions/X": "gas-unknown",
        f"{here}/2/shares": "system-shares",
    }
    said = refused.value.detail_of(f"{here}/0/inputs/c/unit")
    assert said == {"process": "甲", "product": "c", "unit": "kWh", "needed": "kg"}
    assert refused.value.detail_of(f"{here}/2/shares") == {"process": "c", "together": "0.9"}


def test_all_that_does_not_fit_together_is_said_at_once():
    wrong = plain(process("a", inputs={"x": 1, "y": 1}), process("b", outputs={"z": 1}))
    with pytest.raises(Invalid) as refused:
        systems.solve(systems.read(wrong))
    assert refused.value.fields == {
        "/system/processes/0/inputs/x": "system-input-unmade",
        "/system/processes/0/inputs/y": "system-input-unmade",
        "/system/processes/1/outputs/z": "system-coproduct-left",
    }


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (plain(process("a"), weight=1), "weight"),
        (plain(process("a"), process("b", coproducts={})), "processes/1/coproducts"),
        (
            plain(process("a", inputs={"b": {"amount": 1, "unit": "kg", "per": "t"}})),
            "processes/0/inputs/b/per",
        ),
        (plain(process("a", outputs={"b": {"amount": 1, "units": "kg"}})), "processes/0/outputs/b/units"),
    ],
)
def test_a_member_that_nothing_reads_is_refused_at_its_place(sent, field):
    with pytest.raises(Invalid) as refused:
        systems.refuse_unknown(sent)
    assert refused.value.fields == {f"/system/{field}": "body-member-unknown"}


def test_what_is_no_object_is_refused_as_a_system():
    with pytest.raises(Invalid) as refused:
        systems.refuse_unknown([])
    assert refused.value.fields == {"/system": "body-shape"}


def test_a_product_without_a_process_of_its_name_is_counted_in_the_unit_its_maker_states():
    joint = process("milk", outputs={"meat": {"amount": "100", "unit": "g"}}, shares={"milk": 1, "meat": 0})
    assert systems.read(plain(joint)).processes[0].outputs == {"meat": 100}
    user = process("stew", inputs={"meat": {"amount": "0.2", "unit": "kg"}})
    assert systems.read(plain(user, joint)).processes[0].inputs == {"meat": 200}


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


SIZE = 10_000


@pytest.fixture(scope="module")
def economy() -> list[dict]:
    """As many processes as are taken, each supplied by the next and by the one six further on."""
    return [
        process(
            f"p{place}", inputs={f"p{further}": "0.5" for further in (place + 1, place + 7) if further < SIZE}
        )
        for place in range(SIZE)
    ]


def test_ten_thousand_processes_are_solved_without_a_full_matrix(economy):
    system = systems.read(plain(*economy))
    tracemalloc.start()
    runs = systems.solve(system).scaling
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert runs["p1"] == Decimal("0.5")
    assert float(runs["p5000"]) == pytest.approx(1 / 4)  # what steps of 1 and 7 in turn visit of all places
    assert peak < SIZE * SIZE * 8 / 4


@pytest.mark.parametrize(
    ("need", "back", "slug"),
    [("1.5", "1.5", "system-not-productive"), ("2", "0.5", "system-singular")],
)
def test_the_two_that_are_wrong_are_named_among_ten_thousand(economy, need, back, slug):
    one, other = process("p50", inputs={"p51": need}), process("p51", inputs={"p50": back})
    with pytest.raises(Invalid) as refused:
        scaling(*economy[:50], one, other, *economy[52:])
    assert refused.value.fields == {"/system/processes/50": slug, "/system/processes/51": slug}
    assert refused.value.detail["processes"] == "p50、p51"


def test_one_process_more_than_can_be_solved_is_refused(economy):
    with pytest.raises(Invalid) as refused:
        systems.read(plain(*economy, process("more")))
    assert refused.value.fields == {"/system/processes": "system-processes"}


def test_runs_that_hang_on_the_last_digit_of_a_float_are_refused():
    nearly = (process("a", inputs={"b": "1"}), process("b", inputs={"a": "0.999999999999"}))
    with pytest.raises(Invalid) as refused:
        scaling(process("c", inputs={"a": "1"}), *nearly, process("d"))
    assert (refused.value.slug, refused.value.detail["processes"]) == ("system-singular", "a、b")


def test_a_long_chain_that_grows_at_every_step_hangs_on_no_digit():
    chain = [process(f"p{place}", inputs={f"p{place + 1}": "10"}) for place in range(60)]
    assert scaling(*chain, process("p60"))["p60"] == Decimal(10) ** 60


def test_who_has_no_part_in_what_is_asked_for_does_not_run_even_by_a_rounding_error():
    power = process("power", inputs={"power": "0.08"})
    iron = process(
        "iron", inputs={"power": "42"}, outputs={"slag": "320"}, shares={"iron": "0.9", "slag": "0.1"}
    )
    runs = scaling(
        process("powder", inputs={"slag": "1020"}), iron, power, process("aside", inputs={"iron": "1"})
    )
    assert runs["iron"] == Decimal("0.31875")
    assert runs["aside"] == 0


def test_what_is_needed_a_billion_times_less_is_as_exact_as_the_rest():
    power = process("power", inputs={"power": "0.08"})
    iron = process(
        "iron", inputs={"power": "42"}, outputs={"slag": "320"}, shares={"iron": "0.9", "slag": "0.1"}
    )
    tool = process("tool", inputs={"iron": "0.000001"})
    powder = process("powder", inputs={"slag": "1020", "tool": "0.0000001"})
    assert scaling(powder, tool, iron, power)["tool"] == Decimal("1E-7")


def test_nobody_loads_the_solver_who_solves_no_system():
    code = "import sys, carbon.systems; assert 'scipy.sparse' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
