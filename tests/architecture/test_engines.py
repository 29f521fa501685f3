"""What runs on both databases says why; the reasons, the marks and CONTRIBUTING know the same kinds."""

import re

from tests.architecture.tree import ROOT
from tests.support.engines import KINDS

MARK = re.compile(r'^pytestmark = pytest\.mark\.engines\("(\w+)"\)$', re.MULTILINE)
MARKED = re.compile(r"\bmark\.engines\b")


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
