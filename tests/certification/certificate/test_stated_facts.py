"""What a rule shows of a product stands on certificate and label, on public pages and in the catalogue."""

import json

import pytest

from catalog import queries
from catalog.search import Criteria
from certification.certificate import document, statement
from certification.certificate.models import Certificate
from certification.label import artwork
from tests.certification.graded import GradedWorld
from tests.support.markup import faults

EVERYWHERE = ["certificate", "label", "public", "filter"]
SHOWN = (
    ("/parameters/5/shown", EVERYWHERE),  # the share of recycled material, of the product
    ("/parameters/1/shown", ["certificate", "filter"]),  # the diameter, of each model
    ("/criteria/0/shown", ["public"]),  # the footprint as it was held to its class
    ("/criteria/1/shown", EVERYWHERE),  # what was measured: the rolling resistance
)


@pytest.fixture
def certificate(db):
    case = GradedWorld(*SHOWN).graded("certified")
    found = db.session.query(Certificate).filter_by(application_id=case.application.id).one()
    db.session.commit()
    return found


@pytest.fixture
def said(certificate):
    return json.loads(certificate.statement)


def test_the_statement_says_the_grade_and_what_the_rule_shows_and_nothing_else(said):
    assert said["format"] == "tanbiao/certificate/7"
    assert said["stated"]["grade"] == {"slug": "one", "name": "一级", "name_en": "Grade 1"}
    assert [(fact["slug"], fact["value"], fact["unit"]) for fact in said["stated"]["product"]] == [
        ("share", "10", "%"),
        ("carbon", "2.10", "kgCO2e/kg"),
        ("rolling", "8.9", "N/kN"),
    ]
    assert said["stated"]["product"][0]["shown"] == EVERYWHERE
    models = {model["code"]: model["facts"] for model in said["stated"]["models"]}
    assert [(fact["name"], fact["text"], fact["text_en"]) for fact in models["YT-6015"]] == [
        ("轮胎类别", "轿车", "Car"),
        ("轮辋名义直径", "16", "16"),
    ]


def test_what_is_stated_is_signed(said, certificate):
    assert statement.digest(said) == certificate.digest
    said["stated"]["grade"]["slug"] = "two"
    assert statement.digest(said) != certificate.digest


def test_a_statement_of_before_is_read_as_it_stands(said, certificate):
    del said["stated"]
    before = json.dumps(said)
    assert statement.stated(said) == {"grade": {}, "product": [], "models": []}
    drawn = document.html(said, "a" * 64, "b" * 86)
    assert "等级：" not in drawn
    assert "产品参数" not in drawn
    assert json.dumps(said) == before


def test_the_paper_says_the_grade_and_what_a_certificate_shows(said):
    drawn = document.html(said, "a" * 64, "b" * 86)
    assert "等级：<b>一级</b>" in drawn
    assert "产品参数与覆盖型号" in drawn
    assert "轮辋名义直径 16 in" in drawn
    assert "再生占比" in drawn
    assert "单条质量" not in drawn
    assert document.pdf(drawn).startswith(b"%PDF-")


def test_the_label_says_the_grade_and_what_the_rule_wants_there(app, said):
    with app.test_request_context():
        chinese, english = (artwork.draw("full", said, language) for language in ("zh", "en"))
    assert "低碳产品认证 一级" in chinese
    assert "再生占比 10 %" in chinese
    assert "滚动阻力 8.9 N/kN" in chinese
    assert "Low-carbon certified Grade 1" in english
    assert "轮辋" not in chinese


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_reads_it_where_a_certificate_is_verified_and_shown(client, certificate, language):
    grade, share = {"zh": ("一级", "再生占比"), "en": ("Grade 1", "Recycled")}[language]
    verified = client.get(f"/verify/{certificate.number}?lang={language}")
    page = client.get(f"/certificates/{certificate.number}?lang={language}")
    for answer in (verified, page):
        assert answer.status_code == 200
        assert faults(answer.text) == []
        assert grade in answer.text
        assert share in answer.text
    assert "16 in" in page.text
    assert "16 in" not in verified.text  # shown on the certificate, not on the public page


def test_the_catalogue_shows_it_and_finds_by_it(client, certificate):
    found = queries.products(Criteria(parameters={"vehicle": ("truck",)})).page.items
    assert [entry.number for entry in found] == [certificate.number]
    assert queries.differs(found[0]) == []
    page = client.get(f"/catalog/products/{found[0].id}?lang=zh").text
    assert faults(page) == []
    assert "一级" in page
    assert "再生占比" in page
    listed = client.get("/catalog/?category=tyre&p.rim.from=20&p.share.to=10&lang=zh").text
    assert "1 个产品" in " ".join(listed.split())
    assert "一级" in listed


@pytest.mark.parametrize(
    ("asked", "found"), [("p.rolling.to=8.9", 1), ("p.rolling.to=8.8", 0), ("p.rolling.from=9", 0)]
)
def test_the_catalogue_finds_by_what_was_measured(client, certificate, asked, found):
    listed = " ".join(client.get(f"/catalog/?category=tyre&{asked}&lang=zh").text.split())
    assert f"{found} 个产品" in listed
    assert 'name="p.rolling.from"' in listed
    assert "p.carbon" not in listed  # shown on public pages, not as a filter
    slug, _dot, end = asked.removeprefix("p.").partition(".")
    low, _equals, high = end.partition("=")
    said = f"{slug}={high}.." if low == "from" else f"{slug}=..{high}"
    answer = client.get("/api/v1/products", query_string={"parameter": said})
    assert answer.json["total"] == found


def test_an_entry_that_says_another_grade_than_was_signed_is_named(db, certificate):
    (entry,) = queries.products(Criteria()).page.items
    entry.grade = "two"
    assert queries.differs(entry) == ["grade"]
    entry.grade, entry.facts[0].value = "one", "ship"
    assert queries.differs(entry) == ["parameters"]


def test_the_api_describes_what_is_stated(client, certificate):
    answer = client.get(f"/api/v1/certificates/{certificate.number}")
    assert answer.json["statement"]["stated"]["grade"]["slug"] == "one"
