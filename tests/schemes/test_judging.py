"""One function says what a product comes to under a scheme."""

from decimal import Decimal
from fractions import Fraction

import pytest

from schemes import document
from schemes.judging import Figure, Sum, judge, on_footprint, total
from tests.schemes.examples import tyre, words

CAR = {"vehicle": "car", "rim": Decimal(16), "share": Decimal(10), "mass": Decimal("8.5")}


def figures(footprint="2.10", rolling="8.94", uncertainty=None, **more):
    wide = None if uncertainty is None else Fraction(uncertainty)
    found = {"footprint": Figure(Fraction(footprint), wide), "test:rolling": Figure(Fraction(rolling))}
    return found | more


def judged(*changes, parameters=None, **told):
    read = document.read(tyre(*changes))
    found = judge(read, CAR | (parameters or {}), figures(**told))
    return {each.criterion.slug: each for each in found}, total(read, found)


@pytest.mark.parametrize(
    ("rim", "row", "limit"), [("10", 0, "2.18"), ("16.5", 0, "2.18"), ("17", 1, "2.30"), ("25", 1, "2.30")]
)
def test_the_limit_is_that_of_the_class_a_product_belongs_to(rim, row, limit):
    carbon = judged(parameters={"rim": Decimal(rim)})[0]["carbon"]
    assert (carbon.row, carbon.limits["one"]) == (row, Decimal(limit))


@pytest.mark.parametrize(
    ("footprint", "outcome", "grade"),
    [("2.18", "pass", "one"), ("2.1801", "pass", "two"), ("2.74", "pass", "two"), ("2.741", "fail", "")],
)
def test_a_grade_is_reached_and_none_is_not(footprint, outcome, grade):
    carbon = judged(footprint=footprint)[0]["carbon"]
    assert (carbon.outcome, carbon.grade) == (outcome, grade)


def test_the_whole_has_the_worst_of_the_grades_and_fails_with_one():
    assert judged()[1] == Sum("pass", "one")
    assert judged(parameters={"share": Decimal(5)})[1] == Sum("pass", "two")
    assert judged(rolling="9.06")[1] == Sum("fail")


def test_a_grade_for_which_nothing_is_asked_is_reached():
    found = judged(footprint="99", parameters={"vehicle": "truck"})[0]["carbon"]
    assert (found.outcome, found.grade) == ("pass", "two")


@pytest.mark.parametrize(
    ("value", "outcome"), [("9.04", "pass"), ("9.05", "pass"), ("9.0501", "fail"), ("8.95", "pass")]
)
def test_a_rounded_comparison_rounds_by_gbt_8170(value, outcome):
    """9.05 is halfway, and goes to the even digit: 9.0."""
    assert judged(rolling=value)[0]["rolling"].outcome == outcome


@pytest.mark.parametrize(
    ("uncertainty", "outcome"), [("0.05", "pass"), ("0.06", "undecided"), (None, "undecided")]
)
def test_a_guard_band_asks_for_the_uncertainty_and_for_that_much_more(uncertainty, outcome):
    """The second row of cars has a rule of its own: 2.85 is 0.05 below its last limit."""
    found = judged(footprint="2.85", uncertainty=uncertainty, parameters={"rim": Decimal(18)})[0]["carbon"]
    assert found.outcome == outcome


@pytest.mark.parametrize("without", ["vehicle", "rim", "share"])
def test_what_is_not_stated_leaves_it_unknown(without):
    read = document.read(tyre())
    found = judge(read, {name: value for name, value in CAR.items() if name != without}, figures())
    assert total(read, found) == Sum("unknown")


def test_a_derived_figure_is_reckoned_and_unknown_while_a_part_is_missing():
    asked = {
        "slug": "each", "names": words("每条", "Each"), "quantity": "derived:per_tyre", "comparator": "lt",
        "unit": "kgCO2e", "rows": [{"limit": "17.85"}],
    }  # fmt: skip
    found = judged(("/criteria/-", asked))[0]["each"]
    assert (found.held, found.outcome) == (Fraction("17.85"), "fail")
    read = document.read(tyre(("/criteria/-", asked)))
    without = {name: value for name, value in CAR.items() if name != "mass"}
    assert judge(read, without, figures())[-1].outcome == "unknown"


def test_a_benchmark_and_a_baseline_make_percentages():
    bench = {"value": "3", "source": {"text": "演示数据"}}
    share = [
        ("/criteria/0/unit", "%"), ("/criteria/0/by", []), ("/criteria/0/rows", [{"limit": "70"}]),
    ]  # fmt: skip
    found = judged(*share, ("/criteria/0/ground", "benchmark"), ("/criteria/0/benchmark", bench))[0]["carbon"]
    assert (found.held, found.outcome) == (70, "pass")
    base = {
        "slug": "base", "names": words("基期", "Base"), "kind": "number", "unit": "kgCO2e/kg",
    }  # fmt: skip
    reduced = [
        *share, ("/criteria/0/ground", "reduction"), ("/criteria/0/baseline", "parameter:base"),
        ("/criteria/0/comparator", "ge"), ("/criteria/0/rows", [{"limit": "30"}]), ("/parameters/-", base),
    ]  # fmt: skip
    found = judged(*reduced, parameters={"base": Decimal(3)})[0]["carbon"]
    assert (found.held, found.outcome) == (30, "pass")
    assert judged(*reduced, parameters={"base": Decimal(0)})[0]["carbon"].outcome == "unknown"


def test_between_two_rows_a_limit_is_interpolated_only_where_that_is_said():
    rim = {"rim": Decimal("13.5")}
    plain = judged(parameters=rim)[0]["carbon"]
    along = judged(("/criteria/0/interpolate", "rim"), parameters=rim)[0]["carbon"]
    assert (plain.limits["one"], along.limits["one"]) == (Decimal("2.18"), Decimal("2.24"))


def test_a_scheme_without_a_limit_of_the_footprint_lets_every_footprint_pass():
    read = document.read(tyre(("/criteria/0", ...)))
    assert on_footprint(read, Fraction(10**6)) == "pass"
    assert on_footprint(document.read(tyre()), Fraction(1)) == "unknown"
