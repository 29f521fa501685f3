"""Whose rule it is: the province's, or a body's, for a product that the province has no rule for."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import uscc
from accounts.models import Notice
from certification.certificate import document as paper
from core import clock, lifecycle
from core.canonical import canonical
from core.clock import today
from core.db import db
from core.errors import Invalid, Unmet
from core.words import sentence
from registers.adoption import operations as adoptions
from registers.models import BodyScope
from schemes import document, queries
from schemes import operations as register
from schemes.drafts import operations, retirements
from schemes.drafts.models import Retirement
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import LONG, World
from tests.schemes.examples import tyre

DAY = timedelta(days=1)
CODE = {"system": "hs", "code": "4011"}
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


# Where the province publishes a rule for what a body has its own for


def published(author, approvers, *changes):
    """A rule of the province, through comment and both approvals, in force in ten days."""
    first = today() - 42 * DAY
    given = (("/identity/effective_from", (today() + 10 * DAY).isoformat()), *changes)
    made = operations.begin(author, None, False)
    operations.write(made, author, tyre(*given))
    lifecycle.take(made, "submit", author, summary="省级规则")
    with clock.travel(first):
        period = {"comment_from": first, "comment_to": first + 40 * DAY}
        lifecycle.take(made, "open_comment", approvers[0], **period)
    for step in ("close_comment", "ask_approval"):
        lifecycle.take(made, step, author)
    for approver in approvers:
        lifecycle.take(made, "approve", approver)
    lifecycle.take(made, "publish", approvers[0], convert_by=None)
    return made.published


def proposed_of():
    return db.session.scalars(select(Retirement)).all()


# rule 36
@pytest.mark.parametrize(
    "change",
    [
        ("/identity/category", "own_thing"),
        ("/identity/product_codes", [{"system": "hs", "code": "4011"}]),
    ],
)
def test_a_bodys_own_rule_is_proposed_to_be_retired_where_the_province_has_one(
    body, author, approvers, change
):
    register.take(document.read(own_rule(body, ("/identity/product_codes", [CODE]))), author)
    approver = factories.user(body, "rule_approver")
    new = published(author, approvers, change)
    (found,) = proposed_of()
    assert (found.code, found.owner_id, found.day) == ("lc-own", body.id, new.effective_from)
    assert new.name in found.reason
    told = db.session.scalars(select(Notice).where(Notice.kind == "rule_retirement.propose")).all()
    assert [each.user_id for each in told] == [approver.id]
    own = approver.memberships[0].actor()
    assert retirements.every(own).items == [found]
    lifecycle.take(found, "confirm", own)
    assert queries.version("lc-own", new.version).retired_on == new.effective_from


def test_a_rule_for_something_else_and_one_that_is_proposed_already_are_left_alone(body, author, approvers):
    register.take(document.read(own_rule(body)), author)
    published(author, approvers)
    assert proposed_of() == []
    writer = factories.user(body, "rule_author").memberships[0].actor()
    rule = operations.begin(writer, None, False)
    rule.code, rule.published = "lc-own", queries.versions("lc-own")[0]
    db.session.flush()
    before = retirements.propose(writer, "lc-own", today() + DAY, "不再用")
    code = ("/identity/code", "lc-tyre-two")
    published(author, approvers, code, ("/identity/category", "own_thing"))
    assert proposed_of() == [before]
