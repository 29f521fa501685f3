"""A sum that arrives moves no row under the mouse, and on a phone a row is one line until it is opened."""

import pytest
from playwright.sync_api import Page, expect

PLACES = """Array.from(document.querySelectorAll("[data-row],[data-add],.card-f"))
    .map(each => each.getBoundingClientRect().top + scrollY)"""
SCREENS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(params=SCREENS)
def grid(at, request) -> Page:
    page = at("applicant")
    page.set_viewport_size(SCREENS[request.param])
    page.get_by_role("main").get_by_role("link", name="继续填写").first.click()
    page.goto(f"{page.url}/inventory")
    return page


def test_nothing_below_moves_when_a_sum_arrives_with_a_doubt(grid):
    if (fold := grid.locator("[data-fold]").first).is_visible():
        fold.click()
    before = grid.evaluate(PLACES)
    for amount in ("1", "99999999999", ""):
        with grid.expect_response("**/preview"):
            grid.locator("[name='rows-0-quantity']").fill(amount)
        grid.wait_for_timeout(200)  # the answer is written into the rows
        assert grid.evaluate(PLACES) == before


def test_on_a_phone_one_row_is_open_at_a_time_and_a_closed_one_says_what_it_comes_to(grid):
    folds = grid.locator("[data-fold]")
    if grid.viewport_size["width"] > 1000:
        expect(folds.first).to_be_hidden()
        return
    boxes = grid.get_by_label("排放源名称")
    expect(boxes.first).to_be_hidden()
    expect(folds.first).to_contain_text(grid.locator("[name='rows-0-name']").input_value())
    for number in (0, 1):
        folds.nth(number).click()
        assert grid.locator("[data-row]:not([data-folded])").count() == 1
        expect(boxes.nth(number)).to_be_visible()
    boxes.nth(1).fill("改了名")
    expect(folds.nth(1)).to_contain_text("改了名")


def test_rows_are_filtered_by_what_they_weigh(grid):
    grid.get_by_role("button", name="大于 1%").click()
    shown, said = grid.locator("[data-row]:visible").count(), grid.get_by_role("button", name="大于 1%")
    assert said.inner_text().split()[-1] == f"{shown}"
    grid.get_by_role("button", name="全部").click()
    assert grid.locator("[data-row]:visible").count() == grid.locator("[data-row]").count()
