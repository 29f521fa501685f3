"""Templates can be read as code can: short lines, nesting that shows, and no file of many screens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

LINE, FILE = 140, 150

# Still laid out as they were: the printed papers, whose front a new layout changed.
TO_DO = ("document/act.html", "document/certificate.html")

# Still longer, in lines: a figure is only ever made smaller, and what was split is struck out.
STILL_LONG = {
    "certification/aftercare/life/show.html": 201,
    "certification/application/inventory/edit.html": 170,
    "certification/certificate/public/certificate.html": 212,
    "certification/clocks/why.html": 202,
    "certification/laboratory/sample.html": 255,
    "certification/laboratory/testing/report.html": 170,
    "dev/components.html": 400,
    "home.html": 196,
    "oversight/home.html": 162,
}

PAIRED = "if|for|macro|call|block|with|filter"
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
STATEMENT = re.compile(rf"\{{%-?\s*(?P<end>end)?(?:{PAIRED})\b")


def templates(root: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted((root / "templates").rglob("*.html")):
        name = path.relative_to(root / "templates").as_posix()
        if name not in TO_DO:
            yield name, path.read_text(encoding="utf-8").splitlines()


def long_lines(root: Path) -> list[str]:
    return [
        f"{name}:{number} has {len(line)} characters"
        for name, lines in templates(root)
        for number, line in enumerate(lines, 1)
        if len(line) > LINE
    ]


def long_files(root: Path) -> dict[str, int]:
    return {name: len(lines) for name, lines in templates(root) if len(lines) > FILE}


def ends_astray(root: Path) -> list[str]:
    """Where a statement that begins a line ends on another, less or more deep than it began."""
    return [f"{name}:{number}" for name, lines in templates(root) for number in astray(lines)]


def astray(lines: list[str]) -> Iterator[int]:
    begun = []
    for number, line in enumerate(without_comments(lines), 1):
        for found in STATEMENT.finditer(line):
            before = line[: found.start()]
            if not found["end"]:
                begun.append((number, before))
                continue
            where, depth = begun.pop()
            if where != number and not depth.strip() and depth != before:
                yield where


def without_comments(lines: list[str]) -> list[str]:
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(lines)).split("\n")


def test_no_line_of_a_template_is_too_long():
    assert long_lines(ROOT) == []


def test_no_template_is_too_long_but_those_that_are_still_to_be_split():
    assert long_files(ROOT) == STILL_LONG


def test_every_statement_ends_as_deep_as_it_began():
    assert ends_astray(ROOT) == []


@pytest.mark.parametrize(
    ("look", "text", "found"),
    [
        (long_lines, "<p>" + "一" * 138, ["a.html:1 has 141 characters"]),
        (long_lines, "<p>" + "一" * 137, []),
        (long_files, "\n" * 151, {"a.html": 151}),
        (long_files, "\n" * 150, {}),
        (ends_astray, "  {% if a %}\n    b\n{% endif %}", ["a.html:1"]),
        (ends_astray, "{% for a in b %}\n  {%- if a %}\n  {% endif %}{% endfor %}", ["a.html:1"]),
        (ends_astray, "  {%- if a %}\n    b {# {% if #}\n  {%- endif %}{% if c %}d{% endif %}", []),
    ],
)
def test_a_template_that_is_hard_to_read_is_found(tmp_path, look, text, found):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text(text, encoding="utf-8")
    assert look(tmp_path) == found
