"""What Back brings up: nothing of whoever signed out, everything of whoever is still typing."""

import re

from playwright.sync_api import expect

from tests.browser import applying
from tests.browser.people import sign_in


def test_after_sign_out_back_shows_nothing_of_the_account(open_page):
    page = open_page()
    sign_in(page, "applicant")
    page.goto("/certification/")
    page.goto("/account")
    mail = "applicant@demo.example"
    expect(page.get_by_text(mail).first).to_be_visible()
    page.get_by_role("banner").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in")
    page.go_back()
    page.wait_for_url(re.compile(r"/sign-in\?next="))
    expect(page.get_by_text(mail)).to_have_count(0)
    page.go_back()
    page.wait_for_url(re.compile(r"/sign-in\?next="))


def test_back_to_a_form_keeps_what_was_typed_while_signed_in(open_page):
    page = open_page()
    sign_in(page, "applicant")
    applying.begin(page)
    page.get_by_role("link", name="产品与型号").click()
    page.get_by_label("系列").fill("雅光系列")
    page.goto("/help")
    page.go_back()
    expect(page.get_by_label("系列")).to_have_value("雅光系列")


def test_who_leaves_a_form_too_long_to_send_behind_the_page_is_asked_first(open_page):
    page = open_page()
    sign_in(page, "applicant")
    applying.begin(page)
    page.get_by_role("link", name="产品与型号").click()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("[data-autosave]").evaluate(  # a locator waits for the page that the link leads to
        "box => box.closest('form').insertAdjacentHTML("
        "'beforeend', `<textarea name=long>${'x'.repeat(70000)}</textarea>`)"
    )
    page.get_by_label("系列").fill("雅光系列")
    page.evaluate("location.assign('/help')")
    page.wait_for_function("document.readyState === 'complete'")
    expect(page.get_by_label("系列")).to_have_value("雅光系列")
    assert asked == ["beforeunload"]
