"""What the type checker is told to let be: each exception has its reason on its line."""

import ast
import re
import tokenize
import tomllib
from io import StringIO

import pytest

from tests.architecture.tree import OFFICES, ROOT

TOLD = ("actor", "subject", "case")  # whoever acts, and on what, is never left open
IGNORED = re.compile(r"#\s*type:\s*ignore")
QUOTED = re.compile(r"^[\w.]+\[(.*\W)?Any\W|^Any$")  # a type in quotes
REASONED = re.compile(r"#\s*type:\s*ignore\[[a-z, -]+\]\s+#\s*\w+")


def covered() -> list[str]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["files"]


def sources():
    for name in covered():
        place = ROOT / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def _comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def unexplained(text: str) -> list[int]:
    """The lines with an ignore or an Any that do not say why."""
    comments, nodes = _comments(text), list(ast.walk(ast.parse(text)))
    open_ended = {node.lineno for node in nodes if isinstance(node, ast.Name) and node.id == "Any"}
    open_ended |= {
        node.lineno for node in nodes if isinstance(node, ast.Constant) and QUOTED.search(str(node.value))
    }
    bare = {line for line, said in comments.items() if IGNORED.search(said) and not REASONED.search(said)}
    return sorted(bare | {line for line in open_ended if line not in comments})


def left_open(text: str) -> list[int]:
    """The lines of parameters of the names above whose type is Any, or is not said; a lambda can say none."""
    defined = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    arguments = [a for f in defined for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs)]
    named = [argument for argument in arguments if argument.arg.lstrip("_") in TOLD]
    return [a.lineno for a in named if a.annotation is None or "Any" in ast.unparse(a.annotation)]


def test_every_exception_has_its_reason_on_its_line():
    found = {str(path.relative_to(ROOT)): unexplained(path.read_text(encoding="utf-8")) for path in sources()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_nobody_who_acts_and_nothing_acted_on_is_any():
    found = {str(path.relative_to(ROOT)): left_open(path.read_text(encoding="utf-8")) for path in sources()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_nothing_of_the_product_is_left_unread():
    assert set(covered()) == {*OFFICES, *(path.name for path in ROOT.glob("*.py"))}


@pytest.mark.parametrize(
    "fault",
    [
        "x: Any = 1",
        "def f(x: dict[str, Any]) -> None: ...",
        "def f() -> 'Registry[Any]': ...",
        "x = f()  # type: ignore",
        "x = f()  # type: ignore[arg-type]",
    ],
)
def test_an_exception_without_a_reason_is_found(fault):
    assert unexplained(fault) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "x: Any = 1  # JSON of others",
        "x = f()  # type: ignore[arg-type]  # the stub is old",
    ],
)
def test_an_exception_with_a_reason_passes(line):
    assert unexplained(line) == []


@pytest.mark.parametrize(
    "fault",
    ["def f(actor: Any): ...", "def f(_case): ...", "def f(subject: list[Any]): ..."],
)
def test_an_actor_or_a_subject_left_open_is_found(fault):
    assert left_open(fault) == [1]
