"""What an applicant does through the pages, from a new application to its submission, and after it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.papers import PDF

TILES = "建筑陶瓷砖（板）"
BODY = "江苏示例低碳认证中心"
PERIOD = ("2025-01-01", "2025-12-31")
MODELS = (("YH-8801", "600×1200×9.5 mm"), ("YH-8802", "800×800×10 mm"))


@dataclass(frozen=True)
class Source:
    """One source of emissions: in which stage, how much of what, counted with which factor of the library."""

    stage: str
    name: str
    quantity: str
    unit: str
    factor: str
    search: str
    evidence: str
    quality: str


# 3.463 from the gas with its methane and nitrous oxide, 1.155 from the electricity and 0.549 from the boxes,
# for each of 1000 m2.
SOURCES = (
    Source("生产制造", "窑炉天然气", "1600", "Nm3", "CN-ENT-natgas-EF", "天然气", "证明.pdf", "A"),
    Source("生产制造", "外购电力", "2000", "kWh", "ELECFP-CN-2024", "电力 碳足迹", "证明.pdf", "A"),
    Source("原材料获取", "瓦楞纸箱", "500", "kg", "MAT-UK2025-19_506_5159_15_1", "纸板", "证明.pdf", "B"),
)
OUTPUT = "1000"
SUMS = ("3.46", "4.62", "5.17")
FOOTPRINT = SUMS[-1]


def paper(name: str) -> dict:
    """A file as the pages' upload fields take it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def open_case(page: Page, product: str) -> None:
    """To the case, from the place where this person's work begins."""
    page.goto("/certification/")
    page.get_by_role("main").get_by_role("link", name=product).first.click()
    declare(page)
    expect(page.get_by_role("heading", name=product).first).to_be_attached()


def declare(page: Page) -> None:
    """Whoever evaluates, reviews or decides is asked once whether there is a tie to the client."""
    if "/impartiality/cases/" in page.url:
        page.get_by_role("radio", name="没有利益关系").check()
        page.get_by_role("button", name="作出声明").click()


def begin(page: Page) -> None:
    page.goto("/certification/")
    page.get_by_role("link", name="新建认证申请").click()
    page.get_by_role("radio", name=TILES).first.check()
    page.get_by_role("radio", name=BODY).check()
    page.get_by_role("button", name="建立草稿").click()
    page.get_by_text("草稿已建立").wait_for()


def name_parties(page: Page) -> None:
    page.get_by_role("link", name="主体信息").click()
    page.get_by_role("region", name="生产者").get_by_role("button", name="与委托人相同").click()
    page.get_by_role("region", name="生产企业", exact=True).get_by_role("button").click()
    expect(page.get_by_role("region", name="生产企业").get_by_label("名称")).not_to_have_value("")
    page.get_by_role("button", name="保存并继续").click()


def describe_product(page: Page, product: str) -> None:
    expect(page.get_by_role("heading", name="产品与型号")).to_be_visible()
    page.get_by_label("产品名称").fill(product)
    page.get_by_label("商标").fill("云陶")
    for place, (code, specification) in enumerate(MODELS, start=1):
        if place > 1:
            page.get_by_role("button", name="添加型号").click()
        line = page.get_by_role("group", name=f"型号 {place}", exact=True)
        line.get_by_label("规格型号").fill(code)
        line.get_by_label("规格说明").fill(specification)
    page.get_by_role("button", name="保存并继续").click()


def hand_in_files(page: Page) -> None:
    """Every file the rules ask for; each upload comes back to the same page."""
    expect(page.get_by_role("heading", name="证明文件")).to_be_visible()
    missing = page.get_by_role("region").filter(has_text="未上传")
    expected = missing.count()
    assert expected
    for left in range(expected - 1, -1, -1):
        region = missing.first
        region.locator("input[type=file]").set_input_files(paper("证明.pdf"))
        region.get_by_role("button", name="上传").last.click()
        expect(missing).to_have_count(left)
    page.get_by_role("link", name="继续：活动数据").click()


def period_and_output(page: Page) -> None:
    expect(page.get_by_role("heading", name="活动数据")).to_be_visible()
    page.get_by_label("统计期开始").fill(PERIOD[0])
    page.get_by_label("统计期结束").fill(PERIOD[1])
    page.get_by_label("统计期内的合格品产量").fill(OUTPUT)


def new_row(page: Page, source: Source) -> Locator:
    page.get_by_role("button", name=f"添加{source.stage}排放源").click()
    return page.locator(f"[data-rows]:has(h2:text-is('{source.stage}')) [data-row]").last


def fill_row(row: Locator, source: Source) -> None:
    row.get_by_label("排放源名称").fill(source.name)
    row.get_by_label("活动量", exact=True).fill(source.quantity)
    row.get_by_label("单位", exact=True).select_option(source.unit)
    row.get_by_label("来源与证据").fill(source.evidence)
    row.get_by_label("数据质量").select_option(source.quality)


def choose_factor(page: Page, row: Locator, source: Source) -> None:
    row.get_by_role("button", name="选择排放因子").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称、代码或来源").fill(source.search)
    dialog.get_by_role("button", name=source.factor).click()
    expect(dialog).to_be_hidden()


def submit(page: Page) -> None:
    page.get_by_role("link", name="核对、声明并提交").click()
    page.get_by_role("checkbox", name="以上内容真实、完整、准确").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/submitted$"))


def sign_agreement(page: Page, product: str) -> None:
    open_case(page, product)
    page.get_by_role("link", name="阅读并签署").click()
    page.get_by_role("checkbox", name="我已阅读协议").check()
    page.get_by_role("button", name="签署认证协议").click()


def answer_finding(page: Page, product: str) -> None:
    open_case(page, product)
    finding = page.get_by_role("listitem").filter(has_text="NC-01").filter(has=page.locator("form"))
    finding.get_by_label("整改情况").fill("已补齐 2025 年全部省外发货的里程记录，并指定专人按月复核。")
    finding.get_by_label("整改证据").set_input_files(paper("里程记录.pdf"))
    finding.get_by_role("button", name="提交整改答复").click()
    expect(page.get_by_role("link", name="里程记录.pdf")).to_be_visible()
