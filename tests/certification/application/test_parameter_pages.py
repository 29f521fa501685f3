"""The form of a product follows from its rule, and pages and versions show what was stated."""

import jsonschema
import pytest

from certification.application.operations.applications import answer_point
from schemes import document
from schemes.asking import application_schema
from tests.certification.graded import MODELS, PRODUCT, GradedWorld
from tests.certification.world import World, reload
from tests.schemes.examples import tyre


@pytest.fixture
def world(db):
    return GradedWorld()


@pytest.fixture
def maker(browser):
    return browser("applicant")


def address(case, page: str = "/product") -> str:
    return f"/certification/applications/{case.id}{page}"


def form(case, **changes) -> dict:
    """The page as it is sent, every box of it."""
    application = case.application
    shown = {"version": application.version, "action": "next", "product_name": application.product_name}
    shown |= {f"parameters-{slug}": text for slug, text in application.parameters.items()}
    for number, model in enumerate(application.models):
        shown |= {f"models-{number}-code": model.code, f"models-{number}-specification": model.specification}
        shown |= {f"models-{number}-parameters-{slug}": text for slug, text in model.parameters.items()}
    return shown | changes


def test_the_form_asks_what_the_rule_asks_in_both_languages(world, maker):
    case = world.graded()
    page = maker.get(address(case)).text
    for name in ("轮胎类别", "轮辋名义直径（in）", "单条质量（kg）", "雪地性能", "投产日期"):
        assert name in page
    assert 'name="parameters-mass"' in page
    assert 'name="models-1-parameters-rim"' in page
    assert 'value="205/55 R16"' in page
    assert "10 到 25。每档 0.5。" in page
    assert "轿车时必填。" in page
    english = maker.get(address(case) + "?lang=en").text
    assert "Rim diameter (in)" in english
    assert "10 to 25. In steps of 0.5." in english


def test_what_is_typed_on_the_page_is_kept_in_one_spelling(world, maker):
    case = world.graded()
    sent = form(
        case, **{"parameters-mass": " 9.50 ", "parameters-since": "2021年3月1日", "parameters-snow": ""}
    )
    answer = maker.post(address(case), data=sent | {"models-0-parameters-rim": "17.0"})
    assert answer.status_code == 302
    now = reload(case)
    assert now.parameters == {"size": "205/55 R16", "mass": "9.5", "share": "10", "since": "2021-03-01"}
    assert now.models[0].parameters == {"vehicle": "car", "rim": "17"}


def test_a_fault_stands_at_its_box_and_nothing_is_lost(world, maker):
    case = world.graded()
    sent = form(case, **{"parameters-mass": "1", "models-1-parameters-rim": "20.2"})
    answer = maker.post(address(case), data=sent)
    assert answer.status_code == 422
    assert "不能小于 3 kg" in answer.text
    assert "从 10 起，每档 0.5 in" in answer.text
    assert 'id="parameters-mass-e"' in answer.text
    assert 'id="models-1-parameters-rim-e"' in answer.text
    assert 'value="20.2"' in answer.text
    assert reload(case).parameters == PRODUCT


def test_a_line_more_asks_its_parameters_without_any_script(world, maker):
    case = world.graded()
    page = maker.post(address(case), data=form(case, add="model")).text
    assert 'name="models-2-parameters-vehicle"' in page


def correcting(world, *anchors):
    case = world.graded("submitted")
    points = [{"anchor": anchor, "text": "请改"} for anchor in anchors]
    case.take("correct", "application_reviewer", points=points)
    return case


def test_a_point_on_one_parameter_opens_its_box_alone(world, maker):
    case = correcting(world, "models.rim", "parameters.mass")
    page = maker.get(address(case)).text
    assert "补正意见：各型号的轮辋名义直径" in page
    assert "补正意见：单条质量" in page
    sent = form(case, **{"parameters-mass": "9", "parameters-share": "99", "models-0-parameters-rim": "17"})
    answer = maker.post(address(case), data=sent | {"models-0-parameters-vehicle": "truck"})
    assert answer.status_code == 302
    now = reload(case)
    assert now.parameters == PRODUCT | {"mass": "9"}
    assert now.models[0].parameters == {"vehicle": "car", "rim": "17"}


def test_two_who_save_at_once_see_both_values_of_a_parameter(world, maker):
    case = world.graded()
    maker.get(address(case))
    late = form(case, **{"parameters-mass": "9"}) | {"base": "{}"}
    maker.post(address(case), data=form(case, **{"parameters-mass": "10"}))
    page = maker.post(address(case), data=late)
    assert page.status_code == 409
    assert "单条质量" in page.text
    assert reload(case).parameters["mass"] == "10"


def test_answers_versions_and_their_difference_say_parameters_in_words(world, browser, maker):
    case = correcting(world, "parameters.mass", "models.vehicle")
    maker.post(
        address(case), data=form(case, **{"parameters-mass": "9", "models-1-parameters-vehicle": "car"})
    )
    answers, version = (maker.get(address(case, page)).text for page in ("/answers", "/versions/1"))
    for page in (answers, version):
        assert "雪地性能" in page
        assert "轮胎类别 轿车" in page
    assert "轮胎类别 载重" in version
    for point in case.application.open_points:
        answer_point(point, case.application, world.actor("applicant"), "已改")
    case.take("resubmit", "applicant")
    shown = browser("application_reviewer").get(address(case, "/versions/difference?old=1&new=2")).text
    assert "单条质量" in shown
    assert "载重" in shown


def test_a_rule_without_parameters_asks_as_it_did(db, app, sign_in):
    world = World.begun()
    case = world.case("draft")
    page = sign_in(app.test_client(), world.people["applicant"]).get(address(case)).text
    assert "parameters-title" not in page


# The schema of an application


COMPLETE = {
    "parameters": PRODUCT,
    "models": [{"code": code, "parameters": said} for code, said in MODELS.items()],
}


def test_the_schema_takes_what_is_complete_and_names_what_is_not():
    schema = application_schema(document.read(tyre()))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    assert list(check.iter_errors(COMPLETE)) == []
    for wrong in (
        COMPLETE | {"parameters": {}},
        COMPLETE | {"parameters": PRODUCT | {"colour": "red"}},
        COMPLETE | {"parameters": PRODUCT | {"size": "205-55 R16"}},
        COMPLETE | {"models": []},
        COMPLETE | {"models": [{"code": "A", "parameters": {"vehicle": "tank", "rim": "16"}}]},
        COMPLETE | {"models": [{"code": "A", "parameters": {"vehicle": "car", "rim": 9}}]},
    ):
        assert list(check.iter_errors(wrong))


def test_the_schema_of_every_version_is_served(world, client):
    answer = client.get(
        f"/api/v1/schemes/{world.scheme.code}/versions/{world.scheme.version}/application-schema"
    )
    assert answer.json["properties"]["parameters"]["properties"]["mass"]["x-unit"] == "kg"
    assert answer.json["title"] == "lc-tyre 2027"
    assert client.get("/api/v1/schemes/lc-tyre/versions/none/application-schema").status_code == 404


# What the criteria come to


def test_who_decides_sees_each_criterion_its_class_its_limits_and_the_grade(world, browser):
    case = world.graded("pending_decision", value="2.60")
    page = browser("decision_maker").get(f"/certification/reviews/{case.id}/decide").text
    assert "准则与判定" in page
    assert "最不利的型号：YT-6015" in page
    assert "轿车，轮辋名义直径 10 至小于 17" in page
    assert "≤ 2.74" in page
    assert page.count("达到") >= 3
    assert "二级" in page


def test_the_laboratory_reads_the_limit_of_the_class_that_was_drawn(world, browser):
    rows = [
        {"when": [{"parameter": "vehicle", "one_of": [one]}], "limit": limit}
        for one, limit in (("car", "9.0"), ("truck", "6.0"))
    ]
    world.rule(("/criteria/1/by", ["vehicle"]), ("/criteria/1/rows", rows))
    case = world.graded("evaluating")
    case.review_documents()
    sample = case.deliver(model="YT-6016")
    page = browser("tester").get(f"/certification/laboratory/samples/{sample.id}").text
    assert "≤ 6" in page
    assert "载重" in page
    assert "轿车" not in page


def test_what_is_asked_under_a_condition_says_so_to_the_script_and_stands_without_it(world, maker):
    page = maker.get(address(world.graded())).text
    assert page.count("data-when=") == 1
    assert "&#34;slug&#34;: &#34;vehicle&#34;" in page
