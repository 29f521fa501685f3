"""In which language a page speaks: the address, the cookie, the account, the browser, Chinese."""

import pytest

from accounts.session import locale_selector
from tests import factories


@pytest.mark.parametrize(
    ("address", "cookie", "browser", "spoken"),
    [
        ("/", "", "", "zh"),
        ("/", "", "en-GB,en;q=0.9", "en"),
        ("/", "", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("/", "", "fr", "zh"),
        ("/", "zh", "en", "zh"),
        ("/", "en", "zh", "en"),
        ("/", "fr", "en", "en"),
        ("/?lang=en", "zh", "zh", "en"),
        ("/?lang=zh", "en", "en", "zh"),
        ("/?lang=fr", "en", "zh", "en"),
    ],
)
def test_who_asks_more_plainly_is_heard_first(app, address, cookie, browser, spoken):
    headers = {"Accept-Language": browser}
    if cookie:
        headers["Cookie"] = f"lang={cookie}"
    with app.test_request_context(address, headers=headers):
        assert locale_selector() == spoken


def test_outside_of_a_request_it_is_chinese(app):
    assert locale_selector() == "zh"


def test_the_account_is_heard_before_the_browser(client, db, sign_in):
    user = factories.user(factories.organisation(), language="en")
    db.session.commit()
    sign_in(client, user)
    assert "My account" in client.get("/account", headers={"Accept-Language": "zh"}).text


def test_the_switch_sets_the_language_and_comes_back_to_the_page(client):
    answer = client.get("/language/en?next=/catalog/?q%3Dtile")
    assert (answer.status_code, answer.location) == (302, "/catalog/?q=tile")
    cookie = client.get_cookie("lang")
    assert (cookie.value, cookie.http_only, cookie.same_site) == ("en", True, "Lax")
    assert "Sign in" in client.get("/sign-in").text
    client.get("/language/zh")
    assert "登录" in client.get("/sign-in").text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_the_switch_leads_to_no_other_site(client, target):
    assert client.get("/language/en", query_string={"next": target}).location == "/"


def test_a_language_that_is_not_spoken_here_is_no_switch(client):
    assert client.get("/language/fr").status_code == 404


def test_a_page_asked_for_in_a_language_is_shown_in_it_and_changes_nothing(client):
    assert "Sign in" in client.get("/sign-in?lang=en").text
    assert client.get_cookie("lang") is None
    assert "登录" in client.get("/sign-in").text
