"""A rule is data: no slug of a scheme, parameter, criterion, test or kind of file stands in the product.

Outside the shipped files and the demonstration nothing knows one, so that a rule that was written in pages
is as good as one that was shipped.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, files, python

SHIPPED = ROOT / "schemes" / "data"
KNOWING = {"demo", "migrations", "tests", "bench"}  # what tells stories, and what moved rows of its day
PARTS = re.compile(r"[.:]")  # of a key, such as file.mill_test or test:bend
QUOTED = re.compile(r"""['"](?:[a-z_]+[.:])?([a-z][a-z0-9_-]*)['"]""")
COMPOUND = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+")

# Words that a shipped file uses as slugs and the product for something else.
OTHERWISE = {
    "area": "a kind of unit",
    "composition": "what a mix of gases is made of, in the API",
    "finish": "the step that ends an evaluation",
    "footprint": "the figure that every scheme may limit",
    "fuel": "a kind of record",
    "length": "of a clock",
    "mass": "a way to share out a process",
    "ph": "the head of a page, in its style",
    "power": "a quantity of a record",
    "process": "a part of a system",
    "recycled": "a quantity of a record",
    "reference": "of the contract or order a purchase stands in",
    "saved": "what became of a draft",
    "size": "of a file, of a page of results",
    "storage": "where files lie, in the health of the service",
    "use": "a stage of life",
    "width": "of a chart",
}
NAMED = {("schemes/drafts/names.py", "clinker_share"): "the tolerance of that name"}


def slugs(folder: Path = SHIPPED) -> set[str]:
    """Of every shipped scheme: what it is called by, and what its lists call their things by."""
    found: set[str] = set()
    for path in folder.rglob("*.json"):
        document = json.loads(path.read_text())
        about = document.get("identity", {})
        found |= {about["code"]} if "code" in about else set()
        for part in ("parameters", "derived", "criteria", "tests", "documents"):
            found |= {each["slug"] for each in document.get(part, [])}
    return found - OTHERWISE.keys()


def said_in_code(tree: ast.Module, known: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from known.intersection({node.value, *PARTS.split(node.value)})


def said_in_text(text: str, known: set[str]) -> set[str]:
    """As a value between quotes, or as a word that only a slug is."""
    return known.intersection([*QUOTED.findall(text), *COMPOUND.findall(text)])


def product() -> list[Path]:
    return [path for path in files(ROOT) if path.parts[0] not in KNOWING]


def test_no_code_of_the_product_knows_a_slug_of_a_shipped_scheme():
    known = slugs()
    assert len(known) > 20
    found = {
        (str(path), slug)
        for path, tree in python(ROOT)
        if path.parts[0] not in KNOWING
        for slug in said_in_code(tree, known)
    }
    assert found == NAMED.keys()


def test_no_template_and_no_translation_knows_one():
    known = slugs()
    texts = [path for path in product() if path.parts[0] in ("templates", "translations")]
    assert len(texts) > 100
    found = {(str(path), slug) for path in texts for slug in said_in_text((ROOT / path).read_text(), known)}
    assert found == set()


def test_a_slug_in_code_is_found():
    tree = ast.parse('KINDS = {"file.mill_test": 1}\nif kind == "lc-glass": pass')
    assert set(said_in_code(tree, {"mill_test", "lc-glass", "other"})) == {"mill_test", "lc-glass"}


def test_a_slug_in_a_template_is_found():
    assert said_in_text("{% if kind == 'mill_test' %}", {"mill_test"}) == {"mill_test"}


def test_the_slugs_are_read_from_every_list(tmp_path):
    document = {
        "identity": {"code": "lc-glass", "category": "glass"},
        "parameters": [{"slug": "thick"}],
        "derived": [{"slug": "per_pane"}],
        "criteria": [{"slug": "strong"}],
        "tests": [{"slug": "bend"}],
        "documents": [{"slug": "mill_test"}],
    }
    (tmp_path / "a.json").write_text(json.dumps(document))
    assert slugs(tmp_path) == {"lc-glass", "thick", "per_pane", "strong", "bend", "mill_test"}
