"""A process system in a real browser: chains that cannot exist are refused by name and mended, and a joint
process is divided by mass and by price.

A kilogram that takes 1.2 of itself would run −5 times; with 0.2 it runs 1 / (1 − 0.2) = 1.25 times, 12.5 kg.
A that takes 2 B, B that takes 1 A, a kilogram each: −3 kg; with 0.25 B: A 4/3, B 1/3, together 1.67 kg.
1,320 kg for 1 t of iron and 0.32 t of slag: 1,000 kg are the iron's by mass, 1,305 kg by price.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import applying
from tests.browser.people import sign_in


@pytest.mark.parametrize("script", [True, False], ids=["with the script", "without it"])
def test_a_chain_is_typed_refused_by_name_mended_and_divided(open_page, script):
    page = open_page(pardoned=422, java_script_enabled=script)
    sign_in(page, "applicant")
    applying.begin(page)
    page.goto(page.url.partition("?")[0].rstrip("/").removesuffix("/parties") + "/system")

    add(page, "水泥", "kg")
    fill(page, inputs=("水泥", "1.2", "kg"), emissions=("CO2", "10"))
    expect(page.get_by_role("main")).to_contain_text("“水泥”消耗的比产出的多")
    page.get_by_role("button", name="改成 0.2 kg").click()
    expect(total(page)).to_have_text("12.5")
    take_away(page)

    add(page, "甲", "kg")
    add(page, "乙", "kg")
    fill(page, inputs=("甲", "1", "kg"), emissions=("CO2", "1"))
    page.get_by_role("link", name="甲", exact=True).click()
    fill(page, inputs=("乙", "2", "kg"), emissions=("CO2", "1"))
    expect(page.get_by_role("main")).to_contain_text("“甲、乙”消耗的比产出的多")
    expect(page.get_by_text("还算不出来")).to_have_count(0)
    page.get_by_role("link", name="甲", exact=True).or_(page.get_by_label("乙：数量")).first.wait_for()
    page.get_by_label("乙：数量").fill("0.25")
    page.get_by_role("button", name="保存这个过程").click()
    expect(total(page)).to_have_text("1.67")
    take_away(page)

    add(page, "铁水", "t")
    fill(page, outputs=("高炉矿渣", "320", "kg"), emissions=("CO2", "1320"))
    page.get_by_label("联产品怎么分").select_option("mass")
    page.get_by_label("铁水：单价").fill("2600")
    page.get_by_label("高炉矿渣：单价").fill("0.095")
    page.get_by_role("button", name="保存这个过程").click()
    expect(total(page)).to_have_text("1\u202f000")
    expect(page.locator("[data-way=price]")).to_contain_text("1\u202f305")


def add(page: Page, title: str, unit: str) -> None:
    page.locator("#new-title").fill(title)
    page.locator("#new-unit").select_option(unit)
    page.get_by_role("button", name="添加过程", exact=True).click()
    expect(page.locator("#open-title")).to_have_text(title)


def fill(page: Page, **rows: tuple[str, ...]) -> None:
    """A row for each part, in the process that is open; then it is saved."""
    buttons = {"inputs": "添加投入", "outputs": "添加联产品", "emissions": "添加排放"}
    for part, (of, amount, *unit) in rows.items():
        page.get_by_role("button", name=buttons[part]).click()
        if part == "emissions":
            page.locator("#emissions-0-gas").select_option(of)
        else:
            page.locator(f"#{part}-0-product").fill(of)
            page.locator(f"#{part}-0-unit").select_option(unit[0])
        page.locator(f"#{part}-0-amount").fill(amount)
    page.get_by_role("button", name="保存这个过程").click()
    expect(page.get_by_text("已保存").first).to_be_visible()


def take_away(page: Page) -> None:
    page.get_by_text("不用过程系统了").click()
    page.get_by_role("button", name="去掉过程系统").click()
    expect(page.get_by_role("heading", name="第一个过程")).to_be_visible()


def total(page: Page):
    return page.locator("[data-total]")
