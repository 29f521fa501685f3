"""What a process remembers beyond a request is told by what it is, never by a number.

Another database gives the same number to another thing: whatever is remembered under it would be said of that
one too, after a copy was put back as in a test that comes later.
"""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import OFFICES, ROOT, python

CHANGES = {
    *("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault"),
    "update",
}

# Filled while the app is put together, with what stands in the code.
OF_THE_CODE = {
    "accounts/session.py:_desks",
    "accounts/session.py:_homes",
    "certification/notices/__init__.py:_rows",
    "core/constraints.py:_refusals",
    "core/constraints.py:_unreachable",
    "core/events.py:_listeners",
    "core/jobs.py:_handlers",
    "core/jobs.py:_long",
    "core/lifecycle.py:_law",
    "core/lifecycle.py:_rows",
    "core/places.py:_places",
    "core/words.py:_strict",
    "core/words.py:_words",
    "core/worker.py:_periodic",
}

REMEMBERED = {
    "accounts/operations/tokens.py:_used": "by the digest of the token's secret",
    "catalog/search/index.py:_handles": "by the folder the index lies in",
    "catalog/search/index.py:_spare": "by the key of the catalogue, drawn at random when it is made",
    "procurement/bids/queries.py:_reruns": "by the digest of all that was kept, its address included",
    "certification/certificate/queries/seals.py:_holding": "by the digest of all it rests on",
    "core/clock.py:_settable": "whether the clock may be set, said once for the process",
    "core/clock.py:_standing": "the instant the clock was set to, until who set it gives it back",
    "core/words.py:_missing": "by the word that was asked for",
}


def remembered(root: Path) -> set[str]:
    """file:name of each name of a module that one of its functions changes."""
    return {
        f"{path}:{name}"
        for path, tree in python(root, *OFFICES)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in changed(function) & names(tree)
    }


def names(tree: ast.Module) -> set[str]:
    """Those a module gives a value to."""
    targets = [
        target
        for node in tree.body
        for target in getattr(node, "targets", [getattr(node, "target", None)])
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def changed(function: ast.AST) -> set[str]:
    """Names whose things, or which themselves, a function changes and which are not its own."""
    found: set[str] = set()
    own: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.Global():
                found.update(node.names)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=verb)) if verb in CHANGES:
                found.add(name)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
    said = {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
    return found - (own - said)


def test_what_a_process_remembers_is_listed_with_what_it_is_told_by():
    assert remembered(ROOT) == OF_THE_CODE | set(REMEMBERED)


@pytest.mark.parametrize(
    "code",
    [
        "SEEN = {}\ndef see(thing):\n    SEEN[thing.id] = 1",
        "SEEN: dict[int, int] = {}\ndef forget(thing):\n    del SEEN[thing]",
        "SEEN = set()\nclass Eye:\n    def see(self, thing):\n        SEEN.add(thing)",
        "SEEN = 0\ndef see():\n    global SEEN\n    SEEN = 1",
    ],
)
def test_a_memory_is_found(plant, code):
    assert remembered(plant("core/eye.py", code)) == {"core/eye.py:SEEN"}


@pytest.mark.parametrize(
    "code",
    [
        "SEEN = {}\ndef see(thing):\n    return SEEN[thing]",
        "SEEN = {}\ndef see(thing):\n    SEEN = {}\n    SEEN[thing] = 1",
        "SEEN = []\ndef see(SEEN):\n    SEEN.append(1)",
    ],
)
def test_what_is_not_remembered_is_not_found(plant, code):
    assert remembered(plant("core/eye.py", code)) == set()
