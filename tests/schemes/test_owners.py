"""Whose rule it is: the province's, or a body's, for a product that the province has no rule for."""

import json

import pytest

from accounts import uscc
from certification.certificate import document as paper
from core import lifecycle
from core.canonical import canonical
from core.db import db
from core.errors import Invalid, Unmet
from core.words import sentence
from registers.adoption import operations as adoptions
from registers.models import BodyScope
from schemes import document, queries
from schemes import operations as register
from schemes.drafts import operations
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import LONG, World
from tests.schemes.examples import tyre

OWN = (
    ("/identity/code", "lc-own"),
    ("/identity/category", "own_thing"),
    ("/identity/product_codes", []),
    ("/identity/effective_from", "2028-01-01"),
)


@pytest.fixture
def body(db):
    return factories.organisation("certification_body", name="自有规则机构")


def own_rule(body, *changes):
    return tyre(*OWN, ("/identity/owner", body.uscc), *changes)


def test_a_rule_is_the_provinces_unless_it_says_whose_it_is():
    assert document.read(tyre()).identity.owner == document.PROVINCE
    assert document.read(tyre(("/identity/owner", uscc.synthetic(7)))).identity.owner == uscc.synthetic(7)


@pytest.mark.parametrize("owner", ["", "nobody", "91000000000000027X", 7])
def test_an_owner_that_is_no_body_is_a_fault_at_its_box(owner):
    with pytest.raises(Invalid) as no:
        document.read(tyre(("/identity/owner", owner)))
    assert list(no.value.fields) == ["/identity/owner"]


def test_a_draft_of_a_bodys_author_is_the_bodys_and_says_nothing_else(body):
    author = factories.user(body, "rule_author").memberships[0].actor()
    draft = operations.begin(author, None, False)
    assert draft.said("owner") == body.uscc
    operations.write(draft, author, own_rule(body, ("/identity/owner", "province")))
    with pytest.raises(Unmet) as no:
        lifecycle.take(draft, "submit", author, summary="自有规则")
    assert no.value.slug == "rule-owner-wrong"
    operations.write(draft, author, own_rule(body))
    lifecycle.take(draft, "submit", author, summary="自有规则")
    assert draft.state == "review"


def test_the_regulators_draft_is_the_provinces_and_no_bodys(author, body):
    draft = operations.begin(author, None, False)
    assert draft.said("owner") == ""
    operations.write(draft, author, own_rule(body))
    with pytest.raises(Unmet, match="rule-owner-wrong"):
        lifecycle.take(draft, "submit", author, summary="自有规则")


# rule 36
@pytest.mark.parametrize(
    "change",
    [
        ("/identity/category", "tyre"),
        ("/identity/product_codes", [{"system": "hs", "code": "4011"}]),
    ],
)
def test_a_body_has_no_rule_for_a_product_that_the_province_has_one_for(body, author, change):
    province = tyre(
        ("/identity/category", "tyre"), ("/identity/product_codes", [{"system": "hs", "code": "4011"}])
    )
    register.take(document.read(province), author)
    with pytest.raises(Invalid) as no:
        register.take(document.read(own_rule(body, change)), author)
    assert no.value.fields == {"/identity/owner": "rule-of-the-province"}
    assert "轮胎" in sentence("rule-of-the-province", no.value.detail)
    writer = factories.user(body, "rule_author").memberships[0].actor()
    draft = operations.begin(writer, None, False)
    operations.write(draft, writer, own_rule(body, change))
    with pytest.raises(Unmet) as late:
        lifecycle.take(draft, "submit", writer, summary="自有规则")
    assert late.value.slug == "rule-of-the-province"
    register.take(document.read(own_rule(body)), author)  # of a product without one


def test_only_the_body_whose_rule_it_is_adopts_it(body, author):
    register.take(document.read(own_rule(body, ("/identity/effective_from", "2020-01-01"))), author)
    other = factories.organisation("certification_body")
    for each in (body, other):
        db.session.add(BodyScope(body_id=each.id, approval_number="R", scheme_code="lc-own", **LONG))
    stranger, writer = (factories.user(each, "rule_author").memberships[0].actor() for each in (other, body))
    with pytest.raises(Unmet, match="scheme-of-another-body"):
        adoptions.begin(stranger, "lc-own")
    assert adoptions.begin(writer, "lc-own").body_id == body.id


def test_page_and_certificate_say_whose_rule_it_is(db, client):
    world = World.begun()
    assert "自有规则" not in client.get(f"/rules/{world.scheme.code}").text
    said = json.loads(world.scheme.document)
    said["identity"]["owner"] = world.body.uscc
    world.scheme.document = canonical(said).decode()
    db.session.flush()
    assert queries.owner_name(world.scheme) == "示例认证中心"
    assert "机构自有规则，属于示例认证中心" in client.get(f"/rules/{world.scheme.code}").text
    issued = certificate_of(world.case("certified"))
    said = json.loads(issued.statement)
    assert said["basis"]["owner"] == "示例认证中心"
    assert "示例认证中心自有规则" in paper.html(said, issued.digest, issued.signature)
