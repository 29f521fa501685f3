"""Every office has the same rooms, so that who knows one knows all."""

from pathlib import Path

import pytest

from tests.architecture.tree import DESKS, OFFICES, ROOT, files

COMMON = {
    "api", "chores", "cli", "constraints", "places", "data", "events",
    "forms", "models", "notices", "operations", "queries", "shapes", "steps", "views",
    "words",
}  # fmt: skip

SPECIAL = {
    "core": {
        "archives",
        "asked", "assets", "audit", "backup", "bounded", "brand", "calendar", "canonical", "charts", "clock",
        "codes", "columns", "db", "demands", "errors", "fields", "files", "fonts", "health", "i18n",
        "icons", "ics", "jobs", "lifecycle", "machine", "mail", "members", "once", "opened",
        "papers", "proxies", "readers", "seal", "series", "states", "step", "tables", "times",
        "typed", "web", "worker",
    },
    "accounts": {"actor", "guessing", "passwords", "session", "uscc"},
    "registers": {"adoption", "numbers"},
    "carbon": {
        "checks", "factors", "footprint", "keys", "records", "synonyms", "systems", "uncertainty", "units",
    },
    "certification": {"answers", "signed_answers", "workflow", *DESKS},
    "schemes": {
        "asking", "called", "drafts", "document", "judging", "papers", "readings", "stated", "terms",
        "vocabulary",
    },
    "catalog": {"projection", "search"},
    "procurement": {
        *("assignments", "bids", "categories", "confirmations", "export", "loading", "objections"),
        *("papers", "policy", "rules"),
        *("purchases", "shortlists", "suspensions", "tender", "verdict", "workflow"),
    },
    "oversight": {"workflow"},
    "demo": set(),
}  # fmt: skip

# The desks of certification have the rooms of an office, and these beside them.
AT_DESKS = {
    "acts": {"papers", "statement"},
    "application": {"differences"},
    "certificate": {
        "attested",
        "document",
        "facts",
        "keys",
        "likeness",
        "pictures",
        "statement",
    },
    "conversion": {"export", "pictures", "specimen"},
    "fees": {"reckoning"},
    "label": {"artwork"},
    "reporting": {"papers"},
    "workbooks": {"difference", "exchange"},
}


def rooms(root: Path, *place: str) -> set[str]:
    """What stands in an office, or at a desk of it."""
    depth = len(place)
    inside = [path for path in files(root) if path.parts[:depth] == place and len(path.parts) > depth]
    return {path.with_suffix("").parts[depth] for path in inside} - {"__init__"}


def undeclared(root: Path, *place: str) -> set[str]:
    return rooms(root, *place) - COMMON - declared(place)


def empty(root: Path, *place: str) -> set[str]:
    """A special room that was given up must leave the list as well."""
    return declared(place) - rooms(root, *place)


def declared(place: tuple[str, ...]) -> set[str]:
    return AT_DESKS.get(place[1], set()) if len(place) > 1 else SPECIAL[place[0]]


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


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_has_the_rooms_of_an_office_and_its_declared_special_ones(desk):
    assert undeclared(ROOT, "certification", desk) == set()
    assert empty(ROOT, "certification", desk) == set()


def test_an_undeclared_room_at_a_desk_is_found(plant):
    assert undeclared(plant("certification/fees/helpers.py"), "certification", "fees") == {"helpers"}


def test_a_declared_room_that_is_not_there_is_found(plant):
    assert empty(plant("catalog/search/__init__.py"), "catalog") == {"projection"}
