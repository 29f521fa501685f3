"""Functions stay short and files can be read in one go."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, files, python

MEDIAN, P90, LONGEST, FILE = 8, 25, 60, 400


def functions(root: Path, *tops: str) -> dict[str, int]:
    """How many lines each function has, decorators apart."""
    return {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, tree in python(root, *tops)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def too_long_functions(root: Path) -> list[str]:
    return [f"{name} has {length} lines" for name, length in functions(root).items() if length > LONGEST]


def too_long_files(root: Path) -> list[str]:
    lengths = {
        path: len((root / path).read_text(encoding="utf-8").splitlines())
        for path in files(root)
        if path.suffix == ".py"
    }
    return [f"{path} has {length} lines" for path, length in lengths.items() if length > FILE]


def over_budget(root: Path) -> list[str]:
    """The budget counts what the offices do; tests and scripts have only the upper limit."""
    lengths = list(functions(root, *OFFICES).values())
    median, p90 = statistics.median(lengths), statistics.quantiles(lengths, n=10)[-1]
    found = [("median", median, MEDIAN), ("ninetieth percentile", p90, P90)]
    return [f"the {name} is {value} lines, not {limit}" for name, value, limit in found if value > limit]


def function_of(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


def test_no_function_is_too_long():
    assert too_long_functions(ROOT) == []


def test_no_file_is_too_long():
    assert too_long_files(ROOT) == []


def test_functions_keep_to_the_budget():
    assert over_budget(ROOT) == []


@pytest.mark.parametrize(("lines", "complaints"), [(60, 0), (61, 1)])
def test_a_long_function_is_found(plant, lines, complaints):
    assert len(too_long_functions(plant("tests/test_x.py", function_of(lines)))) == complaints


@pytest.mark.parametrize(("lines", "complaints"), [(400, 0), (401, 1)])
def test_a_long_file_is_found(plant, lines, complaints):
    assert len(too_long_files(plant("carbon/units.py", "x = 1\n" * lines))) == complaints


@pytest.mark.parametrize(
    ("lengths", "complaint"),
    [
        ([8] * 10, []),
        ([8] * 8 + [25] * 2, []),
        ([9] * 10, ["the median is 9.0 lines, not 8"]),
        ([5] * 8 + [26] * 2, ["the ninetieth percentile is 26.0 lines, not 25"]),
    ],
)
def test_a_budget_that_is_not_kept_is_found(plant, lengths, complaint):
    assert over_budget(plant("core/x.py", "\n".join(map(function_of, lengths)))) == complaint


def test_a_file_made_by_a_tool_may_be_long(plant):
    root = plant("migrations/versions/0001_first.py", "def upgrade():\n" + "    x = 1\n" * 500)
    assert too_long_files(root) + too_long_functions(root) == []
