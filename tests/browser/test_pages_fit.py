"""The open pages fit a desk and a phone, by day and by night, without a word in the browser's console."""

import pytest

PAGES = ["/", "/catalog/", "/catalog/technologies/", "/procurement/lists/", "/sign-in"]
SCREENS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_not_wider_than_the_screen(open_page, path, screen, scheme):
    page = open_page(viewport=SCREENS[screen], color_scheme=scheme)
    answer = page.goto(path)
    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]
