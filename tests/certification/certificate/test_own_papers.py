"""A body's own papers: what a paper says stays, whatever is worded later, and numbers follow its pattern."""

import json
from io import BytesIO

import pytest

from certification.acts import papers
from certification.acts.models import WrittenAct
from certification.acts.statement import KINDS
from certification.certificate import document, statement
from certification.certificate.operations import numbers
from certification.certificate.queries import certificates
from core import jobs, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid
from registers.adoption import numbering, operations, own, queries
from registers.adoption import papers as adopting
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.registers.adopting import begun, hands, in_force
from tests.support.pictures import png

PATTERN = "TB-{region}-{body}-{year}-{serial:6}"
DECLINED = (
    "{{ recipient.name }}：经审查，案卷 {{ case.number }} 不予受理。"
    "{% for each in reasons %}\n- {{ each.text }}{% endfor %}"
)


def refusal(world) -> WrittenAct:
    case = world.case("submitted")
    case.take("decline", "application_reviewer", reason="不在认证范围之内。", not_for_consulting=True)
    return db.session.query(WrittenAct).filter_by(application_id=case.id).one()


def test_every_act_may_be_worded_and_the_series_of_the_house_are_reserved():
    assert set(adopting.ACTS) == {kind.slug for kind in KINDS.values()}
    assert set(numbering.RESERVED) == set(numbers.SERIES.values())


# rule 35
def test_an_act_says_what_the_body_worded_and_goes_on_saying_it(world):
    in_force(
        world, {"non_acceptance": DECLINED}, logo=(BytesIO(png()), "a.png"), seal=(BytesIO(png()), "b.png")
    )
    act = refusal(world)
    said = json.loads(act.statement)
    assert [block["text"] for block in said["body"]["own"]["wording"]] == [
        f"宜兴云陶新材有限公司：经审查，案卷 {said['case']['number']} 不予受理。", "不在认证范围之内。"
    ]  # fmt: skip
    page = papers.html(said, act.digest, act.signature)
    assert "经审查，案卷" in page
    assert "经评审不符合受理条件" not in page
    assert page.count("data:image/png;base64") == 2
    assert "不服本决定的救济途径" in page  # what the law asks for stays
    author, approver, _another = hands(world)
    made = begun(world, author)
    operations.word_paper(made, author, "non_acceptance", "另一种说法。")
    lifecycle.take(made, "propose", author)
    lifecycle.take(made, "approve", approver)
    assert papers.html(json.loads(act.statement), act.digest, act.signature) == page
    assert "另一种说法" in papers.html(json.loads(refusal(world).statement), "", "")


def test_without_words_of_its_own_a_body_has_the_papers_of_the_house(world):
    act = refusal(world)
    assert "own" not in json.loads(act.statement)["body"]
    assert "经评审不符合受理条件" in papers.html(json.loads(act.statement), act.digest, act.signature)


def test_what_the_client_typed_is_text_in_a_wording(world):
    in_force(world, {"non_acceptance": "{% for each in reasons %}{{ each.text }}{% endfor %}"})
    case = world.case("submitted")
    case.take("decline", "application_reviewer", reason="{{ 7 * 7 }}<img src='file:///etc/passwd'>")
    act = db.session.query(WrittenAct).filter_by(application_id=case.id).one()
    page = papers.html(json.loads(act.statement), act.digest, act.signature)
    assert "{{ 7 * 7 }}&lt;img" in page
    assert "<img src='file" not in page


def test_a_certificate_is_numbered_and_worded_by_the_adoption_of_its_day(world):
    in_force(world, {"certificate": "本证书由{{ body.name }}颁发，共 {{ product.models|count }} 个型号。"},
             pattern=PATTERN, logo=(BytesIO(png()), "a.png"))  # fmt: skip
    issued = certificate_of(world.case("certified"))
    assert issued.number == f"TB-32-{world.body.id:02d}-{today().year}-000001"
    said = json.loads(issued.statement)
    assert said["body"]["own"]["wording"] == [
        {"kind": "text", "text": "本证书由示例认证中心颁发，共 2 个型号。"}
    ]
    assert statement.digest(said) == issued.digest
    page = document.html(said, issued.digest, issued.signature)
    assert "本证书由示例认证中心颁发，共 2 个型号。" in page
    assert 'alt="示例认证中心标志"' in page
    assert certificates.look_up(issued.number.lower()) == issued
    assert certificates.look_up(issued.code) == issued
    in_force(world, {"certificate": ""}, pattern="TX-{body}-{year}-{serial:5}")
    assert (issued.number, json.loads(issued.statement)) == (said["number"], said)


def test_a_pattern_that_comes_back_goes_on_and_passes_over_what_is_given(world):
    take = lambda: numbers.take_number(world.body.id, "low_carbon", 2026, PATTERN)  # noqa: E731
    first = take()
    assert numbers.take_number(world.body.id, "low_carbon", 2026).startswith("LCP-32-")
    second = take()
    assert [number[-2:] for number in (first, second)] == ["01", "02"]
    issued = certificate_of(world.case("certified"))
    issued.number = numbering.filled(PATTERN, "32", world.body.id, 2026, 3)
    db.session.flush()
    assert take().endswith("000004")


def test_a_wording_that_comes_out_too_long_is_refused_before_anything_is_signed(world):
    in_force(world, {"refusal": "{% for each in reasons %}{{ each.text }}{% endfor %}"})
    told = {"reasons": [{"on": "x", "text": "字" * 4000}] * 20}
    with pytest.raises(Invalid, match="wording-drawn-too-long"):
        own.of_paper(world.body.id, world.scheme.code, "refusal", told)


def test_a_preview_is_drawn_by_the_worker_and_holds_for_the_text_it_was_drawn_of(world):
    author, _approver, _another = hands(world)
    made = begun(world, author)
    operations.word_paper(made, author, "agreement", "# 协议\n{{ client.name }}与{{ body.name }}。")
    operations.ask_preview(made, author, "agreement")
    db.session.commit()
    assert queries.preview(made, "agreement") == ""
    jobs.run_due()
    db.session.expire_all()
    assert queries.preview(made, "agreement")
    operations.word_paper(made, author, "agreement", "另一种说法。")
    assert queries.preview(made, "agreement") == ""


def test_what_both_sides_sign_is_the_agreement_as_it_was_offered(world, app, sign_in):
    in_force(
        world,
        {"agreement": "# 认证协议\n{{ client.name }}与{{ body.name }}就{{ case.product }}约定：演示条款。"},
    )
    case = world.case("accepted")
    case.take("offer", "case_officer")
    in_force(world, {"agreement": "另一种说法。"})
    db.session.expire_all()
    case = case.application
    kept = json.loads(case.agreement.statement)
    assert kept["own"]["wording"][1]["text"].endswith("约定：演示条款。")
    address = f"/certification/applications/{case.id}"
    client = sign_in(app.test_client(), world.people["applicant"])
    page = client.get(f"{address}/agreement").text
    assert "约定：演示条款。" in page
    assert "另一种说法" not in page
    assert client.get(f"{address}/agreement.pdf").status_code == 404
    lifecycle.take(case, "sign", world.actor("applicant"), agreed=True)
    db.session.commit()
    jobs.run_due()
    db.session.expire_all()
    assert client.get(f"{address}/agreement.pdf", buffered=True).data.startswith(b"%PDF")
    stranger = factories.user(factories.organisation("manufacturer"), "applicant")
    assert sign_in(app.test_client(), stranger).get(f"{address}/agreement.pdf").status_code == 404


def test_the_terms_of_the_house_hold_where_a_body_has_none(world):
    case = world.case("accepted")
    case.take("offer", "case_officer")
    assert case.application.agreement is None
