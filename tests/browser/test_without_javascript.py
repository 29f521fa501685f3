"""Whoever has no JavaScript applies by the same pages, only with more of them."""

from playwright.sync_api import expect

from tests.browser import applying
from tests.browser.people import sign_in

PRODUCT = "浅灰瓷抛砖"


def test_an_application_is_filled_and_submitted_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    sign_in(page, "applicant")
    applying.begin(page)
    applying.name_parties(page)
    applying.describe_product(page, PRODUCT)
    applying.hand_in_files(page)
    applying.period_and_output(page)
    for source in applying.SOURCES:
        row = applying.new_row(page, source)
        applying.fill_row(row, source)
        row.get_by_label("因子代码").fill(source.factor)
    page.get_by_role("button", name="重新计算").last.click()
    total = page.get_by_role("complementary", name="实时碳足迹").locator("[data-total]")
    expect(total).to_have_text(applying.FOOTPRINT)
    page.get_by_role("button", name="保存，返回申请").click()
    applying.submit(page)
    expect(page.get_by_role("main")).to_contain_text("已提交")
