"""What a rule asks about a product is stated with the application, by every door, and handed in with it."""

import pytest

from certification.application import differences
from certification.application.operations import submissions
from certification.application.operations.applications import answer_point, update_application
from certification.application.operations.clone import clone_application
from core.errors import Invalid, OutOfOrder
from tests.certification.graded import MODELS, PRODUCT, GradedWorld
from tests.certification.world import reload

pytestmark = pytest.mark.engines("types")


@pytest.fixture
def world(db):
    return GradedWorld()


def update(case, **facts) -> None:
    actor = case.world.actor("applicant")
    update_application(case.application, actor, case.application.version, **facts)


def lines(**by_code) -> list[dict]:
    return [{"code": code.replace("_", "-"), "parameters": said} for code, said in by_code.items()]


def test_what_is_stated_is_kept_of_the_product_and_of_each_model(world):
    case = reload(world.graded())
    assert case.parameters == PRODUCT
    assert {model.code: model.parameters for model in case.models} == MODELS


def test_what_is_not_named_stays_and_what_is_emptied_goes(world):
    case = world.graded()
    update(case, parameters={"mass": "9.10", "since": ""})
    assert reload(case).parameters == {name: PRODUCT[name] for name in PRODUCT if name != "since"} | {
        "mass": "9.1"
    }
    update(case, models=[{"code": "YT-6015"}, {"code": "YT-6016", "parameters": {"rim": "20.5"}}])
    assert [model.parameters for model in reload(case).models] == [
        MODELS["YT-6015"],
        {"vehicle": "truck", "rim": "20.5"},
    ]


def test_a_fault_is_told_at_its_parameter_and_nothing_is_kept(world):
    case = world.graded()
    with pytest.raises(Invalid) as refused:
        update(case, parameters={"mass": "1", "colour": "red"})
    assert refused.value.fields == {
        "parameters.mass": "parameter-too-small",
        "parameters.colour": "parameter-not-of-the-rule",
    }
    with pytest.raises(Invalid) as refused:
        update(case, models=lines(YT_6015={"rim": "5"}, YT_6016={"mass": "9"}))
    assert refused.value.fields == {
        "models.0.parameters.rim": "parameter-too-small",
        "models.1.parameters.mass": "parameter-not-of-the-rule",
    }
    assert refused.value.detail_of("models.0.parameters.rim") == {"least": "10", "unit": "in"}
    assert reload(case).parameters == PRODUCT


def correcting(world, *anchors):
    case = world.graded("submitted")
    points = [{"anchor": anchor, "text": "请改"} for anchor in anchors]
    case.take("correct", "application_reviewer", points=points)
    return case


def test_a_point_opens_one_parameter_of_the_product_and_no_other(world):
    case = correcting(world, "parameters.mass")
    update(case, parameters=PRODUCT | {"mass": "9"})
    with pytest.raises(OutOfOrder, match="section-not-open") as refused:
        update(case, parameters={"share": "20"})
    assert refused.value.detail["sections"] == ["parameters.share"]
    with pytest.raises(OutOfOrder, match="section-not-open"):
        update(case, models=lines(YT_6015={"rim": "17"}, YT_6016={}))


def test_a_point_opens_one_parameter_of_every_model_and_not_the_list(world):
    case = correcting(world, "models.rim")
    update(case, models=lines(YT_6015={"rim": "17"}, YT_6016={}))
    with pytest.raises(OutOfOrder, match="section-not-open"):
        update(case, models=lines(YT_6015={"vehicle": "truck"}, YT_6016={}))
    with pytest.raises(OutOfOrder, match="section-not-open"):
        update(case, models=lines(YT_6015={}))


def test_a_point_on_the_models_opens_what_is_said_of_them(world):
    case = correcting(world, "models")
    update(case, models=lines(YT_6015={"rim": "17"}, YT_6016={}, YT_6017=MODELS["YT-6015"]))
    assert [model.parameters["rim"] for model in reload(case).models] == ["17", "20", "16"]


def test_versions_differ_in_the_parameters_that_were_changed(world):
    case = correcting(world, "parameters.mass", "models.rim")
    update(case, parameters={"mass": "9"}, models=lines(YT_6015={"rim": "17"}, YT_6016={}))
    now = submissions.snapshot(case.application)
    found = differences.between(case.application.submissions[-1].content, now)
    assert [(cell.place, cell.before, cell.after) for cell in found.fields] == [
        ("parameters.mass", "8.5", "9")
    ]
    [line] = found.models
    assert [(cell.place, cell.before, cell.after) for cell in line.cells] == [("parameters.rim", "16", "17")]
    assert found.touches("parameters.mass")
    assert found.touches("models.rim")
    assert not found.touches("models.vehicle")


def test_a_version_of_before_parameters_were_stated_is_still_compared(world):
    case = world.graded("submitted")
    new = case.application.submissions[-1].content
    old = {name: value for name, value in new.items() if name != "parameters"}
    assert {cell.place for cell in differences.between(old, new).fields} == {
        f"parameters.{slug}" for slug in PRODUCT
    }


def test_a_corrected_parameter_is_handed_in_as_a_version(world):
    case = correcting(world, "parameters.mass")
    update(case, parameters={"mass": "9"})
    actor = world.actor("applicant")
    answer_point(case.application.open_points[0], case.application, actor, "已改")
    case.take("resubmit", "applicant")
    first, second = (kept.content["parameters"]["mass"] for kept in reload(case).submissions)
    assert (first, second) == ("8.5", "9")


def test_a_copy_takes_what_the_rule_of_today_still_reads(world):
    source = world.graded("submitted").application
    world.rule(("/parameters/3/most", "8"))
    draft = clone_application(source, world.actor("applicant"), world.scheme, world.body.id)
    assert draft.parameters == {name: PRODUCT[name] for name in PRODUCT if name != "mass"}
    assert {model.code: model.parameters for model in draft.models} == MODELS


# By the API


def test_a_program_states_reads_and_takes_away_parameters(world, ask):
    case = world.graded()
    path, version = f"/applications/{case.id}", case.application.version
    said = {"parameters": {"mass": 9.25, "snow": False, "since": None}, "version": version}
    models = [{"code": "YT-6015", "parameters": {"rim": 16.5}}, {"code": "YT-6016"}]
    answer = ask("PATCH", path, json=said | {"models": models}).json
    assert answer["parameters"] == {"size": "205/55 R16", "mass": "9.25", "snow": "no", "share": "10"}
    assert answer["models"][0]["parameters"] == {"vehicle": "car", "rim": "16.5"}
    assert ask("GET", path).json["parameters"] == answer["parameters"]


@pytest.mark.parametrize(
    ("said", "pointer", "slug"),
    [
        ({"parameters": {"mass": "0"}}, "/parameters/mass", "parameter-too-small"),
        ({"parameters": {"colour": "red"}}, "/parameters/colour", "parameter-not-of-the-rule"),
        ({"parameters": {"mass": ["9"]}}, "/parameters/mass", "body-member-invalid"),
        ({"parameters": {"mass": True}}, "/parameters/mass", "body-member-invalid"),
        (
            {"models": [{"code": "YT-6015", "parameters": {"rim": "16.2"}}]},
            "/models/0/parameters/rim",
            "parameter-between-steps",
        ),
    ],
)
def test_a_program_is_told_which_parameter_is_wrong(world, ask, said, pointer, slug):
    case = world.graded()
    answer = ask("PATCH", f"/applications/{case.id}", json=said | {"version": case.application.version})
    assert answer.status_code == 422
    assert answer.json["fields"][pointer]["slug"] == slug
