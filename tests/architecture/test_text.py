"""What must stand in no file: where packages were fetched from, where somebody worked, and style or script
inside a page, which the content policy would not obey."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files

# Written in halves, so that this file does not complain of itself.
REGISTRIES = [
    "pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian", "--extra-" + "index-url",
    "--index" + "-url", "--find" + "-links", "ftp." + "debian", "snapshot." + "debian",
]  # fmt: skip
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]

LOCK_FILES = re.compile(r"requirements.*\.(txt|in)")
IN_LOCK_FILES = re.compile(r"https?://|file:| @ ")

INLINE = re.compile(
    r"""<[^>{%]*\s(style|on[a-z]+|hx-on[\w:.-]*)\s*=   # an attribute that is style or script
      | <style\b
      | <script\b(?![^>]*\bsrc=)                       # a script written here
      | javascript:""",
    re.VERBOSE | re.IGNORECASE,
)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def text_of(path: Path) -> str:
    """A file as text, or nothing when it is a picture or the like."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def addresses(root: Path) -> list[str]:
    return [
        f"{path} names {address}"
        for path in files(root)
        for address in REGISTRIES + PLACES
        if address in text_of(root / path)
    ]


def unlocked(root: Path) -> list[str]:
    """The lock files name packages and hashes, and nothing else."""
    return [
        f"{path} says {found[0]!r}"
        for path in files(root)
        if LOCK_FILES.fullmatch(path.name) and (found := IN_LOCK_FILES.search(text_of(root / path)))
    ]


def inline(root: Path) -> list[str]:
    return [
        f"{path}: {found[0].strip()}"
        for path in files(root)
        if path.parts[0] == "templates"
        for found in INLINE.finditer(COMMENT.sub("", text_of(root / path)))
    ]


@pytest.mark.parametrize("check", [addresses, unlocked, inline])
def test_it_stands_nowhere(check):
    assert check(ROOT) == []


@pytest.mark.parametrize("address", REGISTRIES + PLACES)
def test_an_address_is_found(plant, address):
    assert addresses(plant("docs/a.md", f"see {address}x")) == [f"docs/a.md names {address}"]


@pytest.mark.parametrize("line", ["x @ git+ssh://y", "-f file:/opt", "--url https://example.org"])
def test_a_package_from_somewhere_else_is_found(plant, line):
    assert len(unlocked(plant("requirements-test.txt", line))) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        '<p class="a"\n   style = "color: red">',
        '<a onclick="go()">',
        '<form hx-on:submit="go()">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_style_or_script_inside_a_page_is_found(plant, html):
    assert len(inline(plant("templates/catalog/show.html", html))) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/site.js" defer></script>',
        '<option {% if on %}selected{% endif %} data-style="x" value="one">',
        '{# never <p style="…"> #}',
        '<text font-size="12" text-anchor="middle">',
        '<p title="version = 3">',
    ],
)
def test_what_only_looks_like_it_is_let_be(plant, html):
    assert inline(plant("templates/catalog/show.html", html)) == []
