"""A leg of a way gets its factor from the library, as a row does: found, and taken with one press."""

from playwright.sync_api import expect

from tests.browser import applying

# 10 t over 100 km at 0.19748 kg for each tonne-kilometre are 197.48 kg, of 1,000 m²: 0.20.
LORRY = "TRAN-UK2025-27_304_3124_14-1"


def test_the_factor_of_a_leg_is_picked_from_the_library(at):
    page = at("applicant")
    applying.begin(page)
    page.get_by_role("link", name="活动数据").click()
    applying.period_and_output(page)
    page.get_by_role("button", name="添加原材料获取排放源").click()
    row = page.locator("[data-row]").last
    row.get_by_label("排放源名称").fill("石英砂运入")
    row.get_by_label("活动量", exact=True).fill("10")
    row.get_by_label("单位", exact=True).select_option("t")
    row.locator("[data-pick]").click()
    dialog = page.locator("#factor-dialog")
    dialog.locator("summary", has_text="运输").first.click()
    group = dialog.locator("[data-kind='transport']")
    group.locator("[data-column='legs-0-distance']").fill("100")
    group.get_by_role("button", name="从因子库选择").first.click()
    expect(dialog.get_by_label("名称、代码或来源")).to_be_focused()
    dialog.get_by_label("名称、代码或来源").fill(LORRY)
    dialog.get_by_role("button", name=LORRY).click()
    code = group.locator("[data-column='legs-0-factor_code']")
    expect(code).to_be_focused()
    expect(code).to_have_value(LORRY)
    expect(group.locator("[data-picked]").first).to_contain_text("kgCO₂e/t·km")
    group.locator("[data-use]").click()
    expect(page.locator("[data-total]").first).to_have_text("0.20")
    page.get_by_role("button", name="保存，接着填").click()
    expect(page.get_by_text("已保存").first).to_be_visible()
    expect(page.locator("[data-total]").first).to_have_text("0.20")
