"""What was measured of each model is told of it, where models differ: certificate, public page and filter."""

import json

import pytest
from sqlalchemy import select

from certification.certificate.facts import certificate_facts, looked_for
from certification.certificate.models import Certificate
from certification.certificate.statement import stated
from certification.workflow import criteria
from core.db import db as tables
from tests.certification.graded import MODELS, GradedWorld
from tests.certification.world import reload

SHOWN = ("/criteria/1/shown", ["certificate", "public", "filter"])  # the rolling resistance
CAR = {"vehicle": "car", "rim": "16"}


@pytest.fixture
def world(db):
    return GradedWorld(SHOWN)


def certified(world, *, values, models=MODELS):
    """A case of which each model was measured with its own value."""
    case = world.graded("evaluating", models=models)
    case.review_documents()
    for code, value in values.items():
        case.tests = {"rolling": value}
        case.test(model=code)
    case.visit()
    case.finish()
    return reload(case.to("certified"))


def told(case, code):
    return {fact.slug: fact.text for fact in certificate_facts(case).models[code] if fact.slug == "rolling"}


def test_each_model_is_told_with_its_own_figure_and_the_product_with_the_worst(world):
    case = certified(world, values={"YT-6015": "7.2", "YT-6016": "8.9"})
    assert told(case, "YT-6015") == {"rolling": "7.2"}
    assert told(case, "YT-6016") == {"rolling": "8.9"}
    product = {fact.slug: fact.text for fact in certificate_facts(case).product}
    assert product["rolling"] == "8.9"


def test_the_statement_the_page_and_the_filter_have_the_figure_of_each(world, client):
    case = certified(world, values={"YT-6015": "7.2", "YT-6016": "8.9"})
    tables.session.commit()
    [certificate] = tables.session.scalars(select(Certificate)).all()
    said = stated(json.loads(certificate.statement))
    models = {each["code"]: {fact["slug"]: fact["text"] for fact in each["facts"]} for each in said["models"]}
    assert (models["YT-6015"]["rolling"], models["YT-6016"]["rolling"]) == ("7.2", "8.9")
    found = [text for slug, text, _number in looked_for(case) if slug == "rolling"]
    assert sorted(found) == ["7.2", "8.9"]
    page = client.get(f"/verify/{certificate.number}").text
    assert "7.2" in page
    assert "8.9" in page


def test_models_of_one_class_that_were_measured_apart_are_told_apart(world):
    models = {"A-1": CAR, "A-2": CAR}
    case = certified(world, values={"A-1": "7.2", "A-2": "8.9"}, models=models)
    assert (told(case, "A-1"), told(case, "A-2")) == ({"rolling": "7.2"}, {"rolling": "8.9"})


def test_one_figure_for_all_is_told_once(world):
    case = certified(world, values={"YT-6015": "8.9"})
    assert told(case, "YT-6015") == {}
    assert "models" not in criteria.kept(criteria.verdict(case))[1]


def test_a_decision_of_before_that_kept_the_worst_alone_is_read(world):
    case = certified(world, values={"YT-6015": "7.2", "YT-6016": "8.9"})
    lines = case.decision.criteria
    kept = [{name: said for name, said in each.items() if name != "models"} for each in lines]
    assert {each["criterion"] for each in kept} == {"carbon", "rolling", "recycled"}
    case.decision.__dict__["criteria"] = kept
    assert told(case, "YT-6015") == {}
