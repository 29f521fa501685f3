"""Pages fit every screen, without a word in the browser's console; each type of page, by day and by night, is
looked at by tests/walk."""

import pytest
from playwright.sync_api import Page, expect

PAGES = ["/", "/catalog/", "/catalog/technologies/", "/procurement/lists/", "/sign-in"]
SCREENS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
WIDTHS = (320, 390, 768, 1440)


def too_wide(page: Page) -> list[int]:
    """On screens of which width one would have to scroll sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_not_wider_than_any_screen(page, path):
    assert page.goto(path).status == 200
    assert too_wide(page) == []


@pytest.mark.parametrize("status", ["valid", "suspended", "withdrawn", "cancelled"])
def test_the_verification_page_fits_every_screen(page, status):
    found = page.request.get(f"/api/v1/products?status={status}&per_page=1").json()
    page.goto(f"/verify/{found['items'][0]['certificate']}")
    assert too_wide(page) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_activity_page_fits_every_screen(at, language):
    page = at("applicant")
    page.get_by_role("main").get_by_role("link", name="继续填写").first.click()
    page.goto(f"{page.url}/inventory?lang={language}")
    assert page.locator("[data-row]").count() > 1
    assert too_wide(page) == []


def test_the_bar_of_a_body_fits_a_desk_in_english(at):
    page = at("officer")
    page.goto(f"{page.url}?lang=en")
    bar = page.locator("header.bar")
    for width in (1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert bar.evaluate("bar => bar.scrollWidth") <= width
        assert bar.bounding_box()["height"] < 60, f"it takes two lines on {width}"


def test_a_heading_of_the_bar_opens_its_doors_and_another_or_escape_shuts_them(at):
    page = at("officer")
    page.set_viewport_size(SCREENS["desk"])
    doors = page.get_by_role("navigation", name="工作台导航", exact=True)
    after, own = doors.get_by_text("发证之后"), doors.get_by_text("本机构")
    after.click()
    expect(doors.get_by_role("link", name="证书")).to_be_visible()
    own.click()
    expect(doors.get_by_role("link", name="证书")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(doors.get_by_role("link", name="公正性")).to_be_hidden()
    after.click()
    doors.get_by_role("link", name="证书").click()
    expect(doors.locator("summary[aria-current]")).to_have_text("发证之后")
