"""A dry run, the list of conversions and a case come to the same, on the same figures."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as thing

import pytest

from certification.conversion import queries
from certification.workflow import criteria, parts
from schemes import document
from tests.certification.graded import MODELS, PRODUCT
from tests.schemes.examples import tyre

CAR, TRUCK = MODELS
BY_VEHICLE = [
    ("/criteria/1/by", ["vehicle"]),
    (
        "/criteria/1/rows",
        [
            {"when": [{"parameter": "vehicle", "one_of": [one]}], "limit": limit}
            for one, limit in (("car", "9.0"), ("truck", "6.0"))
        ],
    ),
]
EACH = ("/tests/0/combined", "each")


def result(number, model, value, uncertainty=None, rule="simple"):
    wide = uncertainty and Decimal(uncertainty)
    measured = thing(
        item="rolling", value=Decimal(value), uncertainty=wide, method="GB/T 29040—2024", rule=""
    )
    about = thing(chain=number, model=model)
    return thing(state="issued", decision_rule=rule, sample=about, results=[measured])


def case(rules, *results, **more):
    """A decided case of paper, with two models of which each may be measured."""
    facts = {
        "id": 1,
        "number": "C-1",
        "purpose": "initial",
        "about": None,
        "product_name": "轮胎",
        "applicant": thing(name="厂"),
        "decision": thing(decided_on=date(2026, 3, 1), kind="grant"),
        "scheme": thing(rules=rules),
        "parameters": PRODUCT,
        "models": [thing(code=code, parameters=said) for code, said in MODELS.items()],
        "footprint": thing(exact=Fraction("2.10")),
        "footprint_width": None,
        "reports": [result(number, *each) for number, each in enumerate(results)],
        "current_files": [],
    }
    return thing(**(facts | more))


def certificate_of(*editions):
    newest = editions[-1]
    own = [thing(application=each) for each in editions]
    return thing(
        application=newest, versions=own, open_cases=[], number="1", product_name="轮胎", state="valid",
        holder=newest.applicant, valid_to=date(2029, 3, 1), body=thing(name="机构"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "results", "outcome"),
    [
        ((), [(CAR, "9.2"), (TRUCK, "8.0")], "fail"),  # the mean of both would do
        ((), [(CAR, "9.2"), (CAR, "8.0"), (TRUCK, "8.0")], "pass"),
        (BY_VEHICLE, [(CAR, "8.9"), (TRUCK, "5.9")], "pass"),  # that of the one is too much for the other
        (BY_VEHICLE, [(CAR, "8.9"), (TRUCK, "6.1")], "fail"),
        ((EACH, *BY_VEHICLE), [(CAR, "8.9"), (TRUCK, "5.9"), (TRUCK, "6.1")], "fail"),
        (BY_VEHICLE, [("YT-6015", "5.9")], "pass"),  # what was not measured is held to all there is
        ((), [("A", "9.01", "0.2", "guard_band")], "undecided"),  # as the report decides
    ],
)
def test_several_models_measured_apart_come_to_the_same_in_dry_run_list_and_case(changes, results, outcome):
    rules = document.read(tyre(*changes))
    paper = case(rules, *results)
    certificate = certificate_of(paper)
    verdict = criteria.verdict(paper)
    lines = {line.criterion.slug: line.judged.outcome for line in verdict.lines}
    assert lines["rolling"] == outcome
    trial = queries.Trial(rules, rules)
    for tried in (queries.tried_case(trial, paper), queries.tried_certificate(trial, certificate)):
        assert {each["slug"]: each["outcome"] for each in tried["criteria"]} == lines
        assert (tried["outcome"], tried["grade"]) == (verdict.outcome, verdict.grade)
    lacks = queries.line(rules, certificate).lacks
    told = {each.criterion.slug: each.outcome for each in (*lacks.failed, *lacks.unknown)}
    assert told == {slug: came for slug, came in lines.items() if came != "pass"}


def test_of_several_models_that_fail_the_one_farthest_off_is_told():
    rules = document.read(tyre())
    tried = queries.tried_case(queries.Trial(rules, None), case(rules, (CAR, "9.2"), (TRUCK, "9.9")))
    assert next(each["held"] for each in tried["criteria"] if each["slug"] == "rolling") == "9.9"


@pytest.mark.parametrize(
    ("combined", "uncertainties", "expected"),
    [
        ("mean", ("0.2", "0.5"), [criteria.Figure(Fraction(2), Fraction(1, 2), "simple")]),
        ("mean", ("0.2", None), [criteria.Figure(Fraction(2), None, "simple")]),
    ],
)
def test_the_mean_keeps_the_widest_uncertainty(combined, uncertainties, expected):
    rules = document.read(tyre(("/tests/0/combined", combined)))
    paper = case(rules, (CAR, "1", uncertainties[0]), (CAR, "3", uncertainties[1]))
    figures = [each.figure for each in criteria.known(rules, paper).measured]
    assert criteria.combined(rules, "rolling", figures) == expected


# A case that brings a new edition


def edition(rules, before, *results, planned=("documents",)):
    return case(
        rules, *results, id=2, purpose="conversion", about=certificate_of(before), planned_parts=planned,
        document_review=None, site=None,
    )  # fmt: skip


# rule 12
@pytest.mark.parametrize(("measured", "outcome"), [("8.9", "pass"), ("9.2", "fail")])
def test_what_a_conversion_leaves_untested_is_held_to_the_limit_by_earlier_results(measured, outcome):
    rules = document.read(tyre())
    paper = edition(rules, case(rules, (CAR, measured)))
    assert criteria.verdict(paper).on("test:rolling")[0].judged.outcome == outcome
    assert parts.criteria(paper).failed is (outcome == "fail")
    lacks = queries.demands(paper)
    assert [each.criterion.slug for each in lacks.failed] == (["rolling"] if outcome == "fail" else [])
    assert lacks.tests == ()


def test_what_was_measured_anew_counts_instead():
    rules = document.read(tyre())
    paper = edition(rules, case(rules, (CAR, "9.2")), (CAR, "8.0"))
    assert criteria.verdict(paper).on("test:rolling")[0].judged.outcome == "pass"


def test_a_later_edition_is_nothing_that_was_known_before():
    rules = document.read(tyre())
    paper = edition(rules, case(rules, (CAR, "9.2")))
    later = case(rules, (CAR, "8.0"), id=3)
    paper.about = certificate_of(case(rules, (CAR, "9.2")), paper, later)
    assert criteria.verdict(paper).on("test:rolling")[0].judged.outcome == "fail"
