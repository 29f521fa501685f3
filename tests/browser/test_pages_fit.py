"""The pages fit a desk and a phone, by day and by night, without a word in the browser's console."""

import pytest
from playwright.sync_api import Page

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_not_wider_than_the_screen(open_page, path, screen, scheme):
    page = open_page(viewport=SCREENS[screen], color_scheme=scheme)
    answer = page.goto(path)
    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]


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
