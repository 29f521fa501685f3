"""No day is reckoned while a file is read in: a run, or a server, may outlast it.

A test that compares a day of its import with a day of its own fails when
Shanghai's midnight lies between.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, python

CLOCKS = {"today", "now", "real_now", "utcnow", "days_ahead"}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that is carried out when the file is read in; of a function, what decorates it and its
    defaults."""
    yield node
    for part in parts(node):
        yield from at_import(part)


def parts(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        yield from ast.iter_child_nodes(node)
        return
    yield from getattr(node, "decorator_list", [])
    yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default)


def days_of_import(root: Path) -> list[str]:
    return [
        f"{path}:{node.lineno}"
        for path, tree in python(root, *OFFICES, "tests", "bench")
        for node in at_import(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", None)) in CLOCKS
    ]


def test_no_day_is_reckoned_while_a_file_is_read_in():
    assert days_of_import(ROOT) == []


@pytest.mark.parametrize(
    "code",
    [
        "DAY = today().isoformat()",
        "BEGUN = clock.now()",
        "DAYS = [today() + timedelta(days=days) for days in (7, 1)]",
        "def sent(on=today()): ...",
        "def sent(*, on=date.today()): ...",
        "@pytest.mark.parametrize('day', [today()])\ndef test(day): ...",
        "class World:\n    began = datetime.now(UTC)",
        "with thing():\n    if today() > DAY: ...",
    ],
)
def test_a_day_of_the_import_is_found(plant, code):
    (found,) = days_of_import(plant("tests/core/test_days.py", code))
    assert found.startswith("tests/core/test_days.py:")


@pytest.mark.parametrize("code", ["def day():\n    return today()", "DAY = lambda: today()", "today = now"])
def test_a_day_at_its_use_is_none(plant, code):
    assert days_of_import(plant("tests/core/test_days.py", code)) == []
