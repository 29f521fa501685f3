"""What the people do who make rules, and the bodies that take them up: all of it through the pages."""

from collections.abc import Iterator, Sequence
from datetime import date

from playwright.sync_api import Page, expect

from schemes.drafts.editor import Group, Rows
from schemes.drafts.limits import Table
from schemes.drafts.sections import SECTIONS, Section
from tests.schemes.test_editor import sent

MOST_ROWS = 50  # of one section
PLACES = """() => {
    const form = document.querySelector('#write');
    form.querySelectorAll('details').forEach((each) => each.open = true);
    return {
        names: [...new Set([...form.elements].map((each) => each.name))],
        ids: [...form.querySelectorAll('[id]')].map((each) => each.id),
        adding: [...form.querySelectorAll('button[value^="add "]')].map((each) => each.value),
    };
}"""


def write(page: Page, document: dict) -> str:
    """Begin with an empty page, type every section, and answer the address of the draft."""
    page.goto("/rules/drafts/")
    page.get_by_role("button", name="开始").click()
    page.wait_for_url("**/identity")
    address = page.url.rpartition("/")[0]
    for section in SECTIONS:
        page.goto(f"{address}/{section.slug}")
        fill_section(page, section, document)
    page.goto(address)
    return address


def fill_section(page: Page, section: Section, document: dict) -> None:
    """Type in what has a box, add the rows that are wanting one after another, and save."""
    nodes = section.nodes(document)
    left = {name: values for name, values in sent(nodes) if any(values)}
    for _row in range(MOST_ROWS):
        there = page.evaluate(PLACES)
        typed = [name for name in left if name in there["names"]]
        for name in typed:
            type_in(page, name, left.pop(name))
        wanting = next((value for value in growths(nodes, there["ids"]) if value in there["adding"]), None)
        if not left and wanting is None:
            break
        assert typed or wanting, f"{section.slug} has no box for {sorted(left)}"
        press(page, wanting or "save")
    assert not left, f"{section.slug} never showed {sorted(left)}"
    press(page, "save")
    expect(page.locator("#write [aria-invalid]")).to_have_count(0)


def type_in(page: Page, name: str, values: list[str]) -> None:
    boxes = page.locator(f'#write [name="{name}"]')
    kind = boxes.first.evaluate("(box) => box.type")
    if kind == "checkbox":
        for value in values:
            page.locator(f'#write [name="{name}"][value="{value}"]').check()
    elif kind == "select-one":
        boxes.first.select_option(values[0])
    elif kind != "hidden":
        boxes.first.fill(values[0])


def press(page: Page, do: str) -> None:
    with page.expect_navigation():
        page.locator(f'#write button[name=do][value="{do}"]').last.click()


def growths(nodes: Sequence[object], ids: list[str]) -> Iterator[str]:
    """The buttons that add a row which the document has and the page has not."""
    for node in nodes:
        if isinstance(node, Rows | Table):
            rows = node.rows if isinstance(node, Rows) else node.lines
            if any(row.name not in ids for row in rows):
                yield f"add {node.pointer}"
        if isinstance(node, Rows):
            for row in node.rows:
                yield from growths(row.parts, ids)
        elif isinstance(node, Group):
            yield from growths(node.parts, ids)


def step(page: Page, address: str, button: str, boxes: dict[str, str] | None = None) -> None:
    """Take one step on the page of a draft or an adoption."""
    page.goto(address)
    for label, text in (boxes or {}).items():
        page.get_by_label(label).fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(f"已办：{button}")).to_be_visible()


def comment(page: Page, draft: str, text: str, name: str) -> None:
    page.goto(f"{draft}/comment")
    page.get_by_label("意见和理由").fill(text)
    page.get_by_label("姓名或单位").fill(name)
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("意见已收到")).to_be_visible()


def answer(page: Page, draft: str, adopted: str, text: str) -> None:
    page.goto(draft)
    form = page.get_by_role("form", name="答复")
    form.get_by_label(adopted, exact=True).check()
    form.get_by_label("公开的答复").fill(text)
    with page.expect_navigation():
        form.get_by_role("button", name="答复").click()


def enter(page: Page, register: str, choices: dict[str, str], checked: str, ends: tuple[date, date]) -> None:
    """The regulator enters what a body may certify or a laboratory may test."""
    page.goto(f"/certification/registers/{register}/new")
    for label, text in choices.items():
        box = page.get_by_label(label, exact=True)
        if box.evaluate("(each) => each.tagName") == "SELECT":
            box.select_option(label=text)
        else:
            box.fill(text)
    page.get_by_role("checkbox", name=checked).check()
    for label, day in zip(("有效期自", "有效期至"), ends, strict=True):
        page.get_by_label(label).fill(day.isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".errsum")).to_have_count(0)


def adopt(author: Page, approver: Page, rule: str) -> None:
    """A body takes a rule up as it is: one begins and proposes, another approves."""
    author.goto("/certification/adoptions/")
    author.get_by_label("认证规则").select_option(label=rule)
    author.get_by_role("button", name="开始").click()
    author.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdecimal())
    step(author, author.url, "送批准")
    step(approver, author.url, "批准")
