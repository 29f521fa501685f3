"""A slug that is put into words by joining has a word, whichever member of its list it is.

`word(f"act.{act.kind}")` is as good as the worst kind of act.  Every such join is found by reading modules
and pages; vocabulary.py says which list fills it, and here every member is looked up.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from jinja2 import nodes

from core import words
from tests.architecture.tree import OFFICES, ROOT, calls, files, python
from tests.architecture.vocabulary import FILLED_BY, OPEN, PARTS_OF_THEM, WRITTEN_IN

SPEAKING = ("word", "status", "known", "a_word", "words_of", "_words")
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)*\.\{\}")
LIFE = re.compile(r"\{\}\.(state|step)\.")  # of whichever thing has a life: all of them are filled

# Joins of which even the prefix is joined, each with the prefixes it is given.
JOINED = {
    "templates/certification/workbench/dossier/inventory.html {}.{}": ["boundary", "removed_by"],
    "carbon/words/__init__.py {}.{}": ["boundary", "removed_by", "gas_condition", "apart", "fuel_type"],
    "catalog/queries/facets.py {}.{}": ["below", "certificate.state", "family", "boundary", "region"],
    "core/step/forms.py {}.{}": [
        "about", "adopted", "category_file", "cause", "certificate.step", "competent_for", "complaint_about",
        "complaint_measure", "complaint_outcome", "conclusion", "data_outcome", "declaration", "family",
        "finding", "grade", "medium", "opinion", "order", "outcome", "plan_part", "policy_mode", "proof",
        "recommendation", "registration", "remedy", "result", "rule", "sampling", "seal",
        "shortlist_decision", "supplied", "tie", "treatment",
    ],
    "certification/application/queries/submissions.py {}.{}": ["stage", "boundary"],
    "schemes/drafts/names.py {}.{}": ["boundary", "gwp", "stage", "clock"],
    "templates/certification/workbench/list.html {}.{}": [
        "application.state", "certificate.state", "sample.state", "surveillance.state",
    ],
    "templates/procurement/difference.html {}{}": ["change", "omission"],
}  # fmt: skip

# Who holds a role, works in a kind of organisation or may take a step differs by design; fields are no slugs.
CHOSEN = re.compile(r"role|duty|kind|.*\.step|act|item|differs|quantity|list\.column|policy_said|verified")

# Tables by slug that leave out members on purpose: what becomes of the others.
PARTIAL = {
    "catalog/operations.py manufacturing": "raw materials are inside the manufacturing of that data set",
    "catalog/search/ask.py newest": "relevance is the order of the scores themselves",
    "certification/certificate/attested.py suspend": "succession is told by the new certificate",
    "certification/chores.py act.draw": "each office does its own jobs",
    "certification/certificate/forms.py suspend": "a person does not supersede, and a form is a step's",
    "certification/aftercare/queries/rested.py bodies": "on a course or an accreditation nothing rests",
    "certification/clocks/notices.py acceptance": "the owner of the clock is told",
    "certification/application/queries/road.py draft": "a case that ended early shows no way ahead",
    "procurement/bids/told.py in-force": "nothing comes near to a category, a body or a rule",
    "registers/adoption/papers.py agreement": "every written act has the fields of an act",
    "carbon/footprint/gases.py CH4": "of the others no source says where they come from",
    "carbon/footprint/gases.py N2O": "carbon dioxide is the measure, methane has sources of its own",
    "carbon/footprint/gases.py R404A": "only a blend has parts",
    "carbon/records/electricity.py own": "what comes from the grid, or is passed on, needs nothing else",
    "certification/application/views/sections.py parties": "after the files comes the case itself",
    "certification/workflow/proposal.py suspend": "a holder asks neither for withdrawal nor succession",
    "certification/workflow/proposal.py not_issued": "nothing can be asked of a certificate that ended",
    "templates/catalog/product.html not_issued": "an act says the others, and valid is not told",
    "templates/catalog/product.html suspended": "the others are shown as a warning",
    "templates/certification/certificate/public/verify.html suspended": "only these are told for their cause",
    "templates/certification/workbench/tasks.html amber": "in good time is shown plainly",
    "templates/certification/workbench/dossier/head.html files": "the other tabs count nothing",
    "templates/certification/certificate/show.html suspend": "succession is nothing a person does",
    "templates/certification/laboratory/sample.html planned": "a sample off its way shows no way",
    "templates/certification/aftercare/life/show.html change": "a first case is about no certificate",
    "templates/components/due_day.html amber": "in good time is shown plainly",
    "templates/document/act.html acceptance": "other acts set no term",
}


def pattern(parts, constant: type) -> str:
    return "".join(str(part.value) if isinstance(part, constant) else "{}" for part in parts)


@cache
def modules() -> list[tuple[Path, ast.Module]]:
    return list(python(ROOT, *OFFICES))


@pytest.fixture(scope="module")
def pages(assembled) -> list[tuple[Path, nodes.Template]]:
    paths = [path for path in files(ROOT) if path.parts[0] == "templates"]
    return [(path, assembled.jinja_env.parse((ROOT / path).read_text(encoding="utf-8"))) for path in paths]


def in_modules() -> Iterator[tuple[str, str, bool]]:
    """(where, the key with {} for what is joined, whether it is spoken at once)."""
    for path, tree in modules():
        spoken = set()
        for node in ast.walk(tree):  # a call comes before what it is given
            if isinstance(node, ast.Call) and name_of(node.func) in SPEAKING:
                spoken |= {id(argument) for argument in node.args}
            elif isinstance(node, ast.JoinedStr):
                yield str(path), pattern(node.values, ast.Constant), id(node) in spoken


def name_of(func: ast.expr) -> str:
    return getattr(func, "attr", getattr(func, "id", ""))


def in_pages(pages) -> Iterator[tuple[str, str, bool]]:
    for path, tree in pages:
        speaking = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") in SPEAKING]
        spoken = {id(argument) for call in speaking for argument in call.args}
        for node in tree.find_all(nodes.Concat):
            yield str(path), pattern(node.nodes, nodes.Const), id(node) in spoken


@pytest.fixture(scope="module")
def joins(pages) -> list[tuple[str, str, bool]]:
    return [*in_modules(), *in_pages(pages)]


def is_worded(prefix: str) -> bool:
    """Words stand under this prefix."""
    return any(key.rpartition(".")[0] == prefix for key in words.every())


def test_every_prefix_that_is_joined_to_a_slug_is_declared(joins):
    found = {
        key.removesuffix(".{}"): where
        for where, key, spoken in joins
        if KEY.fullmatch(key) and (spoken or is_worded(key.removesuffix(".{}")))
    }
    assert {"act", "proposal_source", "omission", "certificate.state"} <= found.keys()
    assert {prefix: where for prefix, where in found.items() if prefix not in {*FILLED_BY, *OPEN}} == {}


def test_every_join_of_a_joined_prefix_is_declared(joins):
    spoken = {f"{where} {key}" for where, key, at_once in joins if at_once and key.startswith("{}")}
    assert {join for join in spoken if not LIFE.search(join)} == JOINED.keys()
    assert set(chain.from_iterable(JOINED.values())) <= {*FILLED_BY, *OPEN}


def test_a_prefix_handed_to_a_form_is_declared():
    handed = {
        call.args[0].value
        for path, tree in modules()
        for call in (*calls(tree, "words_of"), *calls(tree, "_words"))
        if path.parts[1] != "search" and path.parts[:2] != ("core", "step")
    }
    handed |= {
        given.value.value
        for _path, tree in modules()
        for call in calls(tree, "box")
        for given in call.keywords
        if given.arg == "words"
    }
    assert handed <= set(chain.from_iterable(JOINED.values()))


@pytest.mark.parametrize("prefix", FILLED_BY)
def test_every_member_has_a_word(assembled, prefix):
    keys = {f"{prefix}.{slug}" for slug in FILLED_BY[prefix]}
    assert {key for key in keys if not words.known(key)} == set()


@pytest.mark.parametrize("prefix", WRITTEN_IN)
def test_what_a_function_writes_out_stands_in_it(prefix):
    path, slugs = WRITTEN_IN[prefix]
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(slugs) - texts == set()


def tables_by_slug(pages) -> Iterator[tuple[str, list]]:
    """(where, keys) of every table that is written out."""
    for path, tree in modules():
        if path.parts[0] != "demo":
            tables = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
            yield from ((str(path), [getattr(key, "value", None) for key in table.keys]) for table in tables)
    for path, tree in pages:
        for table in tree.find_all(nodes.Dict):
            yield str(path), [getattr(item.key, "value", None) for item in table.items]


def test_a_table_by_slug_covers_its_list(pages):
    """A table that knows some members of a list knows all of them, or says what becomes of the rest."""
    lists = {frozenset(slugs) for prefix, slugs in FILLED_BY.items() if not CHOSEN.fullmatch(prefix)}
    lists |= {frozenset(slugs) for slugs in PARTS_OF_THEM}
    whole = lists | {frozenset(slugs) for slugs in FILLED_BY.values()}
    found = {
        f"{where} {keys[0]}"
        for where, keys in tables_by_slug(pages)
        if len(keys) > 1 and set(keys) not in whole and any(set(keys) < slugs for slugs in lists)
    }
    assert found == PARTIAL.keys()


def constraints_by_hand(root) -> list[str]:
    """Constraints that list slugs and were not made by `core.db.among`."""
    return [
        f"{path}:{call.lineno}"
        for path, tree in python(root, *OFFICES)
        for call in calls(tree, "CheckConstraint")
        for keyword in call.keywords
        if path.name != "db.py" and keyword.arg == "name" and str(keyword.value.value).endswith("_known")
    ]


def test_no_constraint_lists_slugs_by_hand():
    assert constraints_by_hand(ROOT) == []


def test_a_constraint_written_by_hand_is_found(plant):
    code = """x = CheckConstraint("kind IN ('a')", name="kind_known")"""
    assert constraints_by_hand(plant("catalog/models.py", code)) == ["catalog/models.py:1"]
