"""A form that comes too late keeps what was typed, and changes nothing."""

import io
import re
from datetime import timedelta

import pytest

from accounts import operations
from accounts.models import HeldForm
from core.clock import now, travel
from core.words import sentence
from tests import factories

TYPED = {"address": "中山路 <1> 号", "telephone": "025-1", "short_name": ""}


@pytest.fixture
def admin(db):
    user = factories.user(factories.organisation(), "organisation_admin")
    db.session.commit()
    return user


@pytest.fixture
def came_back(client, admin, sign_in):
    """came_back(): the browser after its owner signed in again, kept secrets and all."""

    def enter():
        admin.demo = True
        return client.post("/sign-in/demonstration", data={"user": admin.id})

    return enter


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


# ask 2
def test_an_expired_sign_in_keeps_the_form_and_changes_nothing(client, admin, db, came_back):
    answer = client.post("/organisation/facts?tab=2", data=TYPED)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "您刚才填的内容没有丢" in client.get("/sign-in").text
    assert db.session.get(HeldForm, 1).path == "/organisation/facts?tab=2"

    assert came_back().location == "/held-form"
    page = client.get("/held-form").text
    assert 'action="/organisation/facts?tab=2"' in page
    sent = hidden(page)
    assert (sent["address"], sent["telephone"]) == ("中山路 &lt;1&gt; 号", "025-1")
    db.session.expire_all()
    assert admin.memberships[0].organisation.address == ""

    sent["address"] = TYPED["address"]
    assert client.post("/organisation/facts?tab=2", data=sent).location == "/organisation"
    db.session.expire_all()
    assert admin.memberships[0].organisation.address == TYPED["address"]
    assert client.get("/held-form").status_code == 404


def test_what_was_sent_again_and_refused_is_still_kept(client, admin, came_back):
    client.post("/organisation/facts", data={**TYPED, "website": "not an address"})
    came_back()
    answer = client.post("/organisation/facts", data=hidden(client.get("/held-form").text))
    assert answer.status_code == 422
    assert 'value="not an address"' in answer.text
    assert client.get("/held-form").status_code == 200


def test_another_form_taken_at_the_same_address_leaves_the_held_one(client, admin, came_back):
    client.post("/organisation/facts", data=TYPED)
    came_back()
    client.post("/organisation/facts", data={"address": "别处"})
    assert client.get("/held-form").status_code == 200


def test_passwords_and_files_are_not_kept_and_files_are_named(client, admin, db, came_back):
    files = {"evidence": (io.BytesIO(b"%PDF-"), "电费单.pdf"), "empty": (io.BytesIO(b""), "")}
    client.post(
        "/organisation/facts",
        data={**TYPED, "password": "correct horse", "new-password": "x", "csrf_token": "x", **files},
        content_type="multipart/form-data",
    )
    held = db.session.query(HeldForm).one()
    assert [name for name, _value in held.fields] == ["address", "telephone", "short_name"]
    assert held.omitted == ["电费单.pdf"]
    came_back()
    assert "请重新上传：电费单.pdf" in client.get("/held-form").text


def test_a_field_sent_twice_is_kept_twice(client, admin, db):
    client.post("/organisation/invitations", data={"roles": ["applicant", "organisation_admin"]})
    assert db.session.query(HeldForm).one().fields == [
        ["roles", "applicant"],
        ["roles", "organisation_admin"],
    ]


def test_only_the_hash_of_the_key_is_in_the_database(client, admin, db):
    client.post("/organisation/facts", data=TYPED)
    with client.session_transaction() as session:
        secret = session["held"]
    assert secret not in str(vars(db.session.query(HeldForm).one()))


def test_another_browser_does_not_see_it(client, admin, app):
    client.post("/organisation/facts", data=TYPED)
    assert app.test_client().get("/held-form").status_code == 404


def test_it_can_be_dropped(client, admin, db, came_back):
    client.post("/organisation/facts", data=TYPED)
    came_back()
    assert client.post("/held-form/drop").status_code == 302
    assert db.session.query(HeldForm).count() == 0
    assert client.get("/held-form").status_code == 404


def test_it_is_gone_after_a_day(client, admin, db):
    client.post("/organisation/facts", data=TYPED)
    with travel(now() + timedelta(hours=24, minutes=1)):
        answer = client.get("/held-form")
        assert answer.status_code == 404
        assert sentence("held-form-gone") in answer.text
        operations.hold_form("/x", [], [])
    assert [held.path for held in db.session.query(HeldForm)] == ["/x"]


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_another_site_cannot_put_words_into_the_form(client, admin, db, headers, kept):
    answer = client.post("/organisation/facts", data=TYPED, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert db.session.query(HeldForm).count() == kept


def test_too_much_is_not_kept(client, admin, db):
    client.post("/organisation/facts", data={"address": "x" * (1024 * 1024 + 1)})
    assert db.session.query(HeldForm).count() == 0


def test_nobody_fills_the_house_with_forms(client, admin, db):
    for number in range(61):
        client.post("/organisation/facts", data={"address": str(number)})
    assert db.session.query(HeldForm).count() == 60


def test_a_fragment_is_told_that_nothing_was_saved(client, admin, db):
    answer = client.post("/organisation/facts", data=TYPED, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "这一步没有保存" in answer.text
    assert db.session.query(HeldForm).count() == 0


def test_a_form_without_its_token_is_kept_and_offered_again(csrf_app, client, admin, sign_in, db):
    sign_in(client, admin)
    answer = client.post("/organisation/facts", data=TYPED)
    assert (answer.status_code, answer.location) == (303, "/held-form")
    sent = hidden(client.get("/held-form").text)
    assert sent["csrf_token"]
    sent["address"] = TYPED["address"]
    assert client.post("/organisation/facts", data=sent).location == "/organisation"
    db.session.expire_all()
    assert admin.memberships[0].organisation.address == TYPED["address"]


def test_a_sign_in_form_left_open_keeps_the_address_and_asks_again(csrf_app, client):
    answer = client.post("/sign-in", data={"email": "wang@example.org", "password": "correct horse"})
    assert answer.status_code == 400
    assert sentence("form-left-open") in answer.text
    assert 'value="wang@example.org"' in answer.text
    assert "correct horse" not in answer.text


def test_a_forged_form_is_neither_obeyed_nor_kept(csrf_app, client, admin, sign_in, db):
    sign_in(client, admin)
    answer = client.post("/organisation/facts", data=TYPED, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 400
    assert db.session.query(HeldForm).count() == 0
    db.session.expire_all()
    assert admin.memberships[0].organisation.address == ""


@pytest.mark.parametrize("address", ["/roles", "/account/tokens", "/sign-out", "/sign-up", "/held-form/drop"])
def test_no_form_works_without_its_token(csrf_app, client, admin, sign_in, address):
    sign_in(client, admin)
    assert client.post(address, data={"name": "x"}).location == "/held-form"
