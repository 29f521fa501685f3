"""A refusal is read with its reasons, appealed against, annulled by other hands, and the case goes on."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.afterwards import drawn
from tests.browser.applying import open_case, paper

PRODUCT = "申诉釉面砖"
GROUNDS = "两项整改的证据在决定前已经备齐，请求重新评价。"


@pytest.fixture
def refused(house):
    """The case, brought up to its refusal; its findings as people were told them."""
    from demo.cast import engage
    from demo.stories import refusal_and_appeal as story

    story.refused(engage(), product=story.tile(PRODUCT))
    return [finding["fact"] for finding in story.FINDINGS]


def test_a_refusal_with_its_notice_is_appealed_against_and_annulled(at, refused):
    applicant, officer = at("applicant"), at("appeals")
    read_notice(applicant, refused)
    number = file_appeal(applicant)
    hear(officer, number)
    see_outcome(applicant, number)
    send_back(at("review"))


def read_notice(page: Page, facts: list[str]) -> None:
    open_case(page, PRODUCT)
    page.get_by_role("main").get_by_role("link", name="不予认证决定书").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("不予认证决定书")
    for fact in facts:
        expect(page.get_by_role("main")).to_contain_text(fact)
    with page.expect_response(drawn) as answer:
        page.get_by_role("main").get_by_role("link", name="PDF").click()
    content = page.request.get(answer.value.url).body()
    text = re.sub(r"\s", "", "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(content)).pages))
    assert all(re.sub(r"\s", "", fact) in text for fact in facts)
    assert "提出申诉" in text


def file_appeal(page: Page) -> str:
    open_case(page, PRODUCT)
    page.get_by_role("main").get_by_role("link", name="不予认证决定书").first.click()
    page.get_by_role("link", name="提出申诉").click()
    page.get_by_label("申诉的事实和理由").fill(GROUNDS)
    page.get_by_label("证明材料").set_input_files(paper("整改证据.pdf"))
    page.get_by_role("button", name="提出申诉").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("申诉 SS-")
    return heading.inner_text().split()[-1]


def hear(page: Page, number: str) -> None:
    """By somebody who took no step in the case."""
    page.goto("/certification/appeals/")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("main")).to_contain_text(GROUNDS)
    page.get_by_role("button", name="受理申诉").click()
    page.get_by_role("textbox", name="调查情况").fill("核对了证据的形成日期，均在决定之前。")
    page.get_by_role("button", name="记录调查情况").click()
    page.get_by_role("link", name="作出申诉决定").click()
    page.get_by_role("radio", name="撤销原决定").check()
    page.get_by_label("决定理由").fill("整改事实在决定前已经存在。")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="作出申诉决定").click()
    expect(page.get_by_role("main")).to_contain_text("撤销原决定，重新办理")


def see_outcome(page: Page, number: str) -> None:
    page.goto("/certification/appeals/")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("main")).to_contain_text("整改事实在决定前已经存在。")
    open_case(page, PRODUCT)
    expect(page.get_by_role("main")).to_contain_text("申诉撤销不予认证，重新复核")
    expect(page.get_by_role("main")).to_contain_text("申诉处理决定书")


def send_back(page: Page) -> None:
    """The reviewer has the case again, the refusal no longer standing."""
    open_case(page, PRODUCT)
    page.get_by_role("link", name="退回评审").click()
    page.get_by_label("理由").fill("按申诉决定评价整改证据。")
    page.get_by_role("button", name="退回评审").click()
    expect(page.get_by_role("main")).to_contain_text("评审中")
