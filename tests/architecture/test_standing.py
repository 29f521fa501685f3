"""What a state means is said by the law alone: whether a case is open, whose turn it is, what may be done.

A page, a query or a letter asks a named set of the law, or a property that a model makes of one
(`core.states.in_states`); a table that has a word, a panel or a colour for each state is no rule.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.architecture.tree import ROOT, files, office_code

ASKED = {"state", "status"}  # of a verdict test_judged.py sees to it
LAW = ("certification/workflow/", "procurement/workflow.py", "procurement/rules.py", "oversight/workflow.py")
# May only become shorter.
EXCEPTIONS = {
    "core/jobs.py": "a job is no case: no law rules it, and this room is the only one that moves it",
}
EQUAL = {"equalto", "eq", "==", "ne", "!=", "in"}


def is_text(node: ast.expr) -> bool:
    """A slug that is written out, or a collection with one."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(is_text(each) for each in node.elts)
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_asked(node: ast.expr) -> bool:
    """A state of something else: what a class says of itself stands where the state does."""
    own = getattr(getattr(node, "value", None), "id", "") == "self"
    return not own and getattr(node, "attr", getattr(node, "id", None)) in ASKED


def in_module(tree: ast.Module) -> Iterator[int]:
    """The lines that hold a state against a slug: by comparison, in SQL, in `filter_by` or in `match`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            found = any(map(is_asked, sides)) and any(map(is_text, sides))
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "")
            listed = name in ("in_", "not_in") and is_asked(node.func.value) and any(map(is_text, node.args))
            named = any(word.arg in ASKED and is_text(word.value) for word in node.keywords)
            found = listed or (name == "filter_by" and named)
        elif isinstance(node, ast.Match):
            found = is_asked(node.subject)
        else:
            found = False
        if found:
            yield node.lineno


def said(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Tuple | nodes.List):
        return any(said(each) for each in node.items)
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def asked(node: nodes.Node) -> bool:
    return getattr(node, "attr", getattr(node, "name", None)) in ASKED


def in_page(tree: nodes.Template) -> Iterator[int]:
    """The lines of a page that do so: in a comparison, or by `selectattr` and `rejectattr`."""
    for node in tree.find_all(nodes.Compare):
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        if any(map(asked, sides)) and any(map(said, sides)):
            yield node.lineno
    for node in tree.find_all(nodes.Filter):
        words = [getattr(argument, "value", None) for argument in node.args]
        chooses = node.name in ("selectattr", "rejectattr") and len(words) == 3
        if chooses and str(words[0]).rpartition(".")[2] in ASKED and words[1] in EQUAL:
            yield node.lineno


def read_again(root: Path, jinja: Environment) -> list[str]:
    """Every place outside the law that says itself what a state means."""
    found = [
        f"{path}:{line}"
        for path, tree in office_code(root)
        if not str(path).startswith(LAW)
        for line in in_module(tree)
    ]
    for path in files(root):
        if path.suffix == ".html":
            tree = jinja.parse((root / path).read_text(encoding="utf-8"))
            found += [f"{path}:{line}" for line in in_page(tree)]
    return found


@pytest.fixture(scope="module")
def jinja(assembled) -> Environment:
    return assembled.jinja_env


def test_nobody_but_the_law_says_what_a_state_means(jinja):
    found = [place for place in read_again(ROOT, jinja) if place.partition(":")[0] not in EXCEPTIONS]
    assert found == []


def test_every_exception_is_one_still(jinja):
    assert {place.partition(":")[0] for place in read_again(ROOT, jinja)} >= EXCEPTIONS.keys()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("certification/fees/views.py", "x = case.state != 'draft'"),
        ("certification/fees/queries.py", "x = select(Case).where('draft' == Case.state)"),
        ("certification/fees/queries.py", "x = Case.state.in_(('draft', 'correcting'))"),
        ("certification/fees/queries.py", "x = select(Case).filter_by(state='draft')"),
        ("certification/fees/operations.py", "x = state in {'draft'}"),
        ("certification/fees/operations.py", "match case.state:\n    case 'draft':\n        pass"),
        ("procurement/export.py", "x = standing.status == 'valid'"),
        ("templates/found.html", "{% if case.state in ('draft', 'correcting') %}x{% endif %}"),
        ("templates/found.html", "{{ 'x' if status == 'valid' }}"),
        (
            "templates/found.html",
            "{{ cases|selectattr('certificate.state', 'equalto', 'valid')|list }}",
        ),
    ],
)
def test_a_state_that_is_read_again_is_found(plant, jinja, name, text):
    assert len(read_again(plant(name, text), jinja)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("certification/workflow/label.py", "x = licence.state == 'licensed'"),
        ("certification/fees/views.py", "x = case.state in EDITABLE"),
        ("certification/fees/views.py", "x = response.status == 409"),
        ("certification/fees/queries.py", "def done(self):\n    return self.state == 'done'"),
        ("certification/fees/words.py", "x = {'draft': 'warn'}[case.state]"),
        ("templates/found.html", "{{ {'draft': 'warn'}[case.state] }}{{ 'x' if case.is_draft }}"),
    ],
)
def test_asking_the_law_is_not(plant, jinja, name, text):
    assert read_again(plant(name, text), jinja) == []
