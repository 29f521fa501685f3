"""Who may come in at /api/: bearer tokens; sessions only to read."""

from datetime import timedelta

import pytest

from accounts import operations
from core import clock
from tests import factories

CLOSED, OPEN = "/api/v1/applications", "/api/v1/schemes"


@pytest.fixture
def user(db):
    return factories.user(factories.organisation(), "applicant")


@pytest.fixture
def token(user):
    return operations.create_token(user.memberships[0].actor(), "脚本")


def bearing(secret, scheme="Bearer"):
    return {"Authorization": f"{scheme} {secret}"}


def refused(answer, slug):
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json["slug"] == slug
    assert answer.json["title"]
    return True


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_token_the_api_is_closed(client, method):
    assert refused(getattr(client, method)(CLOSED), "sign-in-needed")


def test_what_is_open_is_open(client):
    assert client.get(OPEN).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_opens_the_api(client, token, scheme):
    assert client.get(CLOSED, headers=bearing(token[1], scheme)).status_code == 200


@pytest.mark.parametrize("secret", ["tb_wrong", "", "tb_wrong with more"])
@pytest.mark.parametrize("address", [CLOSED, OPEN])
def test_a_wrong_token_is_refused_even_where_none_is_asked(client, address, secret):
    assert refused(client.get(address, headers=bearing(secret)), "token-refused")


def test_a_revoked_token_is_refused(client, token, user):
    operations.revoke_token(user.memberships[0].actor(), token[0].id)
    assert refused(client.get(CLOSED, headers=bearing(token[1])), "token-refused")


def test_another_scheme_is_no_token(client, token):
    assert refused(client.get(CLOSED, headers=bearing(token[1], "Basic")), "sign-in-needed")


def test_a_session_reads_but_does_not_write(client, user, sign_in):
    sign_in(client, user)
    assert client.get(CLOSED).status_code == 200
    assert refused(client.post(CLOSED, json={}), "sign-in-needed")


def test_a_token_opens_no_page(client, token):
    assert client.get("/account", headers=bearing(token[1])).status_code == 303


def test_the_api_asks_for_no_form_token_since_no_browser_sends_its_bearer_along(csrf_app, client, token):
    answer = client.post(CLOSED, json={}, headers=bearing(token[1]))
    assert answer.status_code != 400 or answer.json["slug"] != "form-left-open"
    assert answer.status_code not in (302, 303, 401, 403)


def test_an_expired_token_is_told_so(client, token, db):
    token[0].expires_on = clock.today() - timedelta(days=1)
    refused(client.get(CLOSED, headers=bearing(token[1])), "token-expired")
