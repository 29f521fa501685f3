"""What runs on both databases says why; the reasons, the marks and CONTRIBUTING know the same kinds."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.support.engines import KINDS

MARK = re.compile(r'^pytestmark = pytest\.mark\.engines\("(\w+)"\)$', re.MULTILINE)
MARKED = re.compile(r"\bmark\.engines\b")

# What only the engine decides: what it refuses, what it is told in its own words, who waits for whom.
DECIDED_BELOW = re.compile(
    r"\b(IntegrityError|OperationalError|exec_driver_sql|with_for_update)\b"
    r"|^from alembic|\bimport .*\bat_once\b",
    re.MULTILINE,
)


def marks(modules: dict[str, str]) -> dict[str, str]:
    """The kind each module names; "" where it is not said once, in one line, as one of the kinds."""
    found = {}
    for path, text in modules.items():
        if MARKED.search(text):
            said = MARK.findall(text)
            found[path] = said[0] if len(said) == 1 and said[0] in KINDS else ""
    return found


def test_each_module_that_runs_on_both_databases_names_its_kind_and_every_kind_has_modules():
    modules = {str(path): path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    del modules[__file__]
    found = marks(modules)
    assert [path for path, kind in found.items() if not kind] == []
    assert set(found.values()) == KINDS.keys()


def unmarked(modules: dict[str, str]) -> set[str]:
    """The modules of which a database decides something, and that run on one alone."""
    return {path for path, text in modules.items() if DECIDED_BELOW.search(text) and not MARKED.search(text)}


def test_what_a_database_decides_is_tried_on_both():
    modules = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "tests").rglob("test_*.py")
        if path != Path(__file__)
    }
    assert unmarked(modules) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from sqlalchemy.exc import IntegrityError\n", True),
        ("from alembic.migration import MigrationContext\n", True),
        ("from tests.support.client import at_once, twin\n", True),
        ('connection.exec_driver_sql("SELECT 1")\n', True),
        ("def test_it_is_gone_at_once(): ...\n", False),
        ('from alembic import op\npytestmark = pytest.mark.engines("sql")\n', False),
    ],
)
def test_a_module_that_lacks_its_mark_is_found(text, found):
    assert bool(unmarked({"tests/test_it.py": text})) is found


def test_a_mark_without_a_known_kind_is_found():
    said = {
        "good.py": 'pytestmark = pytest.mark.engines("locks")\n',
        "odd.py": 'pytestmark = pytest.mark.engines("weather")\n',
        "bare.py": "pytestmark = pytest.mark.engines\n",
        "none.py": "def test_it(): ...\n",
    }
    assert marks(said) == {"good.py": "locks", "odd.py": "", "bare.py": ""}


def test_every_kind_stands_in_contributing():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [kind for kind, why in KINDS.items() if f"| {kind} | {why} |" not in text] == []
