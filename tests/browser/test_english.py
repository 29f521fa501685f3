"""Whoever reads English meets no Chinese but what people have typed and what the registers hold."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from demo.cast import CAST
from schemes.operations import SHIPPED, given

CHINESE = re.compile(r"[\u3400-\u9fff]+")
# A Chinese mark belongs into a Chinese sentence or name.
STRAY_MARK = re.compile(r"(?<![\u3400-\u9fff）”])[，、；：。](?![\u3400-\u9fff（“])")

# What a page says, to the eye and to a screen reader; the switch back to Chinese stands in Chinese.
SAID = """() => {
  const said = [], ours = (element) => element && !element.closest("[lang^=zh], script, style, template");
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (ours(walk.currentNode.parentElement)) said.push(walk.currentNode.data);
  for (const name of ["placeholder", "title", "alt", "aria-label"])
    document.querySelectorAll(`[${name}]`).forEach((e) => { if (ours(e)) said.push(e.getAttribute(name)); });
  return said;
}"""
TYPED = "() => [...document.querySelectorAll('input, textarea')].map((field) => field.value)"

UNIT = "万Nm3"  # is spelt so in every language
FACT = "省外发货没有里程记录，配送距离缺少证据。"  # of the cases the demonstration leaves in evaluation


class Held:
    """What people have typed and what the registers hold, in one long text to look things up in."""

    def __init__(self):
        self.text = "\n".join([UNIT, FACT, *texts(CAST), *texts([each for _place, each in given(SHIPPED)])])

    def add(self, *found: object) -> None:
        self.text = "\n".join([self.text, *texts(list(found))])

    def left(self, page: Page) -> list[str]:
        """The Chinese of a page that is nobody's data."""
        said = [text.strip() for text in page.evaluate(SAID)]
        words = [text for text in said if any(word not in self.text for word in CHINESE.findall(text))]
        return words + [text for text in said if STRAY_MARK.search(text)]


def texts(value: object) -> Iterator[str]:
    """Every text of a structure, but those that have their English beside them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if not value.get(f"{name}_en"):
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.fixture
def held() -> Held:
    found = Held()
    # Organisations are called as they are registered, wherever their English name is not asked for.
    found.add([organisation["name"] for organisation in CAST["organisations"]])
    return found


def ask(page: Page, path: str) -> dict:
    return page.request.get(path).json()


@pytest.mark.parametrize("path", ["/", "/catalog/", "/verify", "/procurement/lists/"])
def test_the_switch_turns_the_navigation_to_english(page, path):
    page.goto(path)
    page.get_by_role("link", name="English").click()
    links = page.get_by_role("navigation").first.get_by_role("link")
    assert [CHINESE.search(text) for text in links.all_inner_texts()] == [None] * links.count()
    page.goto("/help")
    expect(page.locator("html")).to_have_attribute("lang", "en")  # the choice is kept
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


@pytest.mark.parametrize("family", ["low_carbon", "footprint_label"])
def test_the_verification_page_speaks_english(page, held, family):
    found = ask(page, f"/api/v1/products?status=valid&family={family}&per_page=100")
    product = found["items"][-1]
    number = product["certificate"]
    held.add(ask(page, f"/api/v1/products/{product['id']}"))  # with the reasons of its acts
    held.add(ask(page, f"/certificates/{number}.json"))
    page.goto(f"/verify/{number}?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Certificate is valid")
    assert held.left(page) == []


def test_the_pages_of_an_application_speak_english(at, held):
    page = at("applicant")
    cases = ask(page, "/api/v1/applications?per_page=100")
    draft = next(case["id"] for case in cases["items"] if case["state"] == "draft")
    running = [case["id"] for case in cases["items"] if case["state"] in ("evaluating", "accepted")]
    held.add(cases, *[ask(page, f"/api/v1/applications/{id}") for id in (draft, *running)])
    page.goto(f"/certification/applications/{draft}/inventory?lang=en")
    held.add(page.evaluate(TYPED))
    sections = ("", "/parties", "/product", "/files", "/inventory", "/submit")
    addresses = ["", "applications/new", *(f"applications/{draft}{section}" for section in sections)]
    addresses += [f"applications/{id}" for id in running]
    left = {}
    for address in addresses:
        page.goto(f"/certification/{address}")
        left[address] = held.left(page)
    assert left == dict.fromkeys(addresses, [])
