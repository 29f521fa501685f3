"""An edition goes its whole way by hand: confirmed, objected to, approved, published, corrected, followed."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select

from certification.certificate.models import Certificate
from core.db import db
from demo.cast import engage
from procurement.models import Edition
from tests.browser import afterwards
from tests.browser.people import sign_in

CAUSE = "监督发现不符合，可以整改"
NONE = re.compile(r"^\s*0 行")
OBJECTED = "铭牌上的型号与清单不一致（清单走查）"
CORRECTED = "生产者名称以营业执照为准（清单走查）"
SUSPENDED = "窑炉大修，停产两个月（清单走查）"


def test_an_edition_goes_its_whole_way_by_hand(at, open_page, page, house, demo_clock):
    number, last, own, objected, suspended = under_way()
    confirm(at("applicant"), own)
    decide(at("list2"), bring(page, number, objected, OBJECTED), "核对证书，铭牌确有不同")
    demo_clock(last + timedelta(days=1))
    for approver in ("list2", "regulator"):
        approve(desk(open_page, approver), number)
    editor = desk(open_page, "list")
    publish(editor, number)
    expect(found(page, number, objected)).to_have_text(NONE)
    expect(found(page, number, own)).not_to_have_text(NONE)
    said = bring(page, number, own, CORRECTED)
    decide(desk(open_page, "list2"), said, "登记信息已经变更", "内容更正", CORRECTED)
    page.goto(f"/procurement/lists/{number}")
    expect(page.get_by_role("region", name="更正公告")).to_contain_text(CORRECTED)
    afterwards.change_status(desk(open_page, "decision"), suspended, "暂停证书", CAUSE, SUSPENDED)
    page.goto(f"/procurement/lists/{number}")
    expect(page.get_by_role("region", name="公布之后的变动")).to_contain_text(SUSPENDED)
    difference = draw_up_next(editor, number)
    expect(difference).to_contain_text(suspended)
    expect(difference).not_to_contain_text(own)


def under_way() -> tuple[str, object, str, str, str]:
    """The edition in its notice with its last day, and three certificates of it: one of the maker who is
    shown, one that is objected to, one of the body whose decision maker is to suspend it."""
    cast = engage()
    edition = db.session.scalars(select(Edition).where(Edition.is_in_notice)).one()
    numbers = list(dict.fromkeys(line.number for line in edition.lines))
    query = select(Certificate).where(Certificate.number.in_(numbers)).order_by(Certificate.id)
    maker, body = (cast.actor(f"{name}@demo.example").organisation_id for name in ("applicant", "decision"))
    valid = [each for each in db.session.scalars(query) if each.state == "valid" and not each.replaced_by]
    own = next(each.number for each in valid if each.holder_id == maker)
    suspended = next(each.number for each in valid if each.body_id == body and each.number != own)
    objected = next(each.number for each in valid if each.number not in (own, suspended))
    told = edition.number, edition.notice_to, own, objected, suspended
    db.session.commit()
    return told


def desk(open_page, person: str) -> Page:
    page = open_page()
    sign_in(page, person)
    return page


def confirm(maker: Page, number: str) -> None:
    maker.goto("/procurement/confirmations/")
    form = maker.locator(f"form[action$='/{number}']")
    form.get_by_label("确认供货").check()
    form.get_by_label("联系人和电话").fill("清单走查 0510-0000000")
    form.get_by_label("我单位作出上面的承诺").check()
    form.get_by_role("button", name="保存答复").click()
    product = maker.locator("section.card").filter(has_text=number)
    expect(product).to_contain_text("我单位承诺，清单所列型号与证书一致")


def bring(page: Page, edition: str, certificate: str, text: str) -> str:
    """Anybody says so from the page of the edition; the number of what was brought."""
    page.goto(f"/procurement/lists/{edition}")
    page.get_by_role("main").get_by_role("link", name="异议和更正").first.click()
    page.get_by_role("link", name="提出异议或更正").click()
    page.get_by_label("证书编号").fill(certificate)
    page.get_by_label("事实和理由").fill(text)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到")
    return re.search(r"(YY|GZ)-\d{4}-\d{5}", page.get_by_role("main").inner_text())[0]


def decide(decider: Page, number: str, reason: str, remedy: str = "", corrected: str = "") -> None:
    decider.goto("/procurement/objections/")
    decider.get_by_role("link", name=number).click()
    form = decider.get_by_role("form", name="认定成立")
    form.get_by_label("理由").fill(reason)
    if remedy:
        form.get_by_label(remedy).check()
        form.get_by_label("更正为").fill(corrected)
    form.get_by_role("button", name="认定成立").click()
    expect(form).to_have_count(0)
    expect(decider.get_by_role("main")).to_contain_text(reason)


def approve(page: Page, edition: str) -> None:
    open_edition(page, edition)
    form = page.get_by_role("form", name="批准公布")
    form.get_by_role("button").click()
    expect(page.get_by_role("main")).to_contain_text("您已经批准过")


def publish(page: Page, edition: str) -> None:
    open_edition(page, edition)
    form = page.get_by_role("form", name="公布", exact=True)
    form.get_by_label("文号").fill("演示〔2026〕4号")
    form.get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="已公布")).to_contain_text("SHA-256")


def open_edition(page: Page, edition: str) -> None:
    page.goto("/procurement/editions/")
    row = page.get_by_role("row").filter(has_text=f"第 {edition} 期")
    row.get_by_role("link").click()


def found(page: Page, edition: str, certificate: str):
    """What the page says of how many lines of the edition a certificate has."""
    page.goto(f"/procurement/lists/{edition}?q={certificate}")
    return page.get_by_role("status").filter(has_text="全期")


def draw_up_next(page: Page, edition: str):
    """Also shown for objection, so that whoever walks next finds one under way; how it differs."""
    page.goto("/procurement/editions/")
    page.get_by_label("清单名称").fill("江苏省低碳产品政府采购清单（清单走查，演示数据）")
    page.get_by_role("button", name="起草", exact=True).click()
    page.get_by_role("form", name="开始公示").get_by_role("button").click()
    expect(page.get_by_role("link", name="公众看到的页面")).to_be_visible()
    return page.get_by_role("region", name=f"与第 {edition} 期相比")
