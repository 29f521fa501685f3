"""docs/map.md has one line for each folder, two levels deep, and for those of the desks of certification."""

import re
from pathlib import Path

import pytest

from tests.architecture.test_rooms import COMMON
from tests.architecture.tree import OFFICES, ROOT, files

LINE = re.compile(r"^\| `(\S+)/` \| .+ \|$", re.MULTILINE)


def folders(root: Path) -> set[str]:
    """The folders that hold something; a room that offices have in common counts once, as `*/room`."""
    found = set()
    for path in files(root):
        for depth in range(1, min(len(path.parts), 4 if path.parts[0] == "certification" else 3)):
            found.add(name_on_map(path.parts[:depth]))
    return found


def name_on_map(parts: tuple[str, ...]) -> str:
    if parts[0] in OFFICES and parts[-1] in COMMON:
        return f"*/{parts[-1]}"
    return "/".join(parts)


def faults(root: Path) -> list[str]:
    lines = LINE.findall((root / "docs/map.md").read_text(encoding="utf-8"))
    twice = {name for name in lines if lines.count(name) > 1}
    return [
        *(f"{name} has no line" for name in sorted(folders(root) - set(lines))),
        *(f"{name} is not there" for name in sorted(set(lines) - folders(root))),
        *(f"{name} has two lines" for name in sorted(twice)),
    ]


def test_the_map_shows_the_tree():
    assert faults(ROOT) == []


MAP = """\
| folder | what |
|---|---|
| `docs/` | words |
| `core/` | ground |
| `*/queries/` | questions |
"""


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("", []),
        ("| `core/` | again |\n", ["core has two lines"]),
        ("| `attic/` | gone |\n", ["attic is not there"]),
    ],
)
def test_a_wrong_line_is_found(plant, line, fault):
    plant("core/db.py")
    plant("core/queries/jobs.py")
    assert faults(plant("docs/map.md", MAP + line)) == fault


def test_a_folder_without_a_line_is_found(plant):
    plant("core/queries/jobs.py")
    plant("templates/components/table/row.html")
    assert faults(plant("docs/map.md", MAP)) == [
        "templates has no line",
        "templates/components has no line",
    ]


def test_decisions_are_numbered_without_a_gap_and_say_their_number():
    files = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [file.name[:5] for file in files] == [f"{number:04d}-" for number in range(1, len(files) + 1)]
    for number, file in enumerate(files, 1):
        assert file.read_text(encoding="utf-8").startswith(f"# {number}. "), file.name
