"""A case is sent back, mended field by field, and read again; nothing typed is lost on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.db import db
from demo.cast import engage
from demo.road import Road
from demo.stories import corrections
from tests.browser import applying, judging
from tests.browser.people import give_password

POINTS = (
    ("商标", "填写注册商标"),
    ("生产企业地址", "写到门牌号"),
    ("营业执照副本", "执照副本缺第二页"),
)


@pytest.fixture
def staged(house):
    """staged(state, name): a case set up through the operations, its product called so."""

    def stage(state: str, name: str) -> str:
        Road(engage(), corrections.tile(name)).to(state)
        db.session.commit()
        return name

    return stage


def test_three_points_are_listed_only_they_are_open_and_the_reviewer_reads_the_difference(at, staged):
    product = staged("submitted", "补正走查砖")
    send_back(at("intake"), product)
    mend(at("applicant"), product)
    read_again(at("intake"), product)


def send_back(page: Page, product: str) -> None:
    """One point noted while reading, the others written on the list; all are sent together."""
    applying.open_case(page, product)
    page.get_by_role("navigation", name="卷宗章节").get_by_role("link", name="主体与产品").click()
    page.get_by_text("记一条补正意见").click()
    page.get_by_label("位置").first.select_option(label=POINTS[0][0])
    page.get_by_label("要补正什么").first.fill(POINTS[0][1])
    page.get_by_role("button", name="记下，一起发出").click()
    expect(page.get_by_text("已记下一条补正意见")).to_be_visible()
    form = judging.open_step(page, product, "要求补正")
    expect(form.get_by_role("group", name="第 1 项").get_by_label("要补正什么")).to_have_value(POINTS[0][1])
    for number, (place, text) in enumerate(POINTS[1:], start=2):
        line = form.get_by_role("group", name=f"第 {number} 项")
        line.get_by_label("位置").select_option(label=place)
        line.get_by_label("要补正什么").fill(text)
    expect(form.get_by_text("已自动保存，还没有提交")).to_be_visible()
    form.get_by_role("button", name="要求补正").click()
    judging.done(page, "要求补正")


def mend(page: Page, product: str) -> None:
    applying.open_case(page, product)
    points = page.get_by_role("region", name="补正意见")
    for place, text in POINTS:
        expect(points.get_by_text(text)).to_be_visible()
        expect(points.get_by_role("link", name=f"去修改 {place}")).to_be_visible()
    points.get_by_role("link", name="去修改 商标").click()
    expect(page.get_by_label("产品名称")).not_to_be_editable()
    page.get_by_role("textbox", name=re.compile("^商标")).fill("云陶")
    page.get_by_label("补正意见：商标").fill("已填写注册商标")
    page.get_by_role("button", name="保存，稍后再填").click()
    page.get_by_role("link", name="去修改 生产企业地址").click()
    expect(page.get_by_role("region", name="生产者").get_by_label("地址")).not_to_be_editable()
    factory = page.get_by_role("region", name="生产企业", exact=True)
    factory.get_by_label("生产企业地址", exact=True).fill("江苏省无锡市宜兴市丁蜀镇示例路 18 号 2 幢")
    page.get_by_label("补正意见：生产企业地址").fill("已写到幢号")
    page.get_by_role("button", name="保存，稍后再填").click()
    hand_in_licence(page)
    page.get_by_role("link", name="核对并提交补正").click()
    expect(page.get_by_role("region", name="与上次提交相比改了什么")).to_contain_text("云陶")
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_text("补正已提交").first).to_be_visible()


def hand_in_licence(page: Page) -> None:
    page.get_by_role("link", name="去修改 营业执照副本").click()
    licence = page.get_by_role("region", name="营业执照副本")
    licence.locator("input[type=file]").set_input_files(applying.paper("新执照.pdf"))
    licence.get_by_role("button", name="上传").click()
    expect(page.get_by_role("link", name="新执照.pdf", exact=True)).to_be_visible()
    licence.get_by_role("button", name="移去 business_licence.pdf").click()
    expect(licence.get_by_role("link", name="business_licence.pdf")).to_have_count(0)
    expect(page.get_by_role("region", name="认证委托书").locator("input[type=file]")).to_have_count(0)
    page.get_by_label("补正意见：营业执照副本").fill("已补交第二页")
    page.get_by_role("button", name="保存答复").click()
    page.get_by_role("link", name="返回申请").click()


def read_again(page: Page, product: str) -> None:
    applying.open_case(page, product)
    told = page.get_by_role("group", name="逐项差异")
    for said in ("云陶", "2 幢", "新执照.pdf", "已写到幢号"):
        expect(told).to_contain_text(said)
    expect(told.get_by_role("link", name="business_licence.pdf")).to_be_visible()


def test_what_is_typed_survives_an_expired_sign_in_by_itself(open_page, at, staged):
    product = staged("in_review", "草稿走查砖")
    text = "评审过程完整，数据可信，结论有据。"
    page = open_page(pardoned=401)
    page.goto("/sign-in")
    give_password(page, "review")
    form = judging.open_step(page, product, "提交复核意见")
    form.get_by_label("复核意见").fill(text)
    expect(form.get_by_text("已自动保存，还没有提交")).to_be_visible()
    page.context.clear_cookies(name="session")
    form.get_by_label("复核意见").fill(f"{text}又写了一句。")
    told = page.get_by_role("alert").filter(has_text="登录已失效")
    expect(told).to_be_visible()
    with page.context.expect_page() as opened:
        told.get_by_role("link").click()
    give_password(opened.value, "review")
    opened.value.close()
    form.get_by_label("复核意见").press_sequentially("再写一句。")
    expect(form.get_by_text("已自动保存，还没有提交")).to_be_visible()
    expect(told).to_be_hidden()
    page.reload()
    expect(page.get_by_text("填的内容没有提交，还在")).to_be_visible()
    page.get_by_role("link", name="恢复这些内容").click()
    expect(page.get_by_role("textbox", name="复核意见")).to_have_value(f"{text}又写了一句。再写一句。")
