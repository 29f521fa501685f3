"""Fees: published by the body, quoted by rule, invoices and proofs kept, and no case waits for money."""

import json
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from certification.application.operations.applications import update_application
from certification.fees import queries as fees
from certification.fees.models import FeeEntry
from certification.fees.operations import enter_fee, publish_fees, rule_on
from certification.workflow.adopted import least_days
from core import clock
from core.canonical import canonical
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from tests import factories
from tests.certification.world import PDF
from tests.registers import adopting

pytestmark = pytest.mark.engines("constraints")

PRICES = {
    "application_fee": Decimal("500"),
    "person_day": Decimal("2500.50"),
    "test_item": Decimal("300"),
    "model": Decimal("100"),
    "certificate_fee": Decimal("800"),
}


@pytest.fixture
def rule(world):
    return publish_fees(world.actor("head_of_body"), "lc-tile", today(), "演示数据", **PRICES)


def test_a_case_is_quoted_when_it_is_handed_in_and_anybody_can_do_the_sum_again(world, rule):
    account = fees.account_of(world.case("submitted").application)
    assert [(line["slug"], line["quantity"], line["amount"]) for line in account.quote.lines] == [
        ("application_fee", "1", "500"),
        ("person_day", "2", "5001.00"),
        ("test_item", "2", "600"),
        ("model", "1", "100"),
        ("certificate_fee", "1", "800"),
    ]
    assert account.quote.total == sum(Decimal(line["amount"]) for line in account.quote.lines)


def test_without_published_fees_there_is_no_quote(world):
    assert fees.account_of(world.case("submitted").application).quote is None


def test_a_quote_stays_on_the_version_it_was_made_by(world, rule):
    account = fees.account_of(world.case("submitted").application)
    publish_fees(world.actor("head_of_body"), "lc-tile", today(), "演示", **PRICES | {"model": Decimal(1)})
    assert account.quote.rule is rule
    assert rule_on(world.body.id, "lc-tile", today()).version == 2


def test_a_version_is_in_force_from_its_day(world, rule):
    tomorrow = today() + timedelta(days=1)
    publish_fees(world.actor("head_of_body"), "lc-tile", tomorrow, "演示", **PRICES)
    assert rule_on(world.body.id, "lc-tile", today()) is rule
    assert rule_on(world.body.id, "lc-tile", tomorrow).version == 2


def test_fees_are_not_published_backwards_or_below_zero_or_in_tenths_of_fen(world):
    head = world.actor("head_of_body")
    with pytest.raises(Invalid, match="fees-not-backdated"):
        publish_fees(head, "lc-tile", today() - timedelta(days=1), "演示", **PRICES)
    for wrong in (Decimal("-1"), Decimal("0.001"), None):
        with pytest.raises(Invalid, match="amount-wrong"):
            publish_fees(head, "lc-tile", today(), "演示", **PRICES | {"model": wrong})


def test_only_the_head_of_a_body_publishes_its_fees(world):
    for somebody in (world.actor("verifier"), world.actor("applicant")):
        with pytest.raises(NotPermitted):
            publish_fees(somebody, "lc-tile", today(), "演示", **PRICES)


def test_a_reduction_names_its_ground_and_lowers_what_is_due(world, rule):
    case = world.case("submitted").application
    officer = world.actor("case_officer")
    with pytest.raises(Invalid, match="ground-missing"):
        enter_fee(case, officer, "reduction", Decimal(100))
    enter_fee(case, officer, "reduction", Decimal(100), note="小微企业减免，机构收费标准第 3 条")
    account = fees.account_of(case)
    assert account.due == account.quote.total - 100


def test_a_reduction_without_ground_cannot_be_stored_at_all(db, world):
    case = world.case("submitted").application
    row = {"kind": "reduction", "amount": Decimal(1), "on": today(), "entered_by": "x"}
    db.session.add(FeeEntry(application_id=case.id, **row))
    with pytest.raises(IntegrityError, match="reduction_has_ground"):
        db.session.flush()


def test_the_body_invoices_and_the_client_shows_the_payment(world, rule):
    case = world.case("submitted").application
    officer, client = world.actor("case_officer"), world.actor("applicant")
    enter_fee(case, officer, "invoice", Decimal(7001), number="INV-1")
    with pytest.raises(Invalid, match="proof-missing"):
        enter_fee(case, client, "payment", Decimal(7001))
    enter_fee(case, client, "payment", Decimal(7001), upload=FileStorage(BytesIO(PDF), "回单.pdf"))
    account = fees.account_of(case)
    assert (account.sum_of("invoice"), account.sum_of("payment")) == (7001, 7001)


@pytest.mark.parametrize(
    ("role", "kind"), [("applicant", "invoice"), ("applicant", "reduction"), ("case_officer", "payment")]
)
def test_each_side_enters_what_is_its_own(world, role, kind):
    case = world.case("submitted").application
    with pytest.raises(NotPermitted):
        enter_fee(case, world.actor(role), kind, Decimal(1), note="x")


def test_nothing_is_entered_for_a_draft_or_in_amounts_of_nothing(world):
    with pytest.raises(OutOfOrder):
        enter_fee(world.case("draft").application, world.actor("case_officer"), "invoice", Decimal(1))
    with pytest.raises(Invalid, match="amount-wrong"):
        enter_fee(world.case("submitted").application, world.actor("case_officer"), "invoice", Decimal(0))


def test_no_case_waits_for_money(world, rule):
    assert world.case("certified").state == "certified"


def test_another_body_or_client_never_sees_what_a_case_costs(world, rule):
    case = world.case("submitted").application
    for stranger in (
        factories.actor("certification_body", "case_officer"),
        factories.actor("manufacturer", "applicant"),
    ):
        with pytest.raises(NotFound):
            fees.account(stranger, case.id)


# The pages


def test_everybody_reads_what_bodies_charge(client, world, rule):
    page = client.get("/fees/").text
    for shown in (world.body.name, "2,500.50", "第 1 版", "现行"):
        assert shown in page, shown


def test_the_head_publishes_a_new_version_through_the_page(world, browser, rule):
    head = browser("head_of_body")
    data = {name: str(price) for name, price in PRICES.items()} | {"scheme_code": "lc-tile", "source": "演示"}
    assert head.post("/certification/fees/", data=data).status_code == 303
    assert "第 2 版" in head.get("/certification/fees/").text
    wrong = head.post("/certification/fees/", data=data | {"model": "-5"})
    assert (wrong.status_code, "最多两位小数" in wrong.text) == (422, True)
    assert browser("verifier").get("/certification/fees/").status_code == 403


def test_client_and_body_keep_the_account_of_a_case_on_one_page(world, browser, rule):
    case_id = world.case("submitted").id
    page = f"/certification/fees/cases/{case_id}"
    invoice = browser("case_officer").post(f"{page}/invoice", data={"amount": "7001", "number": "INV-1"})
    assert invoice.status_code == 303
    client = browser("applicant")
    assert "INV-1" in client.get(page).text
    refused = client.post(f"{page}/payment", data={"amount": "7001"})
    assert (refused.status_code, "附上付款凭证" in refused.text) == (422, True)
    proof = {"amount": "7001", "upload": (BytesIO(PDF), "回单.pdf")}
    assert client.post(f"{page}/payment", data=proof).status_code == 303
    assert "回单.pdf" in client.get(page).text
    address = client.get(page).text.split("/certification/fees/entries/")[1].split('"')[0]
    assert client.get(f"/certification/fees/entries/{address}", buffered=True).data == PDF


def test_the_versions_of_former_days_stay_on_the_page(client, world, rule):
    with clock.travel(today() + timedelta(days=1)):
        publish_fees(world.actor("head_of_body"), "lc-tile", today(), "演示", **PRICES)
        page = client.get("/fees/").text
    assert "第 1 版" in page
    assert "第 2 版" in page


def test_a_draft_and_the_choice_of_body_tell_what_the_quote_will_be(browser, world, rule):
    draft = world.case("draft").application
    world.case("submitted")
    expected = fees.expected(draft)
    assert str(expected.total) == "7001.00"  # 500 + 2 x 2500.50 + 2 x 300 + 1 x 100 + 800
    client = browser("applicant")
    assert "7,001.00 元" in client.get(f"/certification/applications/{draft.id}").text
    assert "7,001.00" in client.get(f"/certification/fees/cases/{draft.id}").text
    assert "预计 6,901.00 元起" in client.get("/certification/applications/new").text  # with one model
    assert "预计 7,001.00 元" in client.get(f"/certification/applications/{draft.id}/clone").text
    quoted = fees.account_of(world.case("submitted").application)
    assert (quoted.quote.lines, quoted.expected) == (expected.lines, None)


def test_a_draft_says_so_where_the_body_publishes_no_fees(browser, world):
    draft = world.case("draft").application
    client = browser("applicant")
    assert "还没有公布这项认证的收费标准" in client.get(f"/certification/applications/{draft.id}").text
    assert "没有公布收费标准，请向机构询价" in client.get("/certification/applications/new").text
    assert fees.fees_by_body(world.scheme) == {}


def test_more_typed_models_make_a_draft_dearer(world, rule):
    draft = world.case("draft").application
    before = fees.expected(draft).total
    codes = [{"code": f"M{number}"} for number in range(5)]
    update_application(draft, world.actor("applicant"), draft.version, models=codes)
    assert fees.expected(draft).total - before == 3 * PRICES["model"]


def test_a_body_that_sends_more_people_than_the_rule_asks_is_quoted_and_planned_by_that(world, rule):
    adopting.in_force(world, person_days=Decimal(3))
    db.session.expire_all()
    draft = world.case("draft").application
    days = {line["slug"]: line["quantity"] for line in fees.expected(draft).lines}["person_day"]
    assert (days, least_days(draft)) == ("3", Decimal(3))
    assert fees.fees_by_body(world.scheme)[world.body.id].total == Decimal("9401.50")  # 6901 + 2500.50


@pytest.mark.parametrize(
    ("per", "most", "names"),
    [("person_day", "2500", ["person_day"]), ("case", "1299.99", ["application_fee", "certificate_fee"])],
)
def test_fees_stay_below_what_the_rule_says_they_may_be(world, browser, per, most, names):
    said = json.loads(world.scheme.document)
    line = {"slug": "x", "names": {"zh": "甲", "en": "A"}, "per": per, "most": most}
    world.scheme.document = canonical(said | {"fees": [line]}).decode()
    head = world.actor("head_of_body")
    with pytest.raises(Invalid) as no:
        publish_fees(head, "lc-tile", today(), "演示", **PRICES)
    assert no.value.fields == dict.fromkeys(names, "fee-above-rule")
    db.session.commit()
    data = {name: str(price) for name, price in PRICES.items()}
    data |= {"scheme_code": "lc-tile", "source": "演示", "effective_from": today().isoformat()}
    refused = browser("head_of_body").post("/certification/fees/", data=data)
    assert (refused.status_code, f"最高 {most} 元" in refused.text) == (422, True)
