"""A certificate is looked after by hand: checked, changed, suspended, restored, recertified, withdrawn."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from certification.certificate.models import Certificate
from certification.workflow.purpose import recertification_until
from certification.workflow.surveillance import CHECKS
from core import clock
from core.clock import today
from core.db import db
from core.words import word
from demo import products
from demo.cast import engage
from demo.papers import pdf
from demo.road import Road
from demo.stories.life import CLIENT, Later, use_label
from tests.browser import afterwards
from tests.browser.people import sign_in

PRODUCT = "抛釉砖（一生走查）"
AGE = timedelta(days=250)
STOP = "窑炉大修，停产两个月"
CHECKED = ("符合", "一般不符合")
FINDING = "一处旧包装还印着旧商标"


def test_a_certificate_is_checked_changed_suspended_and_restored_by_hand(at, page, house):
    road, number = issued()
    announce(at("officer"), number)
    conduct(at("verifier"))
    demand_and_answer(at("decision"), at(CLIENT), at("verifier"))
    change(at(CLIENT), road, number)
    afterwards.verify(page, number, "证书有效", PRODUCT)
    see_versions(page, at(CLIENT), number)
    afterwards.ask(at(CLIENT), number, "暂停证书", STOP)
    carry_out(at("decision"), number, "暂停证书")
    afterwards.verify(page, number, "证书已暂停", STOP)
    see_label_off(at(CLIENT), number)
    afterwards.ask(at(CLIENT), number, "恢复证书", "大修完成，计量设备已检定")
    afterwards.confirm(at("verifier"), number)
    carry_out(at("decision2"), number, "恢复证书")
    afterwards.verify(page, number, "证书有效", PRODUCT)


def test_a_recertified_certificate_takes_over_and_a_withdrawn_one_bars_its_holder(
    open_page, page, house, demo_clock
):
    road, number = issued()
    with house_open(number) as certificate:
        day = recertification_until(certificate)
    demo_clock(day)
    new = recertify(desk(open_page, CLIENT), road, number, day)
    afterwards.verify(page, number, "证书有效", new)
    afterwards.verify(page, new, "证书还没有生效", PRODUCT)
    with house_open(new) as certificate:
        begins = certificate.begins_on
    demo_clock(begins)
    afterwards.verify(page, number, "证书已过期", new)
    afterwards.verify(page, new, "证书有效", PRODUCT)
    decider = desk(open_page, "decision")
    afterwards.change_status(decider, new, "撤销证书", "弄虚作假或拒绝监督", "拒绝跟踪检查")
    afterwards.verify(page, new, "证书已撤销", "拒绝跟踪检查")


@contextmanager
def house_open(number: str):
    """The certificate, for as long as nobody clicks: whoever reads in here keeps the pages from writing."""
    yield db.session.query(Certificate).filter_by(number=number).one()
    db.session.commit()
    db.session.expire_all()


def issued() -> tuple[Road, str]:
    """A certificate with a licensed label, so old that its first follow-up check may begin."""
    with clock.travel(today() - AGE):
        product = replace(next(products.invented(1)), client=CLIENT, name=PRODUCT)
        road = Road(engage(), product)
        road.to("certified")
        certificate = db.session.query(Certificate).filter_by(application_id=road.application.id).one()
        use_label(road, certificate, lambda _line: None)
        number = certificate.number
    db.session.commit()
    return road, number


def desk(open_page, person: str) -> Page:
    page = open_page()
    sign_in(page, person)
    return page


def open_check(page: Page, named: str, said: str) -> None:
    """A follow-up check of the list, on whichever of its pages it stands."""
    row = page.locator("tbody tr").filter(has_text=named).filter(has_text=said)
    for number in range(1, 30):
        page.goto(f"/certification/surveillance/?page={number}")
        if row.count():
            break
    row.first.get_by_role("rowheader").get_by_role("link").first.click()


def announce(page: Page, number: str) -> None:
    open_check(page, number, "之间")
    page.get_by_label("检查日期").fill(today().isoformat())
    page.get_by_label("人日数").fill("1")
    page.get_by_label("叶笙").first.check()
    page.locator("#form").get_by_role("button", name="下达检查通知").click()
    expect(page.get_by_text("已通知").first).to_be_visible()


def conduct(page: Page) -> None:
    """Seven items, one of them found wanting."""
    open_check(page, PRODUCT, "已通知")
    for slug in CHECKS:
        group = page.get_by_role("radiogroup", name=str(word(f"surveillance_check.{slug}")))
        group.get_by_label(CHECKED[slug == "label_use"], exact=True).check()
    page.get_by_label(f"看到的事实：{word('surveillance_check.label_use')}").fill(FINDING)
    page.get_by_label("实际人日数").fill("1")
    page.locator("#form").get_by_role("button", name="提交检查记录").click()
    expect(page.get_by_text("已实施，待结论").first).to_be_visible()


def demand_and_answer(decider: Page, holder: Page, verifier: Page) -> None:
    open_check(decider, PRODUCT, "待结论")
    place = decider.url
    decider.get_by_role("link", name="要求整改").click()
    decider.get_by_label("理由").fill("清理旧包装")
    decider.get_by_label("整改期限").fill((today() + timedelta(days=30)).isoformat())
    decider.locator("#form").get_by_role("button", name="要求整改").click()
    expect(decider.get_by_text("整改中").first).to_be_visible()
    holder.goto(place)
    form = holder.get_by_role("form", name="提交整改答复，NC-01")
    form.get_by_label("整改情况").fill("旧包装已销毁")
    form.get_by_label("整改证据").set_input_files(
        {"name": "销毁记录.pdf", "mimeType": "application/pdf", "buffer": pdf("销毁记录")}
    )
    form.get_by_role("button", name="提交整改答复").click()
    expect(holder.get_by_text("旧包装已销毁").first).to_be_visible()
    verifier.goto(place)
    form = verifier.get_by_role("form", name="接受并关闭，NC-01")
    form.get_by_label("理由").fill("销毁记录与台账一致")
    form.get_by_role("button", name="接受并关闭").click()
    expect(verifier.get_by_text("已关闭").first).to_be_visible()
    decider.goto(f"{place}?step=pass")
    decider.get_by_label("理由").fill("整改有效，认证继续有效")
    decider.locator("#form").get_by_role("button", name="结论：合格").click()
    expect(decider.get_by_text("整改有效，认证继续有效").first).to_be_visible()


def change(page: Page, road: Road, number: str) -> None:
    """The holder asks with one button; what follows is the road every case walks."""
    afterwards.life_of(page, number)
    page.get_by_role("button", name="提出变更").click()
    expect(page.get_by_text("已按现有证书填好草稿")).to_be_visible()
    with house_open(number) as certificate:
        walk(road, certificate, "change", ("documents",))


def walk(road: Road, certificate: Certificate, purpose: str, parts: tuple = ()) -> None:
    case = Later.__new__(Later)
    case.__dict__ |= vars(road)
    case.certificate, case.purpose, case.parts = certificate, purpose, parts
    [case.application] = certificate.open_cases
    case.to("certified")


def see_versions(page: Page, holder: Page, number: str) -> None:
    page.goto(f"/certificates/{number}")
    expect(page.get_by_text("第 1 版", exact=True)).to_be_visible()
    expect(page.get_by_text("换发").first).to_be_visible()
    afterwards.life_of(holder, number)
    expect(holder.get_by_text("第 2 版").first).to_be_visible()


def carry_out(page: Page, number: str, what: str) -> None:
    """What was asked for stands in the form; the decision maker signs it."""
    page.goto("/certification/surveillance/")
    page.get_by_role("link", name=what).filter(has_text=PRODUCT).first.click()
    page.get_by_role("link", name=f"办理：{what}").click()
    page.locator("#form").get_by_role("button", name=what).click()
    expect(page.get_by_text(f"已办：{what}")).to_be_visible()
    afterwards.life_of(page, number)
    expect(page.get_by_text("已办理").first).to_be_visible()


def see_label_off(page: Page, number: str) -> None:
    afterwards.life_of(page, number)
    expect(page.get_by_text("标签已停用")).to_be_visible()


def recertify(page: Page, road: Road, number: str, day: date) -> str:
    """The number of the certificate that takes over."""
    afterwards.life_of(page, number)
    page.get_by_role("button", name="提出再认证").click()
    expect(page.get_by_text("已按现有证书填好草稿")).to_be_visible()
    with clock.travel(day), house_open(number) as certificate:
        walk(road, certificate, "recertification")
        return certificate.replaced_by.number
