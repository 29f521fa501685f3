"""The public pages of a certificate, as anybody with a product in hand meets them."""

import hashlib
import json
from datetime import timedelta

import pytest
import rfc8785
from joserfc import jws
from joserfc.jwk import KeySet

from certification.certificate.models import Certificate
from certification.certificate.queries import certificates
from core import clock, lifecycle
from core.clock import today
from core.db import db as tables
from core.words import sentence
from tests import factories
from tests.certification.world import World


@pytest.fixture
def issued(world):
    return certificates.certificate(certificates.number_of(world.case("certified").id))


def act(world, issued, step: str, cause: str, **facts) -> None:
    decider = world.actor("decision_maker")
    lifecycle.take(issued, step, decider, cause=cause, reason="监督抽样超过限值", **facts)


def suspend(world, issued) -> None:
    act(world, issued, "suspend", "surveillance_finding", until=today() + timedelta(days=60))


# Finding it


def test_a_certificate_is_found_by_number_and_by_code(client, issued):
    for address in (f"/verify/{issued.number}", f"/verify/{issued.code}", f"/v/{issued.code}"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert issued.number in answer.text
        assert "证书有效" in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        lambda it: it.number.lower(),
        lambda it: it.number.replace("-", ""),
        lambda it: it.number.replace("-", " "),
        lambda it: it.number.replace("-", "－"),
        lambda it: it.number.replace("0", "O").replace("1", "I"),
        lambda it: f" {it.number} ({certificates.statement.check_character(it.number)})",
        lambda it: certificates.statement.grouped(it.code),
        lambda it: it.code.lower(),
        lambda it: it.code.replace("0", "O").replace("1", "l"),
        lambda it: f"https://tan.example/v/{it.code}",
        lambda it: f"https://tan.example/verify/{it.number}/",
    ],
)
def test_however_it_was_typed(client, issued, typed):
    answer = client.get("/verify", query_string={"q": typed(issued)})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/verify/{issued.number}")


def test_a_code_that_happens_to_hold_a_misread_letter_is_found_by_its_digits(db, client, issued):
    tables.session.get(Certificate, issued.id).code = "010101010101"
    assert client.get("/v/OIOL-oiol-0101").status_code == 200


@pytest.mark.parametrize(
    "typed", ["LCP-32-01-2026-99999", "7Q2M-K4XD-91TF", "云陶", "' OR 1=1 --", "a" * 200]
)
def test_what_is_not_there_is_said_so_and_what_to_do(client, issued, typed):
    for answer in (client.get(f"/verify/{typed}"), client.get("/verify", query_string={"q": typed})):
        assert answer.status_code == 404
        assert "没有查到" in answer.text
        assert "先检查输入" in answer.text
        assert 'name="q"' in answer.text


def test_a_miscopied_number_is_told_by_its_check_character(client, issued):
    right = certificates.statement.check_character(issued.number)
    wrong = "A" if right != "A" else "B"
    assert client.get(f"/verify/{issued.number}-{right}").status_code == 200
    answer = client.get(f"/verify/{issued.number}-{wrong}")
    assert answer.status_code == 404
    assert sentence("certificate-number-mistyped") in answer.text


def test_the_empty_form_is_a_page(client, db):
    answer = client.get("/verify")
    assert answer.status_code == 200
    assert "核验证书" in answer.text


# What it is worth


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        (suspend, "证书已暂停", "暂停期间视为无效"),
        (lambda w, it: act(w, it, "withdraw", "fraud"), "证书已撤销", "弄虚作假"),
        (lambda w, it: act(w, it, "cancel", "production_ended"), "证书已注销", "不再生产该产品"),
    ],
)
def test_each_state_has_its_own_words_and_reason(client, world, issued, change, heading, words):
    change(world, issued)
    page = client.get(f"/verify/{issued.number}").text
    assert f"<h1>{heading}</h1>" in page
    assert words in page
    assert "监督抽样超过限值" in page
    assert "证书有效</h1>" not in page


def test_an_expired_certificate_says_so_without_any_act(client, issued):
    with clock.travel(issued.valid_to + timedelta(days=1)):
        assert "<h1>证书已过期</h1>" in client.get(f"/verify/{issued.number}").text
    with clock.travel(issued.valid_to):
        assert "<h1>证书有效</h1>" in client.get(f"/verify/{issued.number}").text


def test_a_suspension_shows_in_the_very_next_request(client, world, issued):
    assert "证书有效" in client.get(f"/verify/{issued.number}").text
    suspend(world, issued)
    assert "证书已暂停" in client.get(f"/verify/{issued.number}").text


def test_the_status_of_any_day_can_be_asked(client, world, issued):
    first = issued.issued_on
    with clock.travel(first + timedelta(days=30)):
        suspend(world, issued)
        ask = lambda day: client.get(f"/verify/{issued.number}?on={day}").text  # noqa: E731
        assert f"{first + timedelta(days=29)}：证书有效" in ask(first + timedelta(days=29))
        assert f"{first + timedelta(days=30)}：证书已暂停" in ask(first + timedelta(days=30))
        assert "证书还没有生效" in ask(first - timedelta(days=1))


def test_of_a_day_to_come_it_is_said_that_its_validity_covers_it_and_no_more(client, issued):
    day = today() + timedelta(days=1)
    page = client.get(f"/verify/{issued.number}?on={day}").text
    assert f"<h1>{day}：有效期覆盖这一天</h1>" in page
    assert "证书有效" not in page
    over = issued.valid_to + timedelta(days=1)
    assert f"<h1>{over}：证书已过期</h1>" in client.get(f"/verify/{issued.number}?on={over}").text


def test_the_banner_answers_for_the_model_that_was_asked_about(client, world, issued):
    page = client.get(f"/verify/{issued.number}?model=YT-6017").text
    assert '<h1>证书有效，但不包括 YT-601<mark class="dfc">7</mark></h1>' in page
    assert "<title>证书有效，但不包括 YT-6017" in page
    asked = client.get(f"/verify/{issued.number}?model=YT-6017&on={today()}").text
    assert f'<h1>{today()}：证书有效，但不包括 YT-601<mark class="dfc">7</mark></h1>' in asked
    assert 'class="vf-s stop"' in page
    assert "<h1>证书有效</h1>" in client.get(f"/verify/{issued.number}?model=YT-6015").text
    suspend(world, issued)
    assert "<h1>证书已暂停</h1>" in client.get(f"/verify/{issued.number}?model=YT-6017").text


def test_the_models_that_come_near_are_shown_with_what_differs_and_never_passed(client, issued):
    page = client.get(f"/verify/{issued.number}?model=YT-6O15").text
    assert "证书上最接近的型号" in page
    assert 'YT-6<mark class="dfc ok">0</mark>15' in page
    assert "第 5 位写的是 字母 O，证书上是 数字 0" in page
    assert "证书上最接近的型号" not in client.get(f"/verify/{issued.number}?model=YT-6015").text
    far = client.get(f"/verify/{issued.number}?model=<b>9").text
    assert "证书上最接近的型号" not in far
    assert "<b>9" not in far


@pytest.mark.parametrize("address", ["/verify/{}", "/certificates/{}.json", "/api/v1/certificates/{}"])
@pytest.mark.parametrize("day", ["yesterday", "2026-13-45", "2026-W01-1", "0"])
def test_a_day_that_cannot_be_read_is_never_answered_with_todays_state(client, issued, address, day):
    answer = client.get(f"{address.format(issued.number)}?on={day}")
    assert answer.status_code == 422
    assert "证书有效" not in answer.text
    assert '"valid"' not in answer.text


@pytest.mark.parametrize("address", ["/verify/{}", "/certificates/{}.json", "/api/v1/certificates/{}"])
def test_a_day_spelt_otherwise_is_the_day_that_was_meant(client, issued, address):
    before = (issued.issued_on - timedelta(days=1)).strftime("%Y%m%d")
    answer = client.get(f"{address.format(issued.number)}?on={before}")
    assert answer.status_code == 200
    assert "还没有生效" in answer.text or '"not_issued"' in answer.text


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("YT-6015", "型号 YT-6015 在证书范围内"),
        ("yt 6016", "型号 yt 6016 在证书范围内"),
        ("ＹＴ６０１５", "在证书范围内"),
        ("YT-6017", "型号 YT-6017 不在证书范围内"),
        ("YT-601", "型号 YT-601 不在证书范围内"),
        ("-", "型号 - 不在证书范围内"),
    ],
)
def test_a_certificate_covers_the_models_it_lists_and_no_other(client, issued, model, words):
    assert words in client.get(f"/verify/{issued.number}", query_string={"model": model}).text


def test_the_footprint_stands_with_unit_boundary_and_limit(client, issued):
    page = client.get(f"/verify/{issued.number}").text
    for words in ("8.45", "kgCO₂e/m²", "从摇篮到大门", "10.80", "限值为演示数据", "演示数据"):
        assert words in page


def test_a_footprint_label_has_no_limit(client, db):
    world = World(family="footprint_label", limit_value=None, limit_demo=False)
    number = certificates.number_of(world.case("certified").id)
    page = client.get(f"/verify/{number}").text
    assert number.startswith("CFP-")
    assert "限值" not in page


# Whether it is genuine


@pytest.mark.parametrize(
    "tamper",
    [
        lambda it: it.statement.replace('"total":"8.45"', '"total":"2.45"'),
        lambda it: it.statement.replace('"YT-6016"', '"YT-9999"'),
        lambda it: it.statement.replace('"own_source"', '"other_source"').replace("企业实测", "企业估计"),
    ],
)
def test_a_certificate_altered_in_the_register_is_not_called_genuine(client, issued, tamper):
    altered = tamper(issued)
    assert altered != issued.statement
    issued.statement = altered
    page = client.get(f"/verify/{issued.number}").text
    assert "电子签名无效" in page
    assert "电子签名有效" not in page


def test_anybody_can_check_the_signature_without_us(client, issued):
    data = json.loads(client.get(f"/certificates/{issued.number}.json").text)
    keys = KeySet.import_key_set(json.loads(client.get("/.well-known/jwks.json").text))
    payload = rfc8785.dumps(data["statement"])
    assert jws.deserialize_compact(data["signature"], keys, payload=payload)
    assert hashlib.sha256(payload).hexdigest() == data["digest"]
    assert data["status"] == "valid"


def test_the_keys_are_public_halves_only(client, issued):
    answer = client.get("/.well-known/jwks.json")
    [key] = [key for key in json.loads(answer.text)["keys"] if key["uscc"] == issued.body.uscc]
    assert "d" not in key
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


# Who sees what


CONFIDENTIAL = ("企业实测", "台账")


def test_the_public_never_sees_activity_data(client, issued):
    for address in ("/verify/{}", "/certificates/{}", "/certificates/{}.json", "/api/v1/certificates/{}"):
        page = client.get(address.format(issued.number)).text
        assert issued.number in page
        assert not [word for word in CONFIDENTIAL if word in page], address


def test_the_parties_see_the_whole_inventory_and_nobody_else_does(db, app, browser, sign_in, issued):
    address = f"/certificates/{issued.number}"
    for role in ("applicant", "head_of_body"):
        assert "企业实测" in browser(role).get(address).text
    stranger = sign_in(app.test_client(), factories.user(factories.organisation(), "applicant"))
    for visitor in (browser("tester"), stranger):
        page = visitor.get(address).text
        assert "企业实测" not in page
        assert "完整清单由当事方持有" in page


# How it reads


def test_the_pages_are_complete_in_english(client, world, issued):
    suspend(world, issued)
    page = client.get(f"/verify/{issued.number}?lang=en&model=X").text
    for words in ("Certificate is suspended", "Match it to the product in your hand", "is not covered"):
        assert words in page


@pytest.mark.parametrize("address", ["/verify", "/verify/{}", "/certificates/{}"])
def test_a_public_page_is_light_and_needs_no_script_library(client, issued, address):
    answer = client.get(address.format(issued.number))
    assert len(answer.data) < 60_000
    assert "htmx" not in answer.text


def test_what_a_visitor_types_is_shown_and_not_obeyed(client, issued):
    page = client.get(f"/verify/{issued.number}", query_string={"model": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "<script>alert" not in client.get("/verify/%3Cscript%3Ealert(1)").text
