"""Every setting that the product reads stands in the table of both READMEs."""

import ast
import re

import pytest

from tests.architecture.tree import OFFICES, ROOT, python

READMES = ["README.md", "README.zh-CN.md"]
NAME = re.compile(r"[A-Z][A-Z_]+")
ENVIRONMENT = re.compile(r"(os\.environ|\benv)\.get\(|\w+\(env, ")


def settings_read(tree: ast.Module) -> set[str]:
    """The names asked of the environment, as `env.get("NAME", …)` or `reader(env, "NAME", …)`."""
    asked = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ENVIRONMENT.search(ast.unparse(node))
    ]
    given = [argument for call in asked for argument in call.args[:2] if isinstance(argument, ast.Constant)]
    return {argument.value for argument in given if NAME.fullmatch(str(argument.value))}


def settings_told(readme: str) -> set[str]:
    """The names in the first column of its tables, where they are written in capitals."""
    rows = [line.split("|")[1] for line in readme.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}


@pytest.mark.parametrize("name", READMES)
def test_each_setting_is_told_and_each_that_is_told_is_one(name):
    asked = [tree for path, tree in python(ROOT, *OFFICES, "script") if path.name != "suite.py"]
    asked.append(ast.parse((ROOT / "config.py").read_text(encoding="utf-8")))
    read = set().union(*map(settings_read, asked))
    assert settings_told((ROOT / name).read_text(encoding="utf-8")) == read


def test_a_setting_that_is_read_or_told_is_found():
    read = ast.parse('x = int(env.get("MOST", "5")) + os.environ.get("LEAST"); y = whole(env, "FEW", 5)')
    assert settings_read(read) == {"MOST", "LEAST", "FEW"}
    assert settings_told("| `MOST`, `LEAST` | how `MANY` |\n| `--story` | tells |") == {"MOST", "LEAST"}
