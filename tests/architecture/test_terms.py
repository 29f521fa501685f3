"""Days of a term are added in one place, which knows the law: core/calendar."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, calls, office_code

FREE = ("core/", "carbon/", "demo/")  # the ground has no terms, and the demonstration tells stories of days

# How often each file may write a number of days, and why none of them is somebody's term.
NO_TERM = {
    "accounts/operations/invitations.py": (1, "how long a link opens a door"),
    "accounts/operations/tokens.py": (1, "how long a token opens a door"),
    "registers/notices.py": (2, "how far ahead to look for what ends"),
    "certification/clocks/notices.py": (1, "how far ahead to look for what is due"),
    "certification/application/operations/drafts.py": (1, "how long what nobody came back to is kept"),
    "certification/aftercare/operations/reminders.py": (1, "how far ahead to look for what ends"),
    "certification/clocks/queries.py": (1, "the span of a statistic"),
    "certification/application/queries/clone.py": (1, "how old a file may be to be taken over"),
    "procurement/rules.py": (1, "how much of its validity what is listed must have left"),
    "registers/queries/entries.py": (1, "how far ahead to look for what ends"),
    "certification/workflow/times.py": (
        2,
        "no terms: the longest visit that is believed, and how far back a day is in time",
    ),
    "certification/workflow/conversion.py": (1, "counted backwards from the last day to convert"),
    "certification/workflow/purpose.py": (1, "counted backwards from a validity"),
    "certification/workbench/queries/lists.py": (1, "how far ahead to look for what is due"),
    "certification/workbench/views/calendar.py": (2, "the days of the week that is shown"),
    "core/calendar/ledger.py": (2, "the walk over single days that the sum of a clock is"),
    "certification/laboratory/views/laboratory.py": (
        1,
        "what is offered; the laboratory writes the day itself",
    ),
}


def written(tree: ast.Module) -> list[int]:
    """The lines on which more than a day is added or named; pauses of the worker are no days."""
    pauses = {id(node) for table in tables_of_pauses(tree) for node in ast.walk(table)}
    spans = [call for call in calls(tree, "timedelta") if is_of_days(call) and id(call) not in pauses]
    products = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and "DAY" in names(node)
    ]
    return sorted(node.lineno for node in [*spans, *products, *calls(tree, "relativedelta")])


def tables_of_pauses(tree: ast.Module) -> list[ast.AST]:
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return [node for node in assigned if [ast.unparse(name) for name in node.targets] == ["PERIODIC"]]


def is_of_days(call: ast.Call) -> bool:
    """The neighbour of a day is no sum."""
    given = [word.value for word in call.keywords if word.arg in ("days", "weeks")] + call.args[:1]
    return bool(given) and ast.unparse(given[0]) not in ("0", "1", "-1")


def names(node: ast.BinOp) -> set[str]:
    return {side.id for side in (node.left, node.right) if isinstance(side, ast.Name)}


def sums_elsewhere(root: Path) -> list[str]:
    found = []
    for path, tree in office_code(root):
        lines = [] if str(path).startswith(FREE) else written(tree)
        if len(lines) > NO_TERM.get(str(path), (0, ""))[0]:
            found += [f"{path}:{line}" for line in lines]
    return found


def test_no_term_is_reckoned_outside_the_calendar():
    assert sums_elsewhere(ROOT) == []


@pytest.mark.parametrize(
    "code",
    [
        "due = today() + timedelta(days=30)",
        "due = start + timedelta(30)",
        "due = start + timedelta(weeks=2)",
        "due = start + clock['days'] * DAY",
        "due = start + relativedelta(months=6)",
    ],
)
def test_a_sum_elsewhere_is_found(plant, code):
    assert sums_elsewhere(plant("oversight/operations.py", code)) == ["oversight/operations.py:1"]


@pytest.mark.parametrize("code", ["tomorrow = today() + timedelta(days=1)", "LEASE = timedelta(minutes=2)"])
def test_a_neighbour_and_an_hour_are_no_term(plant, code):
    assert sums_elsewhere(plant("oversight/operations.py", code)) == []


def test_one_sum_more_than_a_file_may_write_is_found(plant):
    code = "LASTS = timedelta(days=90)\ndue = today() + timedelta(days=5)"
    assert len(sums_elsewhere(plant("certification/application/operations/drafts.py", code))) == 2
