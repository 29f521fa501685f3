"""Every office has the same rooms, so that who knows one knows all."""

from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, files

COMMON = {
    "api", "chores", "cli", "constraints", "places", "data", "events",
    "forms", "models", "notices", "operations", "queries", "steps", "views", "words",
}  # fmt: skip

SPECIAL = {
    "core": {
        "asked", "assets", "audit", "backup", "bounded", "brand", "calendar", "canonical", "charts", "clock",
        "columns", "db", "demands", "errors", "fields", "files", "fonts", "health", "i18n", "icons", "ics",
        "jobs", "lifecycle", "machine", "mail", "once", "opened", "proxies", "readers", "seal", "series",
        "step", "tables", "typed", "web", "worker",
    },
    "accounts": {"actor", "guessing", "passwords", "session", "uscc"},
    "carbon": {"checks", "factors", "footprint", "systems", "units"},
    "certification": {
        "acts", "attested", "bodies", "differences", "document", "exchange", "impartiality", "keys",
        "label", "papers", "schemes", "shapes", "statement", "workflow",
    },
    "catalog": {"projection", "search"},
    "procurement": {"export", "rules", "workflow"},
    "oversight": {"workflow"},
    "demo": set(),
}  # fmt: skip


def rooms(root: Path, office: str) -> set[str]:
    inside = [path for path in files(root) if path.parts[0] == office and len(path.parts) > 1]
    return {path.with_suffix("").parts[1] for path in inside} - {"__init__"}


def undeclared(root: Path, office: str) -> set[str]:
    return rooms(root, office) - COMMON - SPECIAL[office]


def empty(root: Path, office: str) -> set[str]:
    """A special room that was given up must leave the list as well."""
    return SPECIAL[office] - rooms(root, office)


@pytest.mark.parametrize("office", [office for office in OFFICES if office != "demo"])
def test_an_office_has_the_common_rooms_and_its_declared_special_ones(office):
    assert undeclared(ROOT, office) == set()
    assert empty(ROOT, office) == set()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("catalog/utils.py", {"utils"}),
        ("catalog/helpers/text.py", {"helpers"}),
        ("catalog/queries.py", set()),
        ("catalog/queries/products.py", set()),
        ("catalog/search.py", set()),
        ("catalog/data/codes.csv", set()),
    ],
)
def test_an_undeclared_room_is_found(plant, path, found):
    assert undeclared(plant(path), "catalog") == found


def test_a_declared_room_that_is_not_there_is_found(plant):
    assert empty(plant("catalog/search/__init__.py"), "catalog") == {"projection"}
