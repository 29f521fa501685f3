"""A body's first week: its people, what each of them may do, the plan of a case, and the list of cases."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.clock import today
from core.db import db
from demo.cast import engage
from demo.stories import retest
from tests.browser import judging
from tests.browser.applying import declare, open_case, paper

BODY_CASE, NEW, EMAIL = "抛釉砖（第一周走查）", "新来的", "first-week@tanbiao.test"
PASSWORD = "first week at the body"
LEAD, PLACE = "核查组长", "二号生产场所"
SINCE, TO = re.compile(r"^自( |$)"), re.compile(r"^至( |$)")


def until() -> str:
    return (today() + timedelta(days=365)).isoformat()


@pytest.fixture
def road(house):
    """A case that was accepted, and that nobody of the body answers for."""
    begun = retest.Case(engage(), retest.tile(BODY_CASE))
    begun.to("accepted")
    db.session.commit()
    return begun


def test_a_body_finds_its_people_and_plans_its_first_case(at, open_page, road):
    newcomer = join(open_page(pardoned=403), invite(at("officer")))
    propose_a_role(at("officer"))
    approve_the_role(at("head"))
    enter_into_the_register(at("regulator"))
    plan_refuses_whom_nobody_found_competent(at("officer"), road)
    find_competent(at("officer"))
    approve_the_competence(at("head"))
    plan(at("officer"))
    begin_work(newcomer)


def invite(page: Page) -> str:
    """The link, which is shown once."""
    page.goto("/organisation")
    page.get_by_role("link", name="邀请同事").click()
    page.get_by_label("邮箱").fill(EMAIL)
    page.get_by_role("button", name="生成邀请链接").click()
    return page.locator("#link").inner_text()


def join(page: Page, link: str) -> Page:
    """Whoever comes by the link has an account, a seat, and no role."""
    page.goto(link)
    page.get_by_label("您的姓名").fill(NEW)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="开通账号并加入").click()
    expect(page.get_by_text("您已加入。角色由本单位一人提名、另一人批准后生效。")).to_be_visible()
    assert page.goto("/certification/reviews/").status == 403
    return page


def propose_a_role(page: Page) -> None:
    page.goto("/organisation")
    page.get_by_role("link", name=f"调整 {NEW}").click()
    form = page.get_by_role("form", name="提名角色")
    form.get_by_role("checkbox", name=LEAD).check()
    form.get_by_label(SINCE).fill(today().isoformat())
    form.get_by_label(TO).fill(until())
    form.get_by_label("任命依据").fill("任命文件 2026-01")
    form.get_by_label("证据文件").set_input_files(paper("任命.pdf"))
    form.get_by_role("button", name="提名", exact=True).click()
    waiting = page.get_by_role("region", name=f"{NEW}：{LEAD}")
    expect(waiting.get_by_text("由另一人批准。")).to_be_visible()
    expect(waiting.get_by_role("button", name="批准", exact=True)).to_have_count(0)


def approve_the_role(page: Page) -> None:
    page.goto("/organisation/roles")
    waiting = page.get_by_role("region", name=f"{NEW}：{LEAD}")
    expect(waiting.get_by_role("link", name="任命.pdf")).to_be_visible()
    waiting.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("已批准").first).to_be_visible()
    expect(waiting.get_by_role("button")).to_have_count(0)


def enter_into_the_register(page: Page) -> None:
    who = {"人员": NEW, "注册号": "DEMO-FIRST-WEEK"}
    page.goto("/certification/registers/people/new")
    page.get_by_role("radio").first.check()
    page.get_by_label("人员", exact=True).select_option(label=who["人员"])
    page.get_by_label("注册号", exact=True).fill(who["注册号"])
    for family in page.get_by_role("checkbox").all():
        family.check()
    page.get_by_label("有效期自").fill(today().isoformat())
    page.get_by_label("有效期至").fill(until())
    with page.expect_navigation():
        page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".errsum")).to_have_count(0)


def plan_refuses_whom_nobody_found_competent(page: Page, road: retest.Case) -> None:
    """The case is taken from those that nobody answers for; its plan shows the newcomer, and why not yet."""
    take_on(page)
    road.to("contracted")
    db.session.commit()
    form = judging.open_step(page, BODY_CASE, "下达评审方案")
    expect(form.get_by_role("group", name=LEAD).get_by_role("checkbox", name=NEW)).to_be_disabled()


def take_on(page: Page) -> None:
    page.goto("/certification/reviews/?view=unassigned")
    page.get_by_label("案卷号、产品、企业").fill(BODY_CASE)
    page.get_by_role("button", name="筛选").click()
    line = page.get_by_role("row").filter(has_text=BODY_CASE)
    expect(line.get_by_text("未分派")).to_be_visible()
    number = re.search(r"[A-Z]+-\d{4}-\d+", line.inner_text())[0]
    page.get_by_role("link", name="分派案卷").click()
    page.get_by_role("checkbox", name=f"选择案卷 {number}").check()
    page.get_by_role("combobox", name="移交给").select_option(label="林策")
    page.get_by_label("原因").fill("新到案卷，由我负责。")
    page.get_by_role("button", name="移交所选案卷").click()
    expect(page.get_by_text("已移交 1 个案卷")).to_be_visible()
    page.goto("/certification/reviews/?view=own")
    expect(page.get_by_role("row").filter(has_text=BODY_CASE).get_by_text("林策")).to_be_visible()
    page.goto("/certification/reviews/?view=unassigned")
    expect(page.get_by_role("row").filter(has_text=BODY_CASE)).to_have_count(0)


def find_competent(page: Page) -> None:
    page.goto("/certification/impartiality/competences")
    form = page.get_by_role("form", name="提出能力评价")
    form.get_by_label("人员").select_option(label=NEW)
    form.get_by_role("checkbox", name="现场核查").check()
    for family in form.get_by_role("checkbox", name="全部产品").all():
        family.check()
    form.get_by_label("评价依据").fill("内部评定记录 2026-01")
    form.get_by_label("证据文件").set_input_files(paper("评定.pdf"))
    form.get_by_label(SINCE).fill(today().isoformat())
    form.get_by_label(TO).fill(until())
    form.get_by_role("button", name="提出").click()
    expect(page.get_by_text("已提出，请另一人批准。")).to_be_visible()


def approve_the_competence(page: Page) -> None:
    """Every finding that waits for the newcomer, one page after another, each on its evidence."""
    page.goto("/certification/impartiality/competences")
    mine = page.get_by_role("row").filter(has_text=NEW)
    waiting = mine.filter(has_text="待另一人批准")
    for left in range(waiting.count(), 0, -1):
        expect(waiting).to_have_count(left)
        waiting.first.get_by_role("link").click()
        expect(page.get_by_role("link", name="评定.pdf")).to_be_visible()
        page.get_by_role("button", name="批准", exact=True).click()
        judging.done(page, "批准")
        page.goto("/certification/impartiality/competences")
    expect(waiting).to_have_count(0)
    assert mine.count()


def plan(page: Page) -> None:
    """People, days, and a second site that somebody of the team goes to."""
    form = judging.open_step(page, BODY_CASE, "下达评审方案")
    form.get_by_role("group", name="文件评审员").get_by_role("checkbox", name="苏禾").check()
    form.get_by_role("group", name=LEAD, exact=True).get_by_role("checkbox", name=NEW).check()
    form.get_by_role("radio", name="金陵示例检测技术有限公司").check()
    form.get_by_label("现场人日数").fill("20")
    form.get_by_label("现场核查开始").fill(today().isoformat())
    form.get_by_label("现场核查结束").fill((today() + timedelta(days=29)).isoformat())
    form.get_by_text("生产企业以外的生产场所").click()
    site = form.get_by_role("group", name="场所 1", exact=True)
    site.get_by_label("名称").fill(PLACE)
    site.get_by_label("地址").fill("江苏省宜兴市示例路 2 号")
    site.get_by_label("人日数").fill("8")
    site.get_by_role("checkbox", name=NEW).check()
    form.get_by_role("button", name="下达评审方案").click()
    judging.done(page, "下达评审方案")


def begin_work(page: Page) -> None:
    """The newcomer finds the case among what is theirs to do, and is asked for a tie first."""
    page.goto("/certification/reviews/?view=mine")
    page.get_by_role("row").filter(has_text=BODY_CASE).get_by_role("link", name=BODY_CASE).click()
    assert "/impartiality/cases/" in page.url
    declare(page)
    open_case(page, BODY_CASE)
    page.goto(f"{page.url.partition('?')[0]}/inspect")
    expect(page.get_by_role("main").get_by_text(PLACE).first).to_be_visible()
