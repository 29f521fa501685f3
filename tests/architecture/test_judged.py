"""Whether a value, a part or a footprint is good enough is said by the law alone."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, office_code

LAW = ("certification/workflow/", "schemes/document/faults/", "schemes/judging.py")
JUDGED = {"verdict", "comparison"}
ASKED_ON_A_PAGE = re.compile(
    r"\.(verdict|comparison)\b['\"]?(\s*(==|!=)|\s+(not\s+)?in\b|\s*,\s*['\"](equalto|in)['\"])"
)


def judged_again(tree: ast.Module) -> list[int]:
    """The lines that compare a verdict, or a way of comparing, or take the list of those that fail."""
    compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    found = [
        node.lineno
        for node in compared
        if any(getattr(side, "attr", None) in JUDGED for side in (node.left, *node.comparators))
    ]
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return found + [node.lineno for node in taken if any(name.name == "FAILED" for name in node.names)]


def judged_elsewhere(root: Path) -> list[str]:
    found = []
    for path, tree in office_code(root):
        if not str(path).startswith(LAW):
            found += [f"{path}:{line}" for line in judged_again(tree)]
    for path in files(root):
        if path.suffix == ".html":
            text = (root / path).read_text(encoding="utf-8")
            found += [f"{path}: {match[0]}" for match in ASKED_ON_A_PAGE.finditer(text)]
    return found


def test_nobody_but_the_law_judges():
    assert judged_elsewhere(ROOT) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("certification/queries/found.py", "def of(row):\n    return row.verdict == 'fail'\n"),
        (
            "certification/views/found.py",
            "def of(rows):\n    return [row for row in rows if row.verdict in BAD]\n",
        ),
        ("certification/operations/found.py", "from certification.workflow.judgement import FAILED\n"),
        ("procurement/queries.py", "def of(scheme):\n    return 'rounded' == scheme.comparison\n"),
        (
            "templates/certification/found.html",
            "{% if result.verdict in ('fail', 'undecided') %}x{% endif %}",
        ),
        ("templates/found.html", "{% set bad = rows|selectattr('result.verdict', 'equalto', 'fail')|list %}"),
        ("templates/found.html", "{{ 'x' if case.scheme.comparison == 'rounded' }}"),
    ],
)
def test_a_rule_stated_again_is_found(tmp_path, name, text):
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(judged_elsewhere(tmp_path)) == 1
