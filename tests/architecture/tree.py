"""The tree the checks look at: each check takes its root, so that a test can hand it a tree with a fault."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OFFICES = (
    *("core", "accounts", "registers", "carbon", "schemes", "certification"),
    *("catalog", "procurement", "oversight", "demo"),
)
DESKS = (
    *(
        "workbench",
        "aftercare",
        "upkeep",
        "acts",
        "complaints",
        "messages",
        "late",
        "tracing",
        "reporting",
        "questions",
        "verification",
        "conversion",
        "label",
        "evaluation",
        "fees",
        "workbooks",
    ),
    *("certificate", "laboratory", "clocks", "impartiality", "application"),
)
ROOMS = {
    "api",
    "cli",
    "door",
    "events",
    "forms",
    "models",
    "notices",
    "operations",
    "queries",
    "views",
    "words",
}
NOT_OURS = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
}
MADE = {Path("translations/en"), Path("migrations/versions")}


def files(root: Path) -> Iterator[Path]:
    """Every file of the project that somebody wrote, relative to the root."""
    for folder, names, found in os.walk(root):
        here = Path(folder).relative_to(root)
        names[:] = sorted(name for name in names if name not in NOT_OURS and here / name not in MADE)
        yield from (
            here / name for name in sorted(found) if name not in NOT_OURS
        )  # .git is a file in a worktree


def python(root: Path, *tops: str) -> Iterator[tuple[Path, ast.Module]]:
    """Each Python file, parsed; only below the named top folders when any are named."""
    for path in files(root):
        if path.suffix == ".py" and (not tops or path.parts[0] in tops):
            yield path, parsed((root / path).read_text(encoding="utf-8"))


@cache
def parsed(source: str) -> ast.Module:
    """Every check reads the whole tree, and none changes what it reads; parsing takes longest of all."""
    return ast.parse(source)


def office_code(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    return python(root, *OFFICES)


def room(path: Path) -> str:
    """Where in its office a file stands, whichever desk it belongs to: `certification/fees/views.py` is of
    the room `views`, and so is `catalog/views/page.py`; a file of no room goes by its own name."""
    inside = path.with_suffix("").parts[1:]
    return next((part for part in inside if part in ROOMS), inside[0])


def calls(tree: ast.Module, name: str) -> list[ast.Call]:
    """Every call of `name(...)` or `something.name(...)`."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if getattr(call.func, "attr", getattr(call.func, "id", None)) == name]
