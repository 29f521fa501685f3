"""What follows a certificate: verification, its PDF, the label, the catalogue, the list, and its status."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, Response, expect
from pypdf import PdfReader

from core.clock import today
from tests.browser.applying import MODELS, open_case
from tests.support.papers import PDF


def number_of(page: Page, product: str) -> str:
    """The number of the certificate, as its holder finds it."""
    open_case(page, product)
    return re.search(r"LCP-[\d-]+\d", page.get_by_role("main").inner_text())[0]


def verify(page: Page, number: str, verdict: str, *also: str) -> None:
    """Somebody types the number into the search of the verification page."""
    page.goto("/verify")
    page.get_by_label("证书编号或核验码").fill(number)
    page.get_by_role("button", name="核验", exact=True).click()
    page.wait_for_url(f"**/verify/{number}")
    expect(page.get_by_role("heading", level=1)).to_have_text(verdict)
    for text in also:
        expect(page.get_by_role("main")).to_contain_text(text)


def text_of_pdf(page: Page, number: str) -> str:
    """The text of the PDF; while it is being drawn, its page asks again by itself."""
    page.goto(f"/verify/{number}")
    with page.expect_response(drawn, timeout=180_000) as answer:  # in its turn among all that is drawn
        page.get_by_role("main").get_by_role("link", name="PDF").click()
    document = page.request.get(answer.value.url).body()
    return "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(document)).pages)


def drawn(response: Response) -> bool:
    return response.headers.get("content-type") == "application/pdf"


def ask_for_label(page: Page, number: str) -> None:
    page.goto("/certification/labels/")
    page.get_by_role("link", name=number).click()
    page.get_by_label("用在哪里").fill("产品包装箱与产品说明书")
    page.get_by_role("button", name="申请使用标签").click()
    expect(page.get_by_text("等机构答复")).to_be_visible()


def license_label(page: Page, number: str) -> None:
    page.goto("/certification/labels/")
    request = page.get_by_role("article").filter(has_text=number)
    request.get_by_role("button", name="许可使用标签").click()
    expect(request).to_have_count(0)


def fetch_label(page: Page, number: str) -> str:
    """The SVG of the whole label."""
    page.goto("/certification/labels/")
    page.get_by_role("link", name=number).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="SVG").first.click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def found_in_catalogue(page: Page, text: str, status: str | None = None) -> int:
    """How many products the catalogue finds for these words, with the filter of a status if one is named."""
    page.goto("/catalog/")
    page.locator("#q").fill(text)
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=**")
    if status:
        page.get_by_role("complementary", name="筛选").get_by_role("checkbox", name=status).check()
        page.wait_for_url("**status=**")
    return int(re.match(r"\d+", page.get_by_role("status").filter(has_text="个产品").inner_text())[0])


def redraw_edition(page: Page) -> str:
    """Take the edition that is under way out of its notice and draw it up anew as of today; its number."""
    page.goto("/procurement/editions/")
    under_way = page.get_by_role("row").filter(has_text="公示中")
    number = re.search(r"第 (\d{4}-\d+) 期", under_way.inner_text())[1]
    under_way.get_by_role("link").click()
    take_back = page.get_by_role("form", name="撤回公示")
    take_back.get_by_role("textbox").fill("有新的获证产品，按今天重新起草。")
    take_back.get_by_role("button").click()
    redraft = page.get_by_role("form", name="按规则重新起草")
    for day in redraft.locator("input[type=date]").all():
        day.fill(today().isoformat())
    redraft.get_by_role("button").click()
    expect(page.get_by_role("form", name="开始公示")).to_be_visible()
    return number


def open_notice(page: Page) -> None:
    page.get_by_label("公示开始").fill(today().isoformat())
    page.get_by_label("公示截止").fill((today() + timedelta(days=21)).isoformat())
    page.get_by_role("button", name="开始公示").click()
    expect(page.get_by_role("link", name="公众看到的页面")).to_be_visible()


def look_up(page: Page, edition: str, number: str, *standing: str) -> None:
    """The live look-up of an edition says this today of every model of a certificate."""
    page.goto(f"/procurement/lists/{edition}")
    page.locator("#q").fill(number)
    page.get_by_role("button", name="查看").click()
    lines = page.locator("#lines tbody tr")
    expect(lines).to_have_count(len(MODELS))
    for line in lines.all():
        for text in standing:
            expect(line.locator("td").last).to_contain_text(text)


def change_status(page: Page, number: str, step: str, cause: str, reason: str) -> None:
    page.goto(f"/certification/certificates/{number}")
    page.get_by_role("link", name=step).click()
    page.get_by_label("原因", exact=True).select_option(label=cause)
    page.get_by_label("事实与理由").fill(reason)
    end = page.locator("#form input[type=date]")
    if end.count():
        end.fill((today() + timedelta(days=90)).isoformat())
    page.locator("#form").get_by_role("button", name=step).click()
    expect(page.get_by_text(reason).first).to_be_visible()


def life_of(page: Page, number: str) -> None:
    page.goto(f"/certification/certificates/{number}/life")


def ask(page: Page, number: str, what: str, why: str) -> None:
    life_of(page, number)
    page.get_by_text("向机构提出申请").click()
    page.get_by_label(what).check()
    page.get_by_label("事由").fill(why)
    end = page.get_by_label("希望暂停到")
    if end.count():
        end.fill((today() + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_text("已提出，等机构决定")).to_be_visible()


def confirm(page: Page, number: str) -> None:
    """A verifier found what was asked for put right."""
    life_of(page, number)
    asked = page.get_by_role("form", name="核实整改")
    asked.get_by_label("已整改，可以恢复").check()
    asked.get_by_label("核实日期").fill(today().isoformat())
    asked.get_by_label("看了什么，整改得怎样").fill("窑炉已复产，计量设备检定证书齐全")
    proof = {"name": "复查记录.pdf", "mimeType": "application/pdf", "buffer": PDF}
    asked.get_by_label("核实的证据").set_input_files(proof)
    asked.get_by_role("button", name="核实整改").click()
    expect(page.get_by_text("窑炉已复产，计量设备检定证书齐全")).to_be_visible()
