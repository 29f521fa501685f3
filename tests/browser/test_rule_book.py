"""A rule is written from an empty page, taken through comment and approval, and applied under at once."""

import re
from dataclasses import replace
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from certification.application.models import Application
from certification.application.operations.documents import attach_file
from certification.certificate.models import Certificate
from core import clock
from core.clock import today
from core.db import db
from demo import papers
from demo.cast import engage
from demo.products import invented
from demo.road import Product, Road
from tests.browser import ruling
from tests.browser.applying import BODY
from tests.browser.people import sign_in
from tests.schemes.examples import tyre, words

CODE, CATEGORY, RULE, PRODUCT = (
    "lc-tyre-by-hand",
    "轮胎（手写）",
    "低碳产品认证实施规则：手写轮胎",
    "走查轮胎",
)
METHOD, LABORATORY = "GB/T 29040—2024", "金陵示例检测技术有限公司"
COMMENT = 40  # days; the setting asks 30
SHOWN = ["certificate", "public", "filter"]
CHECK = {"slug": "mould_list", "names": words("模具清单与型号一致", "The list of moulds fits the models")}


def rule(effective: date) -> dict:
    """Tyres with grades and classes, two parameters of each model and one of the product."""
    whole = tyre(
        ("/identity/code", CODE),
        ("/identity/version", "1"),
        ("/identity/category", "tyre_by_hand"),
        ("/identity/names/zh", RULE),
        ("/identity/category_names/zh", CATEGORY),
        ("/identity/effective_from", effective.isoformat()),
        ("/parameters/1/shown", SHOWN),
        ("/parameters/5/shown", SHOWN),
        ("/criteria/1/shown", SHOWN),
        ("/derived", []),
        ("/person_days", {"least": "2"}),
        ("/accounting", {"materiality": "0.95"}),
        ("/tests/0/specimens", 1),
        ("/documents/-", {"slug": "energy_records", "names": words("能源记录", "Energy records")}),
        ("/checklists", {"acceptance": [CHECK]}),
    )
    return whole | {"parameters": [whole["parameters"][place] for place in (0, 1, 5)]}


def test_a_rule_written_by_hand_is_applied_under_in_the_next_minute(open_page, page, house, demo_clock):
    def at(person: str) -> Page:
        """Anew each time: the days that pass here end every session."""
        made = open_page()
        sign_in(made, person)
        return made

    start = today()
    effective = start + timedelta(days=COMMENT + 2)
    draft = ruling.write(at("rules"), rule(effective))
    hear_the_public(at, page, draft, start)
    demo_clock(start + timedelta(days=COMMENT + 1))
    publish(at, draft)
    demo_clock(effective)
    with clock.travel(effective):
        take_up(at, effective)
        number = certify(apply(at("applicant")))
    see(page, number)
    find(page)


def hear_the_public(at, anybody: Page, draft: str, start: date) -> None:
    ruling.step(at("rules"), draft, "提交审查", {"改了什么，为什么改": "新规则"})
    days = {"征求意见开始": start, "征求意见截止": start + timedelta(days=COMMENT)}
    ruling.step(
        at("approver"), draft, "开始征求意见", {label: day.isoformat() for label, day in days.items()}
    )
    ruling.comment(anybody, draft, "分级能不能写到标签上？", "一位车主")


def publish(at, draft: str) -> None:
    author, first, second = (at(who) for who in ("rules", "approver", "approver2"))
    ruling.step(first, draft, "结束征求意见，转入修改")
    ruling.answer(author, draft, "部分采纳", "等级写在证书和公开页上。")
    ruling.step(author, draft, "送批准")
    ruling.step(first, draft, "批准")
    ruling.step(second, draft, "批准")
    ruling.step(second, draft, "公布")


def take_up(at, day: date) -> None:
    """A body may certify under the rule and adopts it, and a laboratory may test by its method."""
    ends = (day, day + timedelta(days=365))
    keeper = at("regulator")
    body = {"认证机构": BODY, "批准号": "CNCA-R-DEMO-001"}
    ruling.enter(keeper, "bodies", body, RULE, ends)
    ruling.enter(
        keeper, "laboratories", {"检测机构": LABORATORY, "资质认定编号": "231002110001"}, METHOD, ends
    )
    ruling.adopt(at("officer"), at("head"), RULE)


def apply(page: Page) -> int:
    """A maker opens a case, and states what the rule asks about the product and its model."""
    page.goto("/certification/")
    page.get_by_role("link", name="新建认证申请").click()
    page.get_by_role("radio", name=CATEGORY).first.check()
    page.get_by_role("radio", name=BODY).check()
    page.get_by_role("button", name="建立草稿").click()
    page.get_by_text("草稿已建立").wait_for()
    case = page.url.rpartition("/")[2]
    page.goto(f"/certification/applications/{case}/product")
    page.get_by_label("产品名称").fill(PRODUCT)
    page.get_by_label("再生占比").fill("12")
    line = page.get_by_role("group", name="型号 1", exact=True)
    line.get_by_label("规格型号").fill("ZC-1")
    line.get_by_label("轮胎类别").select_option(label="轿车")
    line.get_by_label("轮辋名义直径").fill("16")
    with page.expect_navigation():
        page.get_by_role("button", name="保存并继续").click()
    return int(re.sub(r"\D", "", case))


class Begun(Road):
    """The road of a case that stands there as a draft."""

    def __init__(self, case: Application, product: Product) -> None:
        self.case = case
        super().__init__(engage(), product)

    def _draft(self) -> Application:
        actor = self._holder("applicant")
        for kind in self.case.scheme.required_files:
            attach_file(self.case, actor, kind, *papers.paper(kind, self.case.number), examined=True)
        self._fill_inventory(self.case, actor)
        return self.case


def certify(case: int) -> str:
    """The rest of the way, as any case goes it."""
    application, product = db.session.get_one(Application, case), next(invented(1))
    half = {"quantity": "1", "unit": "kg", "quality": "A", "own_value": "1", "own_unit": "kgCO2e/kg"}
    half |= {"own_source": "企业实测", "evidence": "台账"}
    rows = [
        {"stage": stage, "name": name, **half}
        for stage, name in (("raw_material", "炭黑"), ("manufacturing", "硫化"))
    ]
    head = product.inventory | {"output_amount": 1, "output_unit": "kg"}
    road = Begun(application, replace(product, client="tile1", inventory=head, rows=rows))
    road.to("certified")
    db.session.commit()
    return db.session.query(Certificate).filter_by(application_id=case).one().number


def see(page: Page, number: str) -> None:
    """Grade and parameters, where everybody looks."""
    page.goto(f"/certificates/{number}")
    expect(page.get_by_text("一级").first).to_be_visible()
    expect(page.get_by_text("轮辋名义直径 16 in").first).to_be_visible()
    page.goto(f"/verify/{number}")
    expect(page.get_by_text("再生占比").first).to_be_visible()
    expect(page.get_by_text("滚动阻力").first).to_be_visible()
    page.goto(f"/rules/{CODE}")
    expect(page.get_by_role("heading", name="要填的产品参数，3 项")).to_be_visible()
    row = page.get_by_role("group", name="单位质量碳足迹").get_by_role("row").filter(has_text="17").first
    expect(row).to_contain_text("2.18")


def find(page: Page) -> None:
    """The catalogue asks what the rule has stated and measured; the laboratory found four fifths of 9.0."""
    page.goto("/catalog/?category=tyre_by_hand")
    filters = page.locator("aside.facets")
    filters.get_by_role("checkbox", name="轿车").check()
    expect(page.get_by_text("1 个产品", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=PRODUCT)).to_be_visible()
    page.goto("/catalog/?category=tyre_by_hand&p.rim.from=17")
    expect(page.get_by_role("link", name=PRODUCT)).to_have_count(0)
    for most, found in (("7.2", 1), ("7.1", 0)):
        page.goto("/catalog/?category=tyre_by_hand")
        box = page.locator('[name="p.rolling.to"]')
        group = page.locator("aside.facets").locator("details", has=box)
        group.locator("summary").click()
        box = group.locator(box)
        box.fill(most)
        box.press("Enter")
        expect(page).to_have_url(re.compile(rf"p\.rolling\.to={most}"))
        expect(page.get_by_role("link", name=PRODUCT)).to_have_count(found)
