"""Every type of page, before checkers that others wrote; `script/check` runs it, each change could not."""

from functools import partial

import pytest
from playwright.sync_api import Browser, BrowserContext, Error

from accounts.session import LANGUAGE_COOKIE
from tests.walk.outside.checkers import equal_access, nu
from tests.walk.page_types import page_types
from tests.walk.steps import Walker

SITE = "http://localhost"
PATIENCE_MS = 180_000  # for one page, on a machine that does much else


@pytest.fixture(scope="session")
def types(opened):
    found = page_types(opened)
    assert found
    return found


@pytest.fixture
def shown(walked, secrets, language):
    """shown(person): the client of this person, who reads in the language of the test."""
    walkers = {}

    def client(person: str):
        if person not in walkers:
            walkers[person] = Walker(walked, person, secrets).client
            walkers[person].set_cookie(LANGUAGE_COOKIE, language)
        return walkers[person]

    return client


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_nu_checker_finds_nothing(types, shown, language, tmp_path):
    for each in types:
        answer = shown(each.person).get(each.address)
        (tmp_path / f"{each.endpoint}.html").write_bytes(answer.data)
    assert list(nu(sorted(tmp_path.iterdir()))) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_equal_access_finds_nothing(types, shown, browser, language):
    found = {}
    for each in types:
        with patient(browser) as context:
            if said := said_of(context, shown(each.person), each.address):
                found[each.endpoint] = said
    assert found == {}


def patient(browser: Browser) -> BrowserContext:
    context = browser.new_context(base_url=SITE, bypass_csp=True)
    context.set_default_timeout(PATIENCE_MS)
    return context


def said_of(context: BrowserContext, client, address: str) -> list[str]:
    """What is said of one page, also that the browser could not show it, which keeps no other from it."""
    try:
        page = context.new_page()
        page.route("**/*", partial(fulfil, client))
        page.goto(address)
        return equal_access(page)
    except Error as error:
        return [error.message]


def fulfil(client, route) -> None:
    """The browser's question, asked of the app without a line between them."""
    asked = route.request
    answer = client.get(asked.url.removeprefix(SITE), headers={"Accept": asked.headers.get("accept", "*/*")})
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)


def test_both_checkers_hear_what_is_wrong(browser, tmp_path):
    wrong = '<!doctype html><html lang="en"><title>a</title><p id="a"></p><p id="a"></p><img src="/a.png">'
    wrong += '<p tabindex="0">b</p>'
    (tmp_path / "wrong.html").write_text(wrong)
    assert [said for said in nu([tmp_path / "wrong.html"]) if "Duplicate ID" in said]
    page = browser.new_page()
    page.set_content(wrong)
    said = " ".join(equal_access(page))
    assert all(rule in said for rule in ("img_alt_valid", "element_tabbable_role_valid", "aria_content_in"))
