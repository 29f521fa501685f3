"""What an office lets those above it see: events, queries, operations, the shapes of what these are handed,
and rooms that are pure rules."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import DESKS, OFFICES, ROOT, office_code, room

OPEN = {"events", "queries", "operations", "shapes"}
GROUND = {"core", "accounts", "registers", "schemes"}  # what it keeps to itself is held by contracts


def pure_rooms() -> set[str]:
    """The rooms that a contract of pyproject.toml holds to be pure."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [pure] = [c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "pure"]
    return set(pure["source_modules"])


def hidden_imports(root: Path) -> list[str]:
    pure = pure_rooms()
    return [
        f"{path} imports {module}"
        for path, tree in office_code(root)
        if path.parts[0] != "demo"
        for module in sorted(imported(tree))
        if is_of_another(path, module) and not is_shown(module, pure) and not may_point(path, module)
    ]


def imported(tree: ast.Module) -> set[str]:
    """Modules as dotted names; `from carbon import models` names carbon.models."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def is_of_another(path: Path, module: str) -> bool:
    office = module.split(".")[0]
    return office in set(OFFICES) - GROUND and office != path.parts[0]


def is_shown(module: str, pure: set[str]) -> bool:
    opened = module.split(".")[1] in OPEN or (module.split(".")[1] in DESKS and module.split(".")[2] in OPEN)
    return opened or any(f"{module}.".startswith(f"{room}.") for room in pure)


def may_point(path: Path, module: str) -> bool:
    """The tables of certification point at those of carbon, which the database must know."""
    return path.parts[0] == "certification" and room(path) == "models" and module.startswith("carbon.models")


def test_nobody_looks_into_a_room_that_is_not_shown():
    assert hidden_imports(ROOT) == []


@pytest.mark.parametrize(
    ("path", "code", "found"),
    [
        (
            "catalog/projection.py",
            "from certification.certificate import document",
            ["certification.certificate.document"],
        ),
        (
            "catalog/projection.py",
            "from certification.label.artwork import draw",
            ["certification.label.artwork.draw"],
        ),
        ("procurement/queries.py", "import catalog.search.index", ["catalog.search.index"]),
        ("certification/fees/operations.py", "from carbon.models import Factor", ["carbon.models.Factor"]),
        ("certification/application/models/case.py", "from carbon.models import Inventory", []),
        ("catalog/projection.py", "from certification.certificate.queries import certificates", []),
        ("catalog/projection.py", "from certification.workflow.certificate import status_on", []),
        ("catalog/projection.py", "from catalog.models import Entry", []),
        ("catalog/projection.py", "from core import audit", []),
        ("demo/load.py", "from certification.certificate import document", []),
    ],
)
def test_a_look_into_a_closed_room_is_found(plant, path, code, found):
    assert hidden_imports(plant(path, code)) == [f"{path} imports {name}" for name in found]
