"""A state changes in one place, which writes the history and the record."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, calls, office_code

# A job is not a case: nobody takes a step on it and it has no history.
NOT_A_CASE = Path("core/jobs.py")


def assignments(root: Path) -> list[str]:
    """Every place that sets somebody's `state`, by assignment, `setattr` or SQL."""
    return [
        f"{path}:{node.lineno}"
        for path, tree in office_code(root)
        if path != NOT_A_CASE
        for node in [*assigned(tree), *set_by_name(tree), *updated(tree)]
    ]


def assigned(tree: ast.Module) -> list[ast.AST]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store)
    ]


def set_by_name(tree: ast.Module) -> list[ast.AST]:
    return [call for call in calls(tree, "setattr") if getattr(call.args[1], "value", None) == "state"]


def updated(tree: ast.Module) -> list[ast.AST]:
    return [call for call in calls(tree, "values") if any(word.arg == "state" for word in call.keywords)]


def test_a_state_is_set_in_one_place():
    assert [place.split(":")[0] for place in assignments(ROOT)] == ["core/lifecycle.py"]


@pytest.mark.parametrize(
    "code",
    [
        'application.state = "granted"',
        'a.state, b = "granted", 1',
        'setattr(application, "state", "granted")',
        'session.execute(update(Application).values(state="granted"))',
    ],
)
def test_a_second_place_is_found(plant, code):
    assert assignments(plant("certification/evaluation/operations/decision.py", code)) == [
        "certification/evaluation/operations/decision.py:1"
    ]


@pytest.mark.parametrize(
    "code", ['state = "granted"', 'Application(state="draft")', 'x = application.state == "granted"']
)
def test_naming_or_reading_a_state_is_not_setting_it(plant, code):
    assert assignments(plant("certification/evaluation/operations/decision.py", code)) == []
