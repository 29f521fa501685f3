"""Whether a product may be bought on a day is asked in one place: `procurement/verdict` and its readers.

Lists, pages, downloads, the API and the check of bids are told by it; none of them asks for itself whether a
certificate is in force, covers a model, or which edition and which rule stood on a day.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.architecture.tree import ROOT, files, office_code

ASKS = {
    # status
    *("status_on", "standing", "standings", "is_valid", "asked_stands"),
    *("VALID", "LOST", "IN_FORCE", "EXPIRED", "SUSPENDED", "NOT_BEGUN", "ACTED_ON", "BY_DAY", "FINAL"),
    # coverage
    *("covers", "version_on"),
    # edition and policy
    *("in_force_on", "policies_in_force", "latest_published"),
}
PUBLIC = "certification/certificate/views/public.py"
ASKED = ("procurement/", "catalog/", PUBLIC)
PAGES = ("templates/procurement/", "templates/catalog/", "templates/certification/certificate/public/")
READERS = ("procurement/verdict/", "catalog/models.py", "catalog/queries/", "catalog/search/")
# What asks besides, place and names.  May only become shorter.
EXCEPTIONS = {
    "procurement/rules.py": ({"LOST", "in_force_on"}, "composes an edition of facts that are handed to it"),
    "procurement/queries.py": (
        {"status_on", "in_force_on"},
        "reads what an edition is composed of, and the rules of a day",
    ),
    "procurement/operations.py": ({"latest_published"}, "a new edition follows the one in force"),
    "procurement/export.py": ({"asked_stands"}, "tells the act beside a verdict"),
    "procurement/views.py": ({"latest_published", "policies_in_force"}, "shows them whole, and judges none"),
    "procurement/api.py": (
        {"latest_published", "in_force_on", "status_on"},
        "tells the edition in force; members",
    ),
    "procurement/bids/operations.py": ({"latest_published"}, "whose list it is, who signs"),
    "catalog/views.py": ({"status_on"}, "shows the state of a certificate beside what is told from above"),
    "catalog/api.py": ({"status_on"}, "the same for programs"),
    "templates/catalog/card.html": ({"status_on"}, "the same on a card"),
    PUBLIC: ({"standing", "covers"}, "answers for one certificate: findings 2 to 4"),
    "templates/certification/certificate/public/": ({"standing", "is_valid"}, "what was given to it"),
}


def in_module(tree: ast.Module) -> set[str]:
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return ASKS & (
        names | {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}
    )


def in_page(tree: nodes.Template) -> set[str]:
    names = {node.attr for node in tree.find_all(nodes.Getattr)}
    return ASKS & (names | {node.name for node in tree.find_all(nodes.Name)})


def askers(root: Path, jinja: Environment) -> Iterator[tuple[str, str]]:
    """(file, name) of all that ask for themselves."""
    for path, tree in office_code(root):
        if str(path).startswith(ASKED) and not str(path).startswith(READERS):
            yield from ((str(path), name) for name in in_module(tree))
    for path in files(root):
        if str(path).startswith(PAGES) and path.suffix == ".html":
            tree = jinja.parse((root / path).read_text(encoding="utf-8"))
            yield from ((str(path), name) for name in in_page(tree))


def excepted(path: str) -> set[str]:
    return {name for place, (names, _why) in EXCEPTIONS.items() if path.startswith(place) for name in names}


@pytest.fixture(scope="module")
def jinja(assembled) -> Environment:
    return assembled.jinja_env


def test_only_the_verdict_and_its_readers_ask_status_coverage_or_edition(jinja):
    assert [each for each in askers(ROOT, jinja) if each[1] not in excepted(each[0])] == []


def test_every_exception_is_one_still(jinja):
    found = set(askers(ROOT, jinja))
    stated = {(place, name) for place, (names, _why) in EXCEPTIONS.items() for name in names}
    assert {
        each for each in stated if not any(p.startswith(each[0]) and n == each[1] for p, n in found)
    } == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("procurement/views.py", "x = line.certificate.is_valid"),
        ("procurement/bids/queries.py", "x = version.covers(model)"),
        ("procurement/bids/export.py", "from law import VALID\nx = held in VALID"),
        ("catalog/api.py", "x = catalog.standings(ids, day)"),
        ("certification/certificate/views/public.py", "x = rule.in_force_on(day)"),
        ("templates/procurement/found.html", "{{ entry.status_on(day) }}"),
        ("templates/catalog/found.html", "{% if version.covers(model) %}x{% endif %}"),
    ],
)
def test_who_asks_for_himself_is_found(plant, jinja, name, text):
    found = list(askers(plant(name, text), jinja))
    assert [path for path, asked in found if asked not in excepted(path)] == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("procurement/verdict/lines.py", "x = status_on(day)"),
        ("catalog/queries/products.py", "x = status_on(day)"),
        ("procurement/views.py", "x = lines.on_day(rows, day)"),
        ("templates/procurement/found.html", "{{ found.overall }}"),
    ],
)
def test_who_is_told_is_not(plant, jinja, name, text):
    assert list(askers(plant(name, text), jinja)) == []
