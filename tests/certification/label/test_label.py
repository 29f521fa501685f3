"""The artwork of the label (certification-rules 1.6) and the leave to use it."""

import re
import xml.etree.ElementTree as xml
from datetime import timedelta
from decimal import Decimal

import pytest
import segno
from sqlalchemy.exc import IntegrityError

from certification.certificate import statement
from certification.certificate.queries import certificates
from certification.label import artwork as label
from certification.label.models import LabelLicence
from certification.label.operations.labels import artwork, request_label
from core import lifecycle
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from tests import factories
from tests.certification.aftercare.later import restore
from tests.certification.certificate.test_statement import footprint, parts
from tests.certification.world import World

pytestmark = pytest.mark.engines("constraints")

FIGURE = re.compile(r"8\.45|kgCO")


def said(family: str = "low_carbon", **more) -> dict:
    product = {
        "name": "抛釉砖",
        "category_name": "建筑陶瓷砖",
        "category_name_en": "Ceramic tiles",
        "models": [1],
    }
    body = {"name": "示例认证中心", "name_en": "Sample Certification Centre", "uscc": "91000000000000027B"}
    query = {"short": "https://tan.example/v/7Q2MK4XD91TF", "address": "", "telephone": ""}
    made = {"family": family, "product": product, "body": body, "query": query, **more}
    return statement.compose(footprint(), **parts(**made))


def text_of(svg: str) -> str:
    root = xml.fromstring(svg)
    return "".join(root.itertext()) + root.get("aria-label")


@pytest.mark.parametrize("variant", label.VARIANTS)
@pytest.mark.parametrize("mono", [False, True])
def test_a_low_carbon_label_carries_body_number_and_code_and_no_figure(variant, mono):
    svg = label.draw(variant, said(), mono=mono)
    assert "示例认证中心" in text_of(svg)
    assert "LCP-32-01-2026-00087" in text_of(svg)
    assert not FIGURE.search(svg)
    assert "clipPath" in svg  # the pattern


@pytest.mark.parametrize("variant", label.VARIANTS)
def test_a_footprint_label_carries_the_figure_with_its_unit_and_declared_unit(variant):
    shown = text_of(label.draw(variant, said("footprint_label")))
    assert "8.45" in shown
    assert "kgCO2e" in shown
    assert "每 1 m²" in shown


@pytest.mark.parametrize("variant", label.VARIANTS)
def test_the_code_leads_to_the_verification_page(variant):
    svg = label.draw(variant, said())
    matrix = segno.make("https://tan.example/v/7Q2MK4XD91TF", error="m", micro=False).matrix
    assert dark_modules(svg, len(matrix)) == [[bool(module) for module in row] for row in matrix]


def dark_modules(svg: str, count: int) -> list[list[bool]]:
    """The QR code read back from its path, run by run."""
    [path] = re.findall(r'<path d="([^"]+)" fill="[^"]+" shape-rendering="crispEdges"', svg)
    runs = [tuple(map(float, run)) for run in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", path)]
    left, top, module = min(x for x, *_ in runs), min(y for _, y, *_ in runs), runs[0][3]
    grid = [[False] * count for _ in range(count)]
    for x, y, width, _height in runs:
        for step in range(round(width / module)):
            grid[round((y - top) / module)][round((x - left) / module) + step] = True
    return grid


@pytest.mark.parametrize("variant", label.VARIANTS)
@pytest.mark.parametrize(("language", "mark"), [("zh", "演示"), ("en", "DEMO")])
def test_a_demonstration_label_says_so(variant, language, mark):
    assert mark in text_of(label.draw(variant, said(), language))
    assert mark not in text_of(label.draw(variant, said(demo=False), language))


def test_the_label_says_it_is_voluntary_and_no_national_mark():
    assert "自愿性认证，非国家统一标志" in text_of(label.draw("full", said()))
    assert "not a national mark" in text_of(label.draw("full", said(), "en"))


def test_the_water_stands_at_footprint_over_limit_only_where_the_figure_is_shown():
    def level(family, limit):
        return label._facts(said(family, decision={"limit": limit}), "zh", mono=False).level

    assert level("footprint_label", Decimal("16.90")) == 0.5
    assert level("footprint_label", None) == level("low_carbon", Decimal("16.90")) == label.LEVEL


@pytest.mark.parametrize("variant", label.VARIANTS)
def test_names_cannot_break_the_picture(variant):
    body = {"name": 'A<b> & "Co"', "name_en": "", "uscc": "91000000000000027B"}
    assert 'A<b> & "Co"' in text_of(label.draw(variant, said(body=body)))


# Leave to use it


@pytest.fixture
def officer(world):
    world.people["label_officer"] = factories.user(world.body, "label_officer")
    return world.actor("label_officer")


@pytest.fixture
def issued(world):
    case = world.case("certified")
    return certificates.certificate(certificates.number_of(case.id))


def licensed(world, issued, officer):
    licence = request_label(issued, world.actor("applicant"), "外包装")
    lifecycle.take(licence, "license", officer)
    return licence


def test_artwork_is_given_once_the_body_has_licensed_it(world, issued, officer):
    with pytest.raises(Unmet, match="label-not-licensed"):
        artwork(issued, "full")
    request_label(issued, world.actor("applicant"), "外包装")
    with pytest.raises(Unmet, match="label-not-licensed"):
        artwork(issued, "full")
    lifecycle.take(issued.licence, "license", officer)
    assert issued.number in artwork(issued, "full")


def test_artwork_is_given_only_while_the_certificate_is_valid(world, issued, officer):
    licensed(world, issued, officer)
    decider = world.actor("decision_maker")
    until = today() + timedelta(days=30)
    lifecycle.take(issued, "suspend", decider, cause="misuse", reason="用于其他产品", until=until)
    with pytest.raises(Unmet, match="certificate-not-valid"):
        artwork(issued, "full")
    restore(world, issued, reason="已整改")
    assert artwork(issued, "full")
    lifecycle.take(issued, "cancel", decider, cause="production_ended", reason="停产")
    with pytest.raises(Unmet, match="certificate-not-valid"):
        artwork(issued, "full")


def test_artwork_says_what_was_signed_or_is_not_given(world, issued, officer):
    licensed(world, issued, officer)
    issued.product_name = "别的产品"
    with pytest.raises(Unmet, match="certificate-differs"):
        artwork(issued, "full")


def test_there_is_no_other_artwork(world, issued, officer):
    licensed(world, issued, officer)
    with pytest.raises(NotFound, match="label-variant-unknown"):
        artwork(issued, "banner")


def test_only_the_holder_may_ask(world, issued, officer):
    stranger = factories.actor("manufacturer", "applicant")
    for actor in (stranger, officer, world.actor("decision_maker")):
        with pytest.raises(NotPermitted):
            request_label(issued, actor, "外包装")


def test_the_holder_says_what_for(world, issued):
    with pytest.raises(Invalid, match="uses-missing"):
        request_label(issued, world.actor("applicant"), "  ")


def test_one_request_is_open_at_a_time_and_after_a_refusal_another_may_follow(world, issued, officer):
    holder = world.actor("applicant")
    first = request_label(issued, holder, "外包装")
    with pytest.raises(Unmet, match="label-already-requested"):
        request_label(issued, holder, "网店")
    lifecycle.take(first, "refuse", officer, reason="用途写得不清楚")
    second = request_label(issued, holder, "外包装的正面")
    assert issued.licence is second
    lifecycle.take(second, "license", officer)
    with pytest.raises(Unmet, match="label-already-licensed"):
        request_label(issued, holder, "网店")


def test_the_database_keeps_one_open_request(db, world, issued):
    request_label(issued, world.actor("applicant"), "外包装")
    db.session.add(
        LabelLicence(certificate_id=issued.id, kind="low_carbon", uses="网店", requested_by="某人")
    )
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_label_is_not_asked_for_while_the_certificate_is_not_valid(world, issued):
    lifecycle.take(issued, "withdraw", world.actor("decision_maker"), cause="fraud", reason="数据造假")
    with pytest.raises(Unmet, match="certificate-not-valid"):
        request_label(issued, world.actor("applicant"), "外包装")


def test_the_kind_of_the_label_is_the_family_of_the_certificate(db):
    world = World(family="footprint_label", limit_value=None, limit_demo=False)
    case = world.case("certified")
    issued = certificates.certificate(certificates.number_of(case.id))
    assert request_label(issued, world.actor("applicant"), "网店").kind == "footprint_label"
