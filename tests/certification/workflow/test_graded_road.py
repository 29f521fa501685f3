"""A case under a rule with parameters, tables and grades walks the whole road, and only when all is met."""

import pytest

from certification.acts import queries as acts
from certification.acts.models import WrittenAct
from certification.certificate.facts import certificate_facts
from core.db import db as tables
from core.errors import Unmet
from tests.certification.graded import MODELS, PRODUCT, GradedWorld
from tests.certification.world import reload

pytestmark = pytest.mark.engines("types")


@pytest.fixture
def world(db):
    return GradedWorld()


def test_a_graded_case_is_certified_with_the_grade_it_reached(world):
    case = reload(world.graded("certified"))
    assert (case.state, case.decision.grade, case.decision.basis) == ("certified", "one", "absolute_limit")
    assert {line["criterion"]: line["outcome"] for line in case.decision.criteria} == {
        "carbon": "pass",
        "rolling": "pass",
        "recycled": "pass",
    }
    facts = certificate_facts(case)
    assert facts.grade.names.zh == "一级"
    assert {each.slug: each.text for each in facts.product} == PRODUCT
    assert {code: {each.slug: each.text for each in said} for code, said in facts.models.items()} == MODELS
    vehicle, rim = facts.models["YT-6015"]
    assert (vehicle.shown, vehicle.words.zh, rim.unit) == (("certificate", "public", "filter"), "轿车", "in")


def test_a_program_reads_the_grade_once_the_head_has_signed(world, ask):
    case = world.graded("granted")
    path = f"/applications/{case.id}"
    assert ask("GET", path).json["grade"] == ""
    case.to_certified()
    tables.session.commit()
    assert ask("GET", path).json["grade"] == "one"


def test_over_the_limit_of_its_class_nothing_is_granted_and_the_letter_says_why(world):
    case = world.graded("pending_decision", value="2.80")
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert refused.value.detail["unmet"] == ["footprint-over-limit"]
    case.take("refuse", "decision_maker", signed=True, reason="不符合规则。")
    act = tables.session.query(WrittenAct).filter_by(application_id=case.id, kind="refusal").one()
    told = [reason for reason in acts.said(act)["reasons"] if "单位质量碳足迹" in reason["on"]]
    assert len(told) == 1
    assert "2.8 kgCO2e/kg" in told[0]["text"]
    assert "二级 ≤ 2.74" in told[0]["text"]
    assert "轿车" in told[0]["text"]
    assert "YT-6015" in told[0]["text"]
    assert case.application.decision.grade == ""


# rule 13
def test_a_parameter_that_misses_its_criterion_stands_in_the_way_of_granting(world):
    world.rule(("/criteria/2/rows", [{"grades": {"one": "30", "two": "20"}}]))
    case = world.graded("pending_decision")
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert refused.value.detail["unmet"] == ["criterion-not-met"]


def test_a_result_is_held_to_the_limit_of_the_model_that_was_drawn(world):
    rows = [
        {"when": [{"parameter": "vehicle", "one_of": [one]}], "limit": limit}
        for one, limit in (("car", "9.0"), ("truck", "6.0"))
    ]
    world.rule(("/criteria/1/by", ["vehicle"]), ("/criteria/1/rows", rows))
    case = world.graded("evaluating")
    case.review_documents()
    first, second = case.test(), case.test(model="YT-6016")
    assert [(sample.tests[0]["limit"], sample.results[0].verdict) for sample in (first, second)] == [
        ("9.0", "pass"),
        ("6.0", "fail"),
    ]


# rule 13
@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"product": {name: PRODUCT[name] for name in PRODUCT if name != "mass"}}, "parameters-missing"),
        ({"product": {name: PRODUCT[name] for name in PRODUCT if name != "snow"}}, "parameters-missing"),
        ({"models": MODELS | {"YT-6016": {"vehicle": "truck"}}}, "parameters-missing"),
    ],
)
def test_an_application_that_lacks_a_required_parameter_is_not_handed_in(world, changes, slug):
    case = world.graded(**changes)
    with pytest.raises(Unmet) as refused:
        case.to_submitted()
    assert slug in refused.value.detail["unmet"]


def test_what_a_rule_no_longer_reads_is_not_handed_in(world):
    case = world.graded()
    world.rule(("/parameters/3/most", "8"))
    with pytest.raises(Unmet) as refused:
        case.to_submitted()
    assert refused.value.detail["unmet"] == ["parameters-wrong"]


def test_a_program_is_told_what_is_missing(world, ask):
    case = world.graded(product={})
    answer = ask("POST", f"/applications/{case.id}/submit", json={"declared": True})
    assert answer.status_code in (409, 422)
    assert "parameters-missing" in [each["slug"] for each in answer.json["unmet"]]
