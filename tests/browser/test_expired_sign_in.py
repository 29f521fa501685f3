"""A sign-in that runs out while somebody types takes nothing of what was typed."""

from playwright.sync_api import expect

from tests.browser import applying
from tests.browser.people import give_password, sign_in

PRODUCT = "写了很久的产品名称"
SERIES = "雅光系列"


def test_a_long_form_survives_the_end_of_the_sign_in(open_page):
    page = open_page()
    sign_in(page, "applicant")
    applying.begin(page)
    case = page.url
    page.get_by_role("link", name="产品与型号").click()
    page.get_by_label("产品名称").fill(PRODUCT)
    page.get_by_label("系列").fill(SERIES)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url("**/sign-in")
    give_password(page, "applicant")
    expect(page.get_by_role("heading", level=1)).to_have_text("您填的内容还在")
    page.get_by_role("button", name="重新提交").click()
    page.wait_for_url("**/certification/applications/**")
    page.goto(f"{case}/product")
    expect(page.get_by_label("产品名称")).to_have_value(PRODUCT)
    expect(page.get_by_label("系列")).to_have_value(SERIES)


def test_the_live_panel_says_that_the_sign_in_has_ended(open_page):
    page = open_page(pardoned=401)
    sign_in(page, "applicant")
    applying.begin(page)
    page.get_by_role("link", name="活动数据").click()
    page.context.clear_cookies(name="session")
    page.get_by_label("统计期内的合格品产量").fill("1000")
    # What saves by itself may say it as well, and before.
    told = page.get_by_role("alert").filter(has_text="在新窗口登录，再回到这里提交")
    expect(told).to_be_visible()
    expect(page.get_by_label("统计期内的合格品产量")).to_have_value("1000")
