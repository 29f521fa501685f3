"""No two files know each other, however long the way round: each can be read, and tested, before the next."""

import ast
from collections.abc import Iterator, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, office_code


def circle(root: Path) -> list[str]:
    """The files of one circle of imports, the first again at the end; none when there is no circle.

    What is imported for the eyes of a type checker only counts as nothing, and neither does what is slow to
    load and therefore imported inside a function (see test_late_imports).
    """
    trees = {module(path): tree for path, tree in office_code(root)}
    known = {name: set(imported(tree, trees.keys())) - {name} for name, tree in trees.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as found:
        return found.args[1]
    return []


def module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module, modules: Set[str]) -> Iterator[str]:
    """The modules the file names at its top; what is taken out of a module, unless it is one itself."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from named & modules
            yield from {node.module} & modules if named - modules else ()


def test_there_is_no_circle():
    assert circle(ROOT) == []


def test_a_circle_is_found_however_long(plant):
    plant("carbon/units.py", "from carbon import systems")
    plant("carbon/systems.py", "import carbon.checks")
    root = plant("carbon/checks.py", "from carbon.units import KG")
    assert set(circle(root)) == {"carbon.units", "carbon.systems", "carbon.checks"}


def test_a_room_that_its_own_files_ask_is_a_circle(plant):
    plant("accounts/views/__init__.py", "from accounts.views import account\nbp = 1")
    assert len(circle(plant("accounts/views/account.py", "from accounts.views import bp"))) == 3


FOR_A_CHECKER = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import carbon.units"


@pytest.mark.parametrize("code", ["", FOR_A_CHECKER])
def test_a_way_that_does_not_come_back_is_none(plant, code):
    plant("carbon/units.py", "from carbon import systems")
    assert circle(plant("carbon/systems.py", code)) == []
