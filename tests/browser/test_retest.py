"""A failed test is made again, and a report is taken back with the certificate that rests on it, by hand."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from core.clock import today
from core.db import db
from demo.cast import engage
from demo.stories import retest
from tests.browser import afterwards, judging
from tests.browser.applying import open_case

PRODUCT = "抛釉砖（复检走查）"
REASON = "首次样品取自同一窑次，另行抽样复检。"
WHY_BACK = "干燥箱超出检定周期，结果不可靠。"


def day() -> str:
    return today().isoformat()


def test_a_failed_test_is_made_again_and_a_report_is_taken_back(at, page, house):
    case = retest.Case(engage(), retest.tile(PRODUCT))
    retest.begin(case)
    retest.fail(case)
    db.session.rollback()
    order_again(at("verifier"))
    accept_order(at("samples"))
    draw_and_send(at("verifier"))
    judging.receive(at("samples"), PRODUCT)
    measure(at("tester"))
    judging.sign_report(at("signatory"), PRODUCT, "JLT-RETEST-1")
    read_results(at("verifier"))
    certificate = certify(case)
    afterwards.verify(page, certificate, "证书有效", PRODUCT)
    take_back(at("signatory"))
    suspend(at("decision"), certificate)
    afterwards.verify(page, certificate, "证书已暂停", WHY_BACK)


def order_again(page):
    open_case(page, PRODUCT)
    page.get_by_role("link", name="检测").first.click()
    expect(page.get_by_text("超出 0.43")).to_be_visible()
    page.get_by_role("link", name="下达复检").click()
    form = form_of(page, "下达检测委托")
    expect(form.get_by_text("原来的不合格结果保留")).to_be_visible()
    form.get_by_label("下达理由").fill(REASON)
    form.get_by_role("button", name="下达检测委托").click()
    judging.done(page, "下达检测委托")


def form_of(page, step: str):
    return page.locator("form").filter(has=page.get_by_role("button", name=step, exact=True))


def accept_order(page):
    judging.open_sample(page, PRODUCT)
    page.get_by_label("预计出报告").fill((today() + timedelta(days=12)).isoformat())
    page.get_by_role("button", name="接受委托", exact=True).click()
    judging.done(page, "接受委托")


def draw_and_send(page):
    open_case(page, PRODUCT)
    page.get_by_role("link", name="检测").first.click()
    drawing = judging.sample_form(page, "记录抽样封样")
    drawing.get_by_label("抽样日期").fill(day())
    drawing.get_by_label("抽样地点").fill("成品库 2 号位")
    drawing.get_by_label("封条号").fill("F-RETEST-1")
    drawing.get_by_role("button").click()
    judging.done(page, "记录抽样封样")
    sending = judging.sample_form(page, "记录寄送")
    sending.get_by_label("承运方").fill("宁运物流")
    sending.get_by_role("button").click()
    judging.done(page, "记录寄送")


def measure(page):
    """Only what failed is asked for again."""
    judging.open_sample(page, PRODUCT)
    rows = page.locator("#record tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_label("吸水率 结果").fill("0.31")
    rows.get_by_label("吸水率 检测日期").fill(day())
    page.get_by_role("button", name="录入检测结果").click()
    judging.done(page, "录入检测结果")


def read_results(page):
    """Both results are there: the one that failed, and the one that counts."""
    open_case(page, PRODUCT)
    page.get_by_role("link", name="检测").first.click()
    expect(page.get_by_text("超出 0.43")).to_be_visible()
    expect(page.get_by_text("0.19 %")).to_be_visible()
    page.get_by_text(re.compile("流转记录")).last.click()
    expect(page.get_by_text("封条 F-RETEST-1").last).to_be_visible()


def certify(case) -> str:
    db.session.expire_all()
    number = retest.certify(case).number
    db.session.rollback()  # whoever reads here must not keep the others from writing
    return number


def take_back(page):
    page.goto("/certification/laboratory/")
    page.get_by_role("link", name="全部委托").click()
    page.get_by_role("searchbox").fill(PRODUCT)
    page.get_by_role("button", name="筛选").click()
    page.locator("tbody tr").last.get_by_role("link").first.click()  # the one that was ordered later
    page.get_by_role("link", name="检测报告 JLT-RETEST-1").click()
    page.get_by_text("撤回报告", exact=True).first.click()
    form = form_of(page, "撤回报告")
    form.get_by_label("理由").fill(WHY_BACK)
    form.get_by_role("button").click()
    judging.done(page, "撤回报告")


def suspend(page, certificate: str):
    page.goto("/certification/evidence/")
    page.get_by_role("link", name="JLT-RETEST-1").click()
    expect(page.get_by_role("link", name=certificate)).to_be_visible()
    page.get_by_label("暂停到").fill((today() + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="暂停 1 张证书").click()
    expect(page.get_by_text("已暂停 1 张证书")).to_be_visible()
