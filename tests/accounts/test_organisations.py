"""How organisations come in, and how they are corrected."""

import json

import pytest
from sqlalchemy.exc import IntegrityError

from accounts import operations, queries, uscc
from accounts.actor import NOBODY, ROLES, SYSTEM
from accounts.models import Organisation, User
from core import audit
from core.audit import Entry
from core.errors import Invalid, NotFound, NotPermitted, Raced
from tests import factories

pytestmark = pytest.mark.engines("constraints")

PERSON = {"email": "Wang@Example.org", "person": "王五", "password": "correct horse"}


def entries(db):
    return [entry.verb for entry in db.session.query(Entry).order_by(Entry.id)]


def test_an_administrator_registers_an_organisation_of_any_kind(db):
    administrator = factories.actor("regulator", "administrator")
    made = operations.register_organisation(
        administrator, "testing_body", f" {uscc.synthetic(70).lower()} ", " 检测所 ", region="320500"
    )
    assert (made.kind, made.uscc, made.name, made.region) == (
        "testing_body",
        uscc.synthetic(70),
        "检测所",
        "320500",
    )
    assert entries(db) == ["organisation.register"]


@pytest.mark.parametrize("roles", [(), ("organisation_admin",), ("regulator", "list_editor")])
def test_nobody_else_registers_organisations(db, roles):
    with pytest.raises(NotPermitted) as refusal:
        operations.register_organisation(
            factories.actor("regulator", *roles), "manufacturer", uscc.synthetic(70), "某厂"
        )
    assert refusal.value.slug == "not-administrator"
    assert entries(db) == []


@pytest.mark.parametrize(
    ("values", "field", "slug"),
    [
        ({"code": "1"}, "uscc", "uscc-length"),
        ({"code": "914403001922038217"}, "uscc", "uscc-check-digit"),
        ({"name": "  "}, "name", "account-name-missing"),
        ({"kind": "school"}, "kind", "organisation-kind-unknown"),
        ({"region": "南京"}, "region", "region-shape"),
        ({"region": "032010"}, "region", "region-shape"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(db, values, field, slug):
    facts = {"kind": "manufacturer", "code": uscc.synthetic(70), "name": "某厂", **values}
    with pytest.raises(Invalid) as refusal:
        operations.register_organisation(SYSTEM, **facts)
    assert refusal.value.fields == {field: slug}
    assert not db.session.new
    assert queries.organisations() == []


def test_a_code_belongs_to_one_organisation(db):
    taken = factories.organisation()
    with pytest.raises(Invalid) as refusal:
        operations.register_organisation(SYSTEM, "manufacturer", taken.uscc.lower(), "另一个")
    assert refusal.value.fields == {"uscc": "organisation-known"}


def test_a_code_taken_a_moment_ago_is_refused_the_same_way(app, db, monkeypatch):
    taken = factories.organisation()
    monkeypatch.setattr(queries, "organisation_by_uscc", lambda code: None)
    with app.test_request_context(), pytest.raises(Raced) as refusal:
        operations.register_organisation(SYSTEM, "manufacturer", taken.uscc, "另一个")
    assert refusal.value.fields == {"uscc": "organisation-known"}


@pytest.mark.parametrize("values", [{"kind": "school"}, {"uscc": "1"}])
def test_the_database_too_refuses_unknown_kinds_and_short_codes(db, values):
    with pytest.raises(IntegrityError):
        factories.organisation(**values)


def test_signing_up_makes_the_first_administrator_and_applicant(db):
    membership = operations.sign_up(NOBODY, code=uscc.synthetic(80), name="新厂", region="320200", **PERSON)
    assert membership.roles == set(ROLES["manufacturer"])
    assert membership.organisation.kind == "manufacturer"
    assert membership.user.email == "wang@example.org"
    assert "correct horse" not in membership.user.password_hash
    assert entries(db) == [
        "organisation.register",
        "user.register",
        "membership.begin",
        "role.grant",
        "role.grant",
    ]
    assert audit.verify() == 5


def test_the_record_keeps_no_secret(db):
    membership = operations.sign_up(NOBODY, code=uscc.synthetic(80), name="新厂", **PERSON)
    _token, secret = operations.create_token(membership.actor(), "脚本")
    _invitation, link = operations.invite(membership.actor(), "a@b.cn", ["applicant"])
    written = json.dumps([[entry.data, entry.subject] for entry in db.session.query(Entry)])
    for kept_secret in ("correct horse", secret, link, membership.user.password_hash):
        assert kept_secret not in written


@pytest.mark.parametrize(
    ("values", "field", "slug"),
    [
        ({"email": "nobody"}, "email", "email-shape"),
        ({"email": "a@b"}, "email", "email-domain"),
        ({"password": "short"}, "password", "password-short"),
        ({"password": "x" * 201}, "password", "password-long"),
        ({"person": " "}, "person", "account-name-missing"),
        ({"code": "91330100799655058I"}, "uscc", "uscc-letter"),
    ],
)
def test_signing_up_refuses_what_cannot_be_right(db, values, field, slug):
    with pytest.raises(Invalid) as refusal:
        operations.sign_up(NOBODY, **{"code": uscc.synthetic(80), "name": "新厂", **PERSON, **values})
    assert refusal.value.fields == {field: slug}


def test_signing_up_with_a_known_address_or_code_is_refused(db):
    known = factories.user(factories.organisation(), email="wang@example.org")
    with pytest.raises(Invalid) as refusal:
        operations.sign_up(NOBODY, code=uscc.synthetic(80), name="新厂", **PERSON)
    assert refusal.value.fields == {"email": "email-taken"}
    db.session.rollback()
    assert db.session.get(User, known.id) is None


def test_the_own_administrator_corrects_facts_and_nobody_else(db):
    of = factories.organisation()
    operations.update_organisation(
        factories.actor("manufacturer", "organisation_admin", of=of), telephone=" 025-1 "
    )
    assert queries.organisation(of.id).telephone == "025-1"
    with pytest.raises(NotPermitted) as refusal:
        operations.update_organisation(factories.actor("manufacturer", "applicant", of=of), telephone="1")
    assert refusal.value.slug == "not-organisation-admin"
    assert entries(db) == ["organisation.update"]


@pytest.mark.parametrize("fact", ["name", "uscc", "kind", "id"])
def test_what_an_organisation_is_cannot_be_corrected_away(db, fact):
    with pytest.raises(TypeError):
        operations.update_organisation(factories.actor("manufacturer", "organisation_admin"), **{fact: "x"})


def test_organisations_are_found_by_code_kind_and_number(db):
    factory, body = factories.organisation(), factories.organisation("certification_body")
    assert queries.organisation_by_uscc(f" {factory.uscc.lower()}") is factory
    assert queries.organisations("certification_body") == [body]
    assert set(queries.organisations()) == {factory, body}
    with pytest.raises(NotFound, match="organisation-unknown"):
        queries.organisation(10**6)
    assert isinstance(queries.organisation(body.id), Organisation)
