"""What a reader of the markup finds wrong with a page: what browsers forgive and screen readers do not.

The Nu checker and the IBM engine (script/check) know far more; this is the part that costs milliseconds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
}  # fmt: skip
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "form", "list")
LANDMARKS = {"nav": "navigation", "aside": "complementary", "section": "region", "form": "form"}
NAMED_WHEN_THERE = {"complementary", "form", "navigation", "region", "search"}
FIELDS = {"input", "select", "textarea"}
NOT_TYPED = {"hidden", "submit", "button"}
CHOSEN = {"radio", "checkbox"}
BLOCKS = {"div", "dl", "fieldset", "form", "ol", "p", "section", "table", "ul"}
LINES = ("b", "button", "label", "p", "small", "span")  # what holds text, and no block
# https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value, as far as we write them
TIMES = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?)?)?")

# What is meant to be read letter by letter, or not to be read.
VERBATIM = {"code", "kbd", "pre", "samp", "script", "style", "template"}
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# `waiting-on-lab`, `application.grant`, `not_issued`: no part of an address or of an English sentence, and no
# name of a file.
SLUG = re.compile(
    r"(?<![\w@./:%#?&=+-])(?<![A-Za-z,;] )[a-z][a-z0-9]*(?:[._-][a-z0-9]+)++"
    r"(?<!\.csv|\.jpg|\.pdf|\.png)(?<!\.docx|\.json|\.xlsx)(?![\w@/:=-])",
    re.ASCII,
)


class Element:
    def __init__(self, tag: str, attributes: dict, parent: "Element | None"):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.inside: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def all(self) -> Iterator["Element"]:
        for child in self.inside:
            if isinstance(child, Element):
                yield child
                yield from child.all()

    def above(self) -> Iterator["Element"]:
        up = self.parent
        while up:
            yield up
            up = up.parent

    def around(self, *tags: str) -> "Element | None":
        return next((up for up in self.above() if up.tag in tags), None)

    def readable(self) -> Iterator[str]:
        """The texts within that are words for people."""
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif child.tag not in VERBATIM and child["translate"] != "no":
                yield from (child[attribute] for attribute in SPOKEN)
                yield from child.readable()

    @property
    def text(self) -> str:
        """As it is read out, pictures included."""
        said = (child if isinstance(child, str) else child.said for child in self.inside)
        return " ".join("".join(said).split())

    @property
    def said(self) -> str:
        return "" if self["aria-hidden"] == "true" else self["aria-label"] or self["alt"] or self.text


class Page(HTMLParser):
    """The elements of a page as they are written, with ids and labels found."""

    def __init__(self, html: str):
        super().__init__()
        self.root = self.open = Element("", {}, None)
        self.unbalanced: list[str] = []
        self.feed(html)
        if self.open.tag:
            self.unbalanced += [f"<{one.tag}>" for one in (self.open, *self.open.above()) if one.tag]
        self.elements = list(self.root.all())
        self.by_id = {element["id"]: element for element in self.elements if element["id"]}
        self.labels = {element["for"]: element for element in self.elements if element.tag == "label"}

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.open)
        self.open.inside.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attrs):
        self.open.inside.append(Element(tag, dict(attrs), self.open))

    def handle_endtag(self, tag):
        if self.open.tag != tag:
            self.unbalanced.append(f"</{tag}>")
        if self.open.parent:
            self.open = self.open.parent

    def handle_data(self, data):
        self.open.inside.append(data)

    def name(self, element: Element) -> str:
        """What it is called: by what labels it, its own label, or its `label` element."""
        if element["aria-labelledby"]:
            by = (self.by_id.get(one) for one in element["aria-labelledby"].split())
            return " ".join(one.said for one in by if one)
        label = self.labels.get(element["id"]) if element["id"] else element.around("label")
        return element["aria-label"] or (label.text if label else "")

    def groups(self, element: Element) -> tuple[str, ...]:
        """What the groups it stands in are called, the innermost first."""
        return tuple(self.name(up) or legend(up) for up in element.above() if is_group(up))


def is_group(element: Element) -> bool:
    return element.tag == "fieldset" or element["role"] in ("group", "radiogroup")


def legend(fieldset: Element) -> str:
    return next((one.text for one in fieldset.inside if isinstance(one, Element) and one.tag == "legend"), "")


def faults(html: str, checks=None) -> list[str]:
    page = Page(html)
    return [f"{check.__name__}: {fault}" for check in checks or CHECKS for fault in check(page)]


def is_not_closed(page: Page) -> Iterator[str]:
    yield from page.unbalanced


def id_stands_twice(page: Page) -> Iterator[str]:
    counts = Counter(element["id"] for element in page.elements if element["id"])
    return (one for one, count in counts.items() if count > 1)


def points_nowhere(page: Page) -> Iterator[str]:
    for element in page.elements:
        for attribute in POINTING:
            for one in element[attribute].split():
                if one not in page.by_id:
                    yield f"{element.tag} {attribute}={one}"


def heading_skips(page: Page) -> Iterator[str]:
    level = 0
    for element in page.elements:
        if re.fullmatch("h[1-6]", element.tag):
            if int(element.tag[1]) > level + 1:
                yield f"{element.tag} after h{level}: {element.text}"
            level = int(element.tag[1])


def landmarks(page: Page) -> Iterator[tuple[str, str]]:
    """(role, name) of the parts of a page one can jump to; a section is one only with a name."""
    for element in page.elements:
        role = element["role"] or LANDMARKS.get(element.tag)
        named = element["aria-label"] or element["aria-labelledby"]
        if role in NAMED_WHEN_THERE and (named or element.tag != "section"):
            yield role, page.name(element)


def landmark_has_no_name_of_its_own(page: Page) -> Iterator[str]:
    for (role, name), count in Counter(landmarks(page)).items():
        if not name or count > 1:
            yield f"{count} {role} called “{name}”"


def field_has_no_name(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.tag in FIELDS and element["type"] not in NOT_TYPED and not page.name(element):
            yield f"{element.tag} {element['name']}"


def fields_cannot_be_told_apart(page: Page) -> Iterator[str]:
    """Two fields of one form that are called the same, in groups that are called the same."""
    asked: Counter = Counter()
    for element in page.elements:
        if element.tag in FIELDS and element["type"] not in NOT_TYPED | CHOSEN:
            asked[id(element.around("form")), page.groups(element), page.name(element)] += 1
    return (f"{count} fields {name}" for (_form, _groups, name), count in asked.items() if count > 1)


def buttons_cannot_be_told_apart(page: Page) -> Iterator[str]:
    """Two buttons that are called the same and do not do the same."""
    done: dict[str, set] = {}
    for element in page.elements:
        if element.tag == "button" and element["type"] != "button":
            done.setdefault(page.name(element) or element.text, set()).add(deed(page, element))
    return (f"{len(deeds)} buttons {name}" for name, deeds in done.items() if len(deeds) > 1)


def deed(page: Page, button: Element) -> tuple:
    """What a button does: where it sends what.  Two searches of one address are the same, whatever they
    remember of it: a page draws its filters anew for narrow screens."""
    form = page.by_id.get(button["form"]) or button.around("form")
    changes = form and form["method"] == "post"
    said = [(one["name"], one["value"]) for one in form.all() if one["type"] == "hidden"] if changes else []
    where = button["formaction"] or (form["action"] if form else "")
    return where, button["name"], button["value"], tuple(one for one in said if one[0] != "csrf_token")


def asking_groups(page: Page) -> list[Element]:
    return [one for one in page.elements if is_group(one) and any(field.tag in FIELDS for field in one.all())]


def group_has_no_name(page: Page) -> Iterator[str]:
    for group in asking_groups(page):
        if not (page.name(group) or legend(group)):
            yield f"{group.tag} {group.text}"


def groups_cannot_be_told_apart(page: Page) -> Iterator[str]:
    """Two groups of fields that are called the same, also where the screen shows only one of them."""
    return doubled(page.name(group) or legend(group) for group in asking_groups(page))


def articles_cannot_be_told_apart(page: Page) -> Iterator[str]:
    return doubled(page.name(one) for one in page.elements if one.tag == "article")


def doubled(names: Iterable[str]) -> Iterator[str]:
    return (f"{count} called “{name}”" for name, count in Counter(names).items() if count > 1)


def choices_have_no_group(page: Page) -> Iterator[str]:
    boxes: dict[tuple, list[Element]] = {}
    for element in page.elements:
        if element["type"] in CHOSEN and element["name"]:
            boxes.setdefault((id(element.around("form")), element["name"]), []).append(element)
    for (_form, name), several in boxes.items():
        if len(several) > 1 and not all(page.groups(box) or box.around("table") for box in several):
            yield name


def attribute_is_no_html(page: Page) -> Iterator[str]:
    for element in page.elements:
        for name in element.attributes:
            if name.startswith(("hx-", "on")) or name == "style":
                yield f"{element.tag} {name}"
        if element.tag == "time" and not TIMES.fullmatch(element["datetime"] or element.text):
            yield f"time {element['datetime']}"
        if element.tag == "input" and element["autocomplete"] == "street-address":
            yield "street-address is for several lines"


def block_stands_in_a_line(page: Page) -> Iterator[str]:
    """Browsers show it; checkers, and whoever reads the tree, stumble."""
    for element in page.elements:
        if element.tag in BLOCKS:
            yield from (f"{element.tag} in {line}" for line in LINES if element.around(line))


def choice_says_nothing(page: Page) -> Iterator[str]:
    for element in page.elements:
        choice = element.around("select") if element.tag == "option" else None
        if choice and not element.text and not element["label"]:
            yield f"an option of {choice['name']}"


def choice_is_made_already(page: Page) -> Iterator[str]:
    """A list of which something must be chosen begins with an empty choice."""
    for element in page.elements:
        if element.tag == "select" and "required" in element.attributes:
            first = next((one for one in element.all() if one.tag == "option"), None)
            if first and (first["value"] or "value" not in first.attributes):
                yield element["name"]


def error_is_on_no_field(page: Page) -> Iterator[str]:
    """Where a field is shown as wrong, what is filled in there says so of itself."""
    for element in page.elements:
        shown = {"f", "bad"} <= set(element["class"].split())
        if shown and not any(one["aria-invalid"] == "true" for one in element.all()):
            yield element["id"] or element.text


def slug_is_no_word(page: Page) -> Iterator[str]:
    """A slug of the database where a Chinese page has words for people."""
    if any(one.tag == "html" and one["lang"].startswith("zh") for one in page.elements):
        for text in page.root.readable():
            yield from SLUG.findall(text)


CHECKS = [
    is_not_closed,
    id_stands_twice,
    points_nowhere,
    heading_skips,
    landmark_has_no_name_of_its_own,
    field_has_no_name,
    fields_cannot_be_told_apart,
    buttons_cannot_be_told_apart,
    group_has_no_name,
    groups_cannot_be_told_apart,
    articles_cannot_be_told_apart,
    choices_have_no_group,
    attribute_is_no_html,
    block_stands_in_a_line,
    choice_says_nothing,
    choice_is_made_already,
    error_is_on_no_field,
    slug_is_no_word,
]
