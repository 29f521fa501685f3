"""No page, look-up or answer is green over what was not signed."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from catalog.models import Entry
from certification.certificate import attested
from certification.certificate.models import Certificate, CertificateModel, StatusAct
from certification.label.models import LabelLicence
from core import audit, clock, lifecycle
from core.clock import today
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of, restore

pytestmark = pytest.mark.engines("types")

# What is changed behind the register's back -> what everybody who asks is told of it.
TAMPERED = {
    "number": {"number": "LCP-32-01-2026-99999"},
    "code": {"code": "7Q2MK4XD91TF"},
    "issued_on": {"issued_on": date(2020, 1, 1)},
    "begins_on": {"begins_on": date(2027, 1, 1)},
    "valid_to": {"valid_to": date(2099, 12, 31)},
    "product_name": {"product_name": "假产品"},
    "carbon": {"carbon": Decimal("0.01")},
    "carbon_unit": {"carbon_unit": "kgCO2e/t"},
    "demo": {"demo": False},
    "edition": {"edition": 7},
    "dated": {"reissued_on": date(2020, 1, 2)},
}
FOLLOWING = {"issued_on": ["issued_on", "dated"]}  # a first version is dated as its certificate
# Signed as a whole: tried in test_verify.
SIGNED = {"statement", "digest", "signature"}
# What a statement does not hold, and no page shows as part of it.
APART = {
    "id", "application_id", "replaces_id", "scheme_id", "document", "full_document", "created_at",
}  # fmt: skip
TRIED_BELOW = {"body_id", "holder_id"}


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


def asked(client, number: str, on: str = "") -> dict[str, str]:
    """The page and the two answers for machines, as anybody gets them."""
    addresses = {
        "page": f"/verify/{number}{on}",
        "data": f"/certificates/{number}.json{on}",
        "api": f"/api/v1/certificates/{number}{on}",
    }
    return {name: client.get(address) for name, address in addresses.items()}


def test_every_column_of_a_certificate_is_compared_with_its_statement_or_is_no_part_of_it():
    columns = set(Certificate.__table__.columns.keys())
    tried = {column for change in TAMPERED.values() for column in change}
    assert columns == tried | SIGNED | APART | TRIED_BELOW


@contextmanager
def tampering(row, change: dict):
    """Change the columns of a row for a while."""
    before = {column: getattr(row, column) for column in change}
    for column, value in change.items():
        setattr(row, column, value)
    yield
    for column, value in before.items():
        setattr(row, column, value)


def test_a_column_that_was_changed_is_named_and_never_shown_as_signed(client, issued):
    number = issued.number
    for name, change in TAMPERED.items():
        with tampering(issued, change):
            answers = asked(client, issued.number)
        assert "登记与签名不符" in answers["page"].text, name
        assert "电子签名有效" not in answers["page"].text, name
        assert "证书有效</h1>" not in answers["page"].text, name
        for answer in (answers["data"].json, answers["api"].json):
            assert (answer["intact"], answer["differs"]) == (False, FOLLOWING.get(name, [name]))
            assert answer["number"] == number, name


def test_dates_models_and_values_are_those_that_were_signed(client, issued):
    before = issued.valid_to
    issued.valid_to, issued.carbon, issued.product_name = date(2099, 12, 31), Decimal("0.01"), "假产品"
    issued.models.append(CertificateModel(code="FAKE-9999", specification=""))
    page = client.get(f"/verify/{issued.number}?model=FAKE-9999").text
    assert "FAKE-9999 不在证书范围内" in page
    assert str(before) in page
    assert not [false for false in ("2099-12-31", "0.01", "假产品") if false in page]
    answer = asked(client, issued.number, "?on=2090-01-01")["api"].json
    assert answer["status"] == "expired"
    assert answer["differs"] == ["valid_to", "product_name", "carbon", "models"]


def test_a_certificate_under_another_name_is_noticed(client, world, issued):
    issued.holder = factories.organisation("manufacturer")
    assert asked(client, issued.number)["api"].json["differs"] == ["holder"]
    issued.body = factories.organisation("certification_body")
    assert asked(client, issued.number)["api"].json["differs"] == ["body", "holder"]


def test_what_stands_is_called_intact(client, issued):
    answers = asked(client, issued.number)
    assert "电子签名有效" in answers["page"].text
    assert answers["api"].json["intact"] is True
    assert answers["data"].json["differs"] == []


@pytest.mark.parametrize("address", ["/certificates/{}", "/certification/certificates/{}"])
def test_the_other_pages_of_a_certificate_say_so_too(browser, issued, address):
    issued.valid_to = date(2099, 12, 31)
    page = browser("head_of_body").get(address.format(issued.number)).text
    assert "登记与签名不符" in page
    assert "2099-12-31" not in page
    assert "电子签名有效" not in page


def test_no_label_is_drawn_from_a_certificate_that_differs(browser, world, issued):
    applicant = browser("applicant")
    licence = licensed(issued)
    art = f"/certification/labels/{issued.number}/full.svg"
    assert applicant.get(art).status_code == 200
    issued.carbon = Decimal("0.01")
    assert applicant.get(art).status_code == 422
    assert licence.state == "licensed"


def licensed(issued):
    licence = LabelLicence(state="licensed", kind="low_carbon", uses="包装", requested_by="某人")
    issued.licences.append(licence)
    return licence


# The version of the day


def test_a_day_is_answered_with_the_version_that_stood_on_it(client, world, issued):
    first, before = issued.issued_on, issued.digest
    with clock.travel(today() + timedelta(days=100)):
        case = case_about(world, issued, "reduction", ("YT-6015",))
        case.to("certified")
        second = issued.reissued_on
    then = f"?on={second - timedelta(days=1)}"
    assert "型号 YT-6016 在证书范围内" in client.get(f"/verify/{issued.number}{then}&model=YT-6016").text
    assert before in client.get(f"/verify/{issued.number}{then}").text
    for name in ("api", "data"):
        assert asked(client, issued.number, then)[name].json["digest"] == before
        assert asked(client, issued.number, f"?on={second}")[name].json["digest"] == issued.digest
        assert asked(client, issued.number, f"?on={first - timedelta(days=9)}")[name].json["digest"] == before
    page = client.get(f"/verify/{issued.number}?on={second}&model=YT-6016").text
    assert "型号 YT-6016 不在证书范围内" in page


def test_a_former_version_is_compared_as_well(client, world, issued):
    with clock.travel(today() + timedelta(days=100)):
        case_about(world, issued, "reduction", ("YT-6015",)).to("certified")
    [former] = issued.former
    changes = {
        "product_name": {"product_name": "假产品"},
        "carbon": {"carbon": Decimal("0.01")},
        "carbon_unit": {"carbon_unit": "kgCO2e/t"},
        "models": {"models": [{"code": "FAKE", "specification": ""}]},
        "signature": {"digest": "0" * 64},
        "edition": {"edition": 9},
        "dated": {"dated": issued.issued_on - timedelta(days=1)},
    }
    for name, change in changes.items():
        with tampering(former, change):
            answers = asked(client, issued.number, f"?on={issued.issued_on}")
        assert answers["api"].json["differs"] == [name]


# What changed its worth


@pytest.fixture
def suspended(world, issued):
    facts = {
        "cause": "surveillance_finding",
        "reason": "抽样超过限值 ",
        "until": today() + timedelta(days=60),
    }
    lifecycle.take(issued, "suspend", world.actor("decision_maker"), **facts)
    return issued


def told(client, certificate) -> list[str]:
    return asked(client, certificate.number)["api"].json["differs"]


def test_an_act_that_was_entered_stands(client, world, suspended):
    assert told(client, suspended) == []
    restore(world, suspended, reason="整改完成")
    assert told(client, suspended) == []


def test_an_act_entered_as_the_day_ends_and_recorded_as_the_next_begins_stands(db, client, suspended):
    midnight = datetime(2027, 3, 2, tzinfo=clock.SHANGHAI)
    suspended.acts[0].on, suspended.acts[0].until = date(2027, 3, 1), None
    act, record = suspended.acts[0], ("suspend", midnight + timedelta(seconds=1), "抽样超过限值")
    assert not attested.acts_differ([act], [record], [])
    assert attested.acts_differ([act], [("suspend", midnight + timedelta(hours=1), "抽样超过限值")], [])
    db.session.rollback()


def test_an_act_that_was_changed_is_noticed(client, suspended):
    [act] = suspended.acts
    changes = (
        {"on": act.on + timedelta(days=30)},
        {"until": act.until - timedelta(days=30)},
        {"kind": "restore"},
        {"reason": "另一个理由"},
    )
    for change in changes:
        with tampering(act, change):
            assert told(client, suspended) == ["acts"], change


def test_a_suspension_that_was_deleted_is_noticed(db, client, suspended):
    db.session.execute(text("DELETE FROM status_act"))
    assert told(client, suspended) == ["acts"]
    assert "证书有效</h1>" not in client.get(f"/verify/{suspended.number}").text


def test_a_suspension_deleted_with_its_record_is_noticed_by_what_was_told_in_writing(db, client, suspended):
    db.session.execute(text("DELETE FROM status_act"))
    db.session.execute(text("DELETE FROM audit_entry WHERE verb = 'certificate.suspend'"))
    assert told(client, suspended) == ["acts"]
    db.session.execute(text("DELETE FROM written_act"))
    assert told(client, suspended) == []  # then only the chain knows
    with pytest.raises(audit.Broken):
        audit.verify()


def test_an_act_that_nobody_took_is_noticed(db, client, issued):
    values = {"kind": "withdraw", "on": today(), "cause": "fraud", "reason": "没有人作出"}
    issued.acts.append(StatusAct(entered_by="无人", **values))
    assert told(client, issued) == ["acts"]
    assert db.session.scalar(text("SELECT count(*) FROM status_act")) == 1


# The copies that the catalogue keeps


def mirrored(entry) -> dict:
    """Each column of the mirror with another value."""
    day = timedelta(days=1)
    return {
        "name": "假产品",
        "models": ["FAKE"],
        "carbon": Decimal("0.01"),
        "carbon_unit": "kgCO2e/t",
        "issued_on": entry.issued_on - day,
        "begins_on": entry.begins_on + day,
        "valid_to": entry.valid_to + day,
        "demo": not entry.demo,
    }


def test_a_copy_of_the_catalogue_that_was_changed_is_named_on_its_page_and_by_its_api(db, client, issued):
    entry = db.session.scalar(select(Entry).where(Entry.number == issued.number))

    def doors() -> tuple[list, bool]:
        page = client.get(f"/catalog/products/{entry.id}").text
        return client.get(f"/api/v1/products/{entry.id}").json["differs"], "登记与签名不符" in page

    assert doors() == ([], False)
    for name, value in mirrored(entry).items():
        with tampering(entry, {name: value}):
            assert doors() == ([name], True)
