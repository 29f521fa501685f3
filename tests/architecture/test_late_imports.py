"""An import inside a function hides who knows whom: only what is slow to load is loaded late."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, python

# What most processes never need, and what it costs to load it: nothing of ours.
LOADED_LATE = {
    "fontTools": "reads the outlines of a font, which only a check of texts needs",
    "PIL": "decodes pictures, which only the child that draws a preview needs",
    "pint": "builds its table of units, which only a conversion needs",
    "pypdfium2": "loads the library that opens a PDF, which only the child that examines one needs",
    "weasyprint": "loads the libraries that draw pages, which only the drawing of a paper needs",
}


def hidden(root: Path) -> list[str]:
    """Every import inside a function of the product, but those of what is loaded late on purpose."""
    return [
        f"{path}:{node.lineno} {module}"
        for path, tree in [*python(root, *OFFICES), *python(root, "app.py", "config.py")]
        for node in inside_functions(tree)
        for module in named(node)
        if module.partition(".")[0] not in LOADED_LATE
    ]


def inside_functions(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def named(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return [alias.name for alias in node.names]


def test_nothing_of_ours_is_imported_inside_a_function():
    assert hidden(ROOT) == []


def test_what_is_loaded_late_is_nothing_of_ours():
    assert LOADED_LATE.keys().isdisjoint({*OFFICES, "app", "config"})


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    from certification.steps import TABLE",
        "def f():\n    if True:\n        import secrets",
        "class C:\n    def f(self):\n        from . import operations",
        "async def f():\n    import certification.operations as verbs",
        "def f():\n    from pintless import x",
    ],
)
def test_a_hidden_import_is_found(plant, code):
    assert len(hidden(plant("certification/evaluation/operations/decision.py", code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "from certification import models",
        "def f():\n    import pint",
        "def f():\n    from weasyprint.text.fonts import FontConfiguration",
        "if TYPE_CHECKING:\n    from certification.models import Certificate",
    ],
)
def test_an_open_import_and_one_of_what_is_slow_are_fine(plant, code):
    assert hidden(plant("certification/evaluation/operations/decision.py", code)) == []
