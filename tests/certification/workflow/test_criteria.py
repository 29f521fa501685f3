"""A case is judged criterion by criterion, for every model, by the class it belongs to; the worst counts."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as thing

import pytest

from certification.workflow import criteria, parts
from certification.workflow.application import product_in_a_class
from schemes import document
from tests.certification.graded import MODELS, PRODUCT
from tests.schemes.examples import tyre, words

CAR, TRUCK = MODELS.values()


def case(*changes, footprint="2.10", models=MODELS, product=PRODUCT, results=(("A", "8.9"),), **more):
    """A case of paper; a result is (model, value) or (model, value, uncertainty)."""
    return thing(
        scheme=thing(rules=document.read(tyre(*changes))),
        parameters=product,
        models=[thing(code=code, parameters=said) for code, said in models.items()],
        footprint=footprint and thing(exact=Fraction(footprint)),
        reports=[report(number, *result) for number, result in enumerate(results)],
        about=None,
        planned_parts=("documents", "tests", "site"),
        **{"footprint_width": None, **more},
    )


def report(number, model, value, uncertainty=None, rule="simple"):
    wide = uncertainty and Decimal(uncertainty)
    return thing(
        state="issued",
        decision_rule=rule,
        sample=thing(chain=number, model=model),
        results=[thing(item="rolling", method="GB/T", value=Decimal(value), uncertainty=wide, rule="")],
    )


def came_to(found):
    return {line.criterion.slug: (line.judged.outcome, line.judged.grade, line.model) for line in found.lines}


def test_every_criterion_is_met_and_the_grade_is_the_worst_that_one_reaches():
    found = criteria.verdict(case())
    assert (found.outcome, found.grade) == ("pass", "one")
    assert came_to(found)["recycled"] == ("pass", "one", "YT-6015")
    assert criteria.verdict(case(product=PRODUCT | {"share": "5"})).grade == "two"


# rule 13
@pytest.mark.parametrize(
    ("footprint", "outcome", "grade", "model"),
    [
        ("2.18", "pass", "one", "YT-6015"),
        ("2.19", "pass", "two", "YT-6015"),
        ("2.60", "pass", "two", "YT-6015"),
        ("2.75", "fail", "", "YT-6015"),
    ],
)
def test_the_worst_model_counts_and_is_named(footprint, outcome, grade, model):
    found = criteria.verdict(case(footprint=footprint))
    assert came_to(found)["carbon"] == (outcome, grade, model)
    assert (found.outcome, found.grade) == (outcome, grade)


def test_one_class_of_models_is_not_named():
    alike = {"X": CAR, "Y": dict(CAR)}
    assert {line.model for line in criteria.verdict(case(models=alike)).lines} == {""}


def test_the_limit_of_a_case_is_what_suffices_for_every_model():
    assert criteria.footprint_limit(case()) == Decimal("2.74")
    assert criteria.footprint_limit(case(models={"A": TRUCK})) is None  # its last grade asks for nothing
    assert criteria.footprint_limit(case(models={"A": {}})) is None


@pytest.mark.parametrize(("value", "over"), [("2.74", False), ("2.7401", True), ("99", True)])
def test_a_footprint_is_over_the_limit_of_its_class(value, over):
    assert criteria.over_limit(Fraction(value), case()) is over


# rule 13
def test_without_a_class_nothing_is_over_its_limit_and_the_model_is_told():
    paper = case(models={"A": {"rim": "16"}, "B": CAR})
    assert not criteria.over_limit(Fraction(1), paper)
    assert [(code, each.slug) for code, each in criteria.classless(paper)] == [("A", "carbon")]
    assert product_in_a_class(paper, None) == "product-in-no-class"
    assert product_in_a_class(case(), None) is None
    assert criteria.verdict(paper).outcome == "unknown"
    assert parts.footprint(paper) == parts.Part(True, False, False, ("carbon",))


def test_a_result_counts_for_the_model_it_was_measured_on_and_else_for_all():
    mine = case(results=(("YT-6015", "9.2"), ("YT-6016", "8.0")))
    assert came_to(criteria.verdict(mine))["rolling"] == ("fail", "", "YT-6015")
    all_of_them = case(results=(("YT-6015", "8.0"), ("YT-6016", "9.2")), models={"YT-6017": CAR})
    assert came_to(criteria.verdict(all_of_them))["rolling"][0] == "fail"


def test_several_results_are_judged_one_by_one_or_by_their_mean():
    results = (("YT-6015", "8.0"), ("YT-6015", "9.8"))
    each = ("/tests/0/combined", "each")
    assert came_to(criteria.verdict(case(each, results=results)))["rolling"][0] == "fail"
    assert came_to(criteria.verdict(case(results=results)))["rolling"][0] == "pass"


def test_a_result_that_is_missing_leaves_the_criterion_open():
    paper = case(results=())
    assert came_to(criteria.verdict(paper))["rolling"][0] == "unknown"
    assert parts.criteria(paper) == parts.Part(True, False, False, ("rolling",))


# rule 13
def test_a_guard_band_without_an_uncertainty_decides_nothing():
    guarded = [("/tests/0/decision", "guard_band"), ("/tests/0/uncertainty", "0.2")]
    assert came_to(criteria.verdict(case(*guarded)))["rolling"][0] == "undecided"
    near = case(*guarded, results=(("A", "8.9", "0.2"),))
    assert came_to(criteria.verdict(near))["rolling"][0] == "undecided"
    assert parts.criteria(near).failed
    far = case(*guarded, results=(("A", "8.7", "0.2"),))
    assert came_to(criteria.verdict(far))["rolling"][0] == "pass"


def test_a_guard_band_on_the_footprint_asks_how_far_off_it_may_be():
    """Cars from 17 inches are held with a guard band."""
    wide = {"A": {"vehicle": "car", "rim": "18"}}
    for width, outcome in ((None, "undecided"), (Fraction("0.9"), "undecided"), (Fraction("0.1"), "pass")):
        found = criteria.verdict(case(models=wide, footprint_width=width))
        assert came_to(found)["carbon"][0] == outcome


def test_a_derived_figure_is_judged_from_footprint_and_parameters():
    asked = {
        "slug": "each", "names": words("每条", "Each"), "quantity": "derived:per_tyre", "comparator": "lt",
        "unit": "kgCO2e", "rows": [{"limit": "17.85"}],
    }  # fmt: skip
    found = criteria.verdict(case(("/criteria/-", asked)))
    assert came_to(found)["each"][0] == "fail"  # 2.10 × 8.5
    assert parts.criteria(case(("/criteria/-", asked))).failed
    assert parts.footprint(case(("/criteria/-", asked))).met


@pytest.mark.parametrize(
    ("model", "value", "verdict"),
    [(CAR, "9.04", "pass"), (CAR, "9.06", "fail"), (TRUCK, "6.0", "pass"), (TRUCK, "6.06", "fail")],
)
def test_a_result_is_judged_by_the_class_of_its_model(model, value, verdict):
    rows = [
        {"when": [{"parameter": "vehicle", "one_of": [one]}], "limit": limit}
        for one, limit in (("car", "9.0"), ("truck", "6.0"))
    ]
    paper = case(("/criteria/1/by", ["vehicle"]), ("/criteria/1/rows", rows))
    rules, values = paper.scheme.rules, criteria.values_of(paper, model)
    figure = criteria.Figure(Fraction(value), None, "simple")
    assert criteria.verdict_on(rules, values, "rolling", figure) == verdict
    comparator, limit, row = criteria.requirement(rules, values, "rolling")
    assert row.when[0].one_of == (model["vehicle"],)
    assert (comparator, limit) == ("le", Decimal("9.0") if model is CAR else Decimal("6.0"))


def test_a_result_without_a_class_is_undecided_and_one_nobody_limits_reported():
    rows = [{"when": [{"parameter": "vehicle", "one_of": ["car", "truck"]}], "limit": "9.0"}]
    rules = case(("/criteria/1/by", ["vehicle"]), ("/criteria/1/rows", rows)).scheme.rules
    figure = criteria.Figure(Fraction(9))
    assert criteria.verdict_on(rules, {}, "rolling", figure) == "undecided"
    assert criteria.verdict_on(case(("/criteria/1", ...)).scheme.rules, {}, "rolling", figure) == "reported"


def test_what_a_decision_keeps_says_what_was_held_against_what():
    carbon = criteria.kept(criteria.verdict(case()))[0]
    assert carbon == {
        "criterion": "carbon",
        "model": "YT-6015",
        "row": 0,
        "held": "2.1",
        "limits": {"one": "2.18", "two": "2.74"},
        "outcome": "pass",
        "grade": "one",
    }
