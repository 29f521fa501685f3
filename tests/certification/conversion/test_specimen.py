"""How a draft of a rule looks before it is published: boxes, certificate and label of a fictive product."""

import pytest
from sqlalchemy import func, select

from accounts.models import User
from certification.certificate.models import Certificate
from certification.certificate.statement import CHECKED, check_character
from certification.conversion import specimen
from core.db import db
from schemes.document import read
from schemes.operations import SHIPPED, given
from tests import factories
from tests.certification.conversion.publishing import Writers
from tests.schemes.drafting import draft as drafted
from tests.schemes.examples import tyre

SHOWN = ("/parameters/3/shown", ["certificate", "label"])  # the mass


@pytest.fixture
def writers(db):
    return Writers()


@pytest.fixture
def draft(writers):
    made = drafted(writers.author, "lc-tyre")
    made.document = tyre(("/identity/code", "lc-tyre"), SHOWN)
    db.session.commit()
    return made


@pytest.fixture
def page(client, sign_in, draft, writers):
    """page(query): what the author reads."""
    browser = sign_in(client, db.session.get(User, writers.author.id))
    return lambda query="": browser.get(f"/rules/drafts/{draft.id}/specimen{query}")


def test_every_parameter_is_a_box_with_its_help_and_a_value_that_the_rule_takes(page):
    text = page().text
    for name in (
        "model-vehicle",
        "model-rim",
        "product-size",
        "product-mass",
        "product-snow",
        "product-since",
    ):
        assert f'name="{name}"' in text
    assert 'value="205/55 R16"' in text
    assert "10 到 25。" in text
    assert "错误：" not in text.partition("<main")[2]


def test_certificate_and_label_show_what_the_rule_shows_there(page):
    text = page("?tried=1&product-mass=9.5&model-vehicle=truck&model-rim=22.5&product-share=12").text
    certificate, _, label = text.partition('id="certificate"')[2].partition("<figure")
    for said in ("样张，不是证书", "样张不编号", "一级", "单条质量", "9.5", "轮胎类别 载重"):
        assert said in certificate
    assert "轮辋名义直径" not in certificate.partition("附件 2")[2]  # not shown anywhere
    assert "单条质量 9.5 kg" in label
    assert "演示" in label


def test_the_limits_are_those_of_the_class_that_is_typed(page):
    car = page("?tried=1&model-vehicle=car&model-rim=16").text.partition('id="limits"')[2]
    truck = page("?tried=1&model-vehicle=truck&model-rim=22.5").text.partition('id="limits"')[2]
    assert "2.18" in car
    assert "2.5" in truck
    assert "2.18" not in truck
    none = page("?tried=1&model-vehicle=car").text
    assert "不在任何一档" in none


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("model-rim=9", "10"),
        ("model-rim=16.3", "0.5"),
        ("model-rim=wide", "应填写数字"),
        ("model-vehicle=boat", "没有这个选项"),
        ("product-size=big", "205/55 R16"),
        ("product-since=2031-01-01", "不能晚于今天"),
    ],
)
def test_a_value_that_the_rule_refuses_is_refused_at_its_box_as_an_applicant_would_be(page, query, said):
    answer = page(f"?tried=1&{query}")
    assert answer.status_code == 200
    name = query.partition("=")[0]
    box = answer.text.partition(f'id="{name}-e"')[2][:400]
    assert "错误：" in box
    assert said in box


def test_a_draft_with_faults_shows_what_is_sound_and_says_how_much_is_not(page, draft, writers):
    hole = [tyre()["criteria"][0]["rows"][0]]
    draft.document = tyre(SHOWN, ("/criteria/0/rows", hole), ("/parameters/-", {"slug": "half"}))
    db.session.commit()
    text = page().text
    assert "有 2 项还有错误" in text
    assert "滚动阻力" in text
    assert "单位质量碳足迹" not in text.partition('id="limits"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"criteria": "all"},
        tyre(("/identity/names", ...)),
        tyre(("/identity", [])),
        {"parameters": [1, None]},
    ],
)
def test_what_no_rule_can_do_without_is_asked_for_first(page, draft, document):
    draft.document = document
    db.session.commit()
    answer = page()
    assert answer.status_code == 200
    assert "还不能出样张" in answer.text


def test_nothing_is_kept_numbered_or_signed(page, writers):
    before = db.session.scalar(select(func.count()).select_from(Certificate))
    page()
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == before
    said = specimen.made(read(tyre()), {}, {}).said
    assert said["number"] == "SPECIMEN"
    assert not any(sign.isdigit() for sign in said["number"])  # every number given has a year and a serial
    assert "I" in said["code"]  # which no code has
    assert said["check"] == check_character("SPECIMEN") in CHECKED
    assert said["demo"] is True


def test_what_somebody_wrote_is_text_in_the_drawing(page, draft):
    draft.document = tyre(SHOWN, ("/parameters/3/names/zh", "<script>甲</script>"))
    db.session.commit()
    assert "<script>甲" not in page().text


def test_only_who_writes_or_approves_rules_sees_it(client, sign_in, draft, world):
    browser = sign_in(client, factories.user(world.maker, "applicant"))
    assert browser.get(f"/rules/drafts/{draft.id}/specimen").status_code == 404


def test_every_shipped_rule_has_a_specimen(app):
    for _name, said in given(SHIPPED):
        rules = read(said)
        said = [specimen.samples(rules, per) for per in ("product", "model")]
        made = specimen.made(rules, *said)
        assert all(row.limits for row in made.limits), rules.identity.code
        assert made.label.startswith("<svg")
