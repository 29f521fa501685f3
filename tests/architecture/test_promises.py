"""Every guard of the rule book and every wish of the users has a test that says so.

A comment above a test names what it shows: `# guard 13`, `# ask 22`, or several of them.
"""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

MARK = re.compile(r"(guard|ask) (\d+)")
GUARDS = range(1, 23)
ASKS = (*range(1, 26), 33, 34, 35, 38, 42)


def shown(root: Path) -> set[tuple[str, int]]:
    """What the comments right above tests name."""
    found: set[tuple[str, int]] = set()
    for path in sorted(root.rglob("test_*.py")):
        waiting: set[tuple[str, int]] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                waiting |= {(kind, int(number)) for kind, number in MARK.findall(line)}
            elif line.startswith("def test_"):
                found |= waiting
                waiting = set()
            elif not line.strip() and waiting:
                waiting = set()
    return found


@pytest.mark.parametrize("number", GUARDS)
def test_a_guard_of_the_rule_book_has_its_test(number):
    assert ("guard", number) in shown(ROOT / "tests")


@pytest.mark.parametrize("number", ASKS)
def test_a_wish_of_the_users_has_its_test(number):
    assert ("ask", number) in shown(ROOT / "tests")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# guard 3\ndef test_a():\n    pass\n", {("guard", 3)}),
        ("# ask 4, ask 5\n@decorated\ndef test_a():\n    pass\n", {("ask", 4), ("ask", 5)}),
        ("# guard 3\n\n\ndef test_a():\n    pass\n", set()),
        ("# guard 3\ndef helper():\n    pass\n\n\ndef test_a():\n    pass\n", set()),
        ("def test_a():\n    pass\n", set()),
    ],
)
def test_only_a_comment_right_above_a_test_counts(tmp_path, text, found):
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    assert shown(tmp_path) == found
