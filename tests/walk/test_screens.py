"""Every type of page in Chromium, on a desk and on a phone, by day and by night, as whom it is for.

axe finds nothing in it, its console stays silent, it is no wider than the screen, and its pictures are there.
`--walk short` looks at the desk by day and the phone by night.
"""

from collections.abc import Iterable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.session import LANGUAGE_COOKIE
from tests.browser.ears import listen
from tests.walk.page_types import SHOWN, page_types
from tests.walk.refusals import status_of
from tests.walk.steps import NOBODY, Walker

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SCREENS = {
    "desk by day": (DESK, "light"),
    "phone by night": (PHONE, "dark"),
    "desk by night": (DESK, "dark"),
    "phone by day": (PHONE, "light"),
}
TALK = ("warning", "info", "log", "debug")  # what a console says beside errors
SHORT = ("desk by day", "phone by night")

AXE = """() => axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
}).then(({violations}) => violations.flatMap(
    ({id, nodes}) => nodes.map(({target, html}) => `${id}: ${target} ${html.slice(0, 120)}`)))"""
SPOIL = """() => {
    const spoiled = document.createElement("p");
    spoiled.innerHTML = "<img id=spoiled src=/nowhere.png>";
    spoiled.append("pale words");
    Object.assign(spoiled.style, {color: "#999", background: "#aaa", width: "500px"});
    document.querySelector("main").append(spoiled);
}"""
BROKEN_PICTURES = """() => Promise.all([...document.images].map((picture) => {
    picture.loading = "eager";
    return picture.decode().then(() => [], () => [`broken picture: ${picture.src}`]);
})).then((found) => found.flat())"""


@pytest.fixture
def desk_of(browser: Browser, served, walked, secrets):
    """desk_of(person): where they have signed in; each page that is opened there is ready for axe."""
    desks = []

    def new(person: str) -> BrowserContext:
        desk = browser.new_context(base_url=served, locale="zh-CN", reduced_motion="reduce")
        desks.append(desk)
        desk.add_init_script(AXE_SCRIPT)
        client = Walker(walked, person, secrets).client
        for name in (walked.config["SESSION_COOKIE_NAME"], LANGUAGE_COOKIE):
            if cookie := client.get_cookie(name):
                desk.add_cookies([{"name": name, "value": cookie.value, "url": served}])
        return desk

    yield new
    for desk in desks:
        desk.close()


def unforeseen(said: list[str], endpoint: str) -> list[str]:
    """What a console says, but for the status of a page that is there to be refused."""
    return [each for each in said if f" {status_of(endpoint)} " not in each]


def show_on(page: Page, screen: str) -> None:
    size, scheme = SCREENS[screen]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)


def faults(page: Page, screens: Iterable[str]) -> list[str]:
    """What is wrong with a page, on which screen."""
    found = []
    for screen in screens:
        show_on(page, screen)
        found += [f"{screen}: {fault}" for fault in page.evaluate(AXE)]
        if (width := page.evaluate("document.documentElement.scrollWidth")) > SCREENS[screen][0]["width"]:
            found.append(f"{screen}: {width} px wide")
    return found + page.evaluate(BROKEN_PICTURES)


@pytest.mark.parametrize("visitor", SHOWN, ids=lambda email: email or "nobody")
def test_every_type_of_page_is_sound_on_every_screen(desk_of, opened, visitor, request):
    """They go from page to page, as people do: a tab for each page took a fifth of the time."""
    full = request.config.getoption("walk") == "full"
    page, unsound = desk_of(visitor).new_page(), {}
    said = listen(page, *TALK)
    for shown in page_types(opened):
        if shown.person == visitor:
            show_on(page, "desk by day")
            status = page.goto(shown.address).status
            found = faults(page, SCREENS if full else SHORT) + unforeseen(said, shown.endpoint)
            said.clear()
            if found or status != status_of(shown.endpoint):
                unsound[f"{shown.endpoint} {shown.address}"] = [status, *found]
    assert unsound == {}


def test_a_page_that_is_not_sound_is_found(desk_of):
    with desk_of(NOBODY).new_page() as page:
        said = listen(page, *TALK)
        page.goto("/help")
        assert faults(page, SCREENS) == said == []
        page.evaluate(SPOIL)
        found = faults(page, ["phone by night"])
    kinds = [fault.partition(":")[0] for fault in found]
    assert kinds == ["phone by night"] * (len(found) - 1) + ["broken picture"]
    assert {"color-contrast", "image-alt", "516 px wide"} == {fault.split(": ")[1] for fault in found[:-1]}
    assert len(said) == 1
