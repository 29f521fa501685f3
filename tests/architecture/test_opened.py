"""What strangers send is taken apart in `core/opened`, and what unpacks there runs in a bounded child."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, calls, office_code

# Modules that unpack or parse a whole file, however large it turns out to be.
UNPACKING = {"zipfile", "openpyxl", "pyexpat", "xml", "lxml", "PIL", "pypdf", "pypdfium2", "olefile"}
PACKING = {"core/archives.py"}  # writes archives, and opens none
# Who reads and writes tables of lines, for all.
TABLES = {"core/opened/table.py", "core/tables/__init__.py"}
BOOKS = {"core/tables/book.py"}  # what they write runs nothing
# Functions of core/opened that a bounded child must be asked for.
HEAVY = {"count_pages", "draw_page", "examine", "grid", "list_members"}


def is_opened(path: Path) -> bool:
    return path.parts[:2] == ("core", "opened")


def unpacked_elsewhere(root: Path) -> list[str]:
    return [
        f"{path}:{line} imports {name}"
        for path, tree in office_code(root)
        if not is_opened(path) and path.as_posix() not in PACKING
        for line, name in imported(tree)
        if name in UNPACKING
    ]


def tables_read_elsewhere(root: Path) -> list[str]:
    return [
        f"{path}:{line} imports csv"
        for path, tree in office_code(root)
        if path.as_posix() not in TABLES
        for line, name in imported(tree)
        if name == "csv"
    ]


def workbooks_written_elsewhere(root: Path) -> list[str]:
    return [
        f"{path}:{line} imports {name}"
        for path, tree in office_code(root)
        if path.as_posix() not in BOOKS
        for line, name in imported(tree)
        if name == "xlsxwriter"
    ]


def imported(tree: ast.Module) -> list[tuple[int, str]]:
    """The top module of every import."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.partition(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, (node.module or "").partition(".")[0]))
    return found


def opened_in_the_request(root: Path) -> list[str]:
    """Heavy readers are handed to `bounded.run`, never called."""
    return [
        f"{path}:{call.lineno} calls {name}"
        for path, tree in office_code(root)
        if not is_opened(path)
        for name in sorted(HEAVY)
        for call in calls(tree, name)
        if getattr(getattr(call.func, "value", None), "id", "workbook") in ("workbook", "evidence", "preview")
    ]


CHECKS = [unpacked_elsewhere, tables_read_elsewhere, workbooks_written_elsewhere, opened_in_the_request]


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_unpacked_in_a_request(check):
    assert check(ROOT) == []


@pytest.mark.parametrize(
    ("path", "text", "check", "found"),
    [
        ("catalog/views.py", "import zipfile", unpacked_elsewhere, 1),
        ("catalog/views.py", "from openpyxl.utils import get_column_letter", unpacked_elsewhere, 1),
        ("core/opened/archive.py", "import zipfile", unpacked_elsewhere, 0),
        ("catalog/operations.py", "import csv", tables_read_elsewhere, 1),
        ("core/tables/__init__.py", "import csv", tables_read_elsewhere, 0),
        ("catalog/views.py", "import xlsxwriter", workbooks_written_elsewhere, 1),
        ("demo/load.py", "from xlsxwriter.workbook import Workbook", workbooks_written_elsewhere, 1),
        ("core/tables/book.py", "import xlsxwriter", workbooks_written_elsewhere, 0),
        ("catalog/views.py", "workbook.grid(content, [], 1, 1)", opened_in_the_request, 1),
        ("catalog/views.py", "bounded.run(workbook.grid, content, [], 1, 1)", opened_in_the_request, 0),
    ],
)
def test_the_checks_find_what_they_look_for(tmp_path, path, text, check, found):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    assert len(check(tmp_path)) == found
