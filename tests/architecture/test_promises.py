"""Every promise has its sentence, tests that are marked with it, and mutations that those tests kill.

The promises stand in tests/promises/; `script/mutate` tries all their mutations, here a few are tried.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from script.lib.mutate import KILLED, NOT_RUN, SURVIVED, fates
from tests.architecture.tree import ROOT
from tests.promises import PROMISES, Mutation

MARK = re.compile(r"\b(?:guard|ask|rule) \d+\b")
KEYS = [promise.key for promise in PROMISES]
KEPT = [(promise.key, mutation) for promise in PROMISES for mutation in promise.mutations]


def shown(root: Path) -> dict[str, set[str]]:
    """By the key of a promise, the tests that a comment right above says it is shown by."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(root.rglob("test_*.py")):
        waiting: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                waiting |= set(MARK.findall(line))
            elif named := re.match(r"def (test_\w+)", line):
                for key in waiting:
                    found[key].add(f"{path.relative_to(root)}::{named[1]}")
                waiting = set()
            elif not line.strip():
                waiting = set()
    return found


def test_the_promises_are_those_of_the_rule_book_and_of_the_users():
    """The guards of the rule book are 22; of the wishes these are promised so far."""
    guards, asks = range(1, 23), (*range(1, 26), 29, 30, 33, 34, 35, 38, 42)
    promised = [key for key in KEYS if not key.startswith("rule")]
    assert sorted(promised) == sorted([f"guard {n}" for n in guards] + [f"ask {n}" for n in asks])
    assert len(set(KEYS)) == len(KEYS)


def test_every_promise_has_its_sentence_and_a_mutation():
    for promise in PROMISES:
        assert promise.sentence.endswith("."), promise.key
        assert promise.mutations, promise.key


def test_every_mark_names_a_promise_and_every_promise_is_marked():
    assert set(shown(ROOT / "tests")) == set(KEYS)


def test_every_killer_is_a_test_that_is_marked_with_its_promise():
    marked = shown(ROOT / "tests")
    assert [(key, mutation.test) for key, mutation in KEPT if mutation.test not in marked[key]] == []


@pytest.mark.parametrize(("key", "mutation"), KEPT, ids=range(len(KEPT)))
def test_what_a_mutation_changes_still_stands_once_in_its_file(key, mutation):
    text = (ROOT / mutation.file).read_text(encoding="utf-8")
    assert mutation.mutated(text) != text, key


# What is read


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("# guard 3\ndef test_a():\n    pass\n", {"guard 3"}),
        ("# ask 4, rule 5\n@decorated\ndef test_a():\n    pass\n", {"ask 4", "rule 5"}),
        ("# ask 4\n@decorated(\n    1,\n)\ndef test_a():\n    pass\n", {"ask 4"}),
        ("# guard 3\n\n\ndef test_a():\n    pass\n", set()),
        ("# guard 3\ndef helper():\n    pass\n\n\ndef test_a():\n    pass\n", set()),
        ("# guard 3: what each sees\nSEES = {\n    1,\n}\n\n\ndef test_a():\n    pass\n", set()),
        ("def test_a():\n    pass\n", set()),
    ],
)
def test_only_a_comment_right_above_a_test_counts(tmp_path, text, keys):
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    assert shown(tmp_path) == {key: {"test_it.py::test_a"} for key in keys}


@pytest.mark.parametrize(("text", "times"), [("a = 1\n", 0), ("limit = 1\nlimit = 1\n", 2)])
def test_a_mutation_whose_text_is_gone_or_ambiguous_is_no_mutation(text, times):
    with pytest.raises(ValueError, match=f"holds {times} times"):
        Mutation("a.py", "limit = 1", "limit = 2", "test_a.py::test_a").mutated(text)


# What is run


def test_the_runner_tells_a_mutation_that_is_killed_from_one_that_survives(tmp_path):
    """Of three changes one is noticed; a killer that cannot be run says nothing of the third."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "limit.py").write_text("LIMIT, OTHER = 1, 2\n", encoding="utf-8")
    (tmp_path / "tests" / "test_limit.py").write_text(
        "from limit import LIMIT\n\n\ndef test_limit():\n    assert LIMIT == 1\n", encoding="utf-8"
    )
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\npythonpath = ["."]\n', encoding="utf-8"
    )
    tried = [
        ("noticed", Mutation("limit.py", "= 1,", "= 3,", "test_limit.py::test_limit")),
        ("unnoticed", Mutation("limit.py", ", 2", ", 3", "test_limit.py::test_limit")),
        ("not run", Mutation("limit.py", "= 1,", "= 3,", "test_limit.py::test_gone")),
    ]
    told = {key: how for key, _mutation, how in fates(tried, tmp_path)}
    assert told == {"noticed": KILLED, "unnoticed": SURVIVED, "not run": NOT_RUN}
    assert (tmp_path / "limit.py").read_text(encoding="utf-8") == "LIMIT, OTHER = 1, 2\n"


def test_two_of_the_kept_mutations_are_killed():
    """All of them take too long for every change: script/check tries them."""
    few = [(key, kept) for key, kept in KEPT if key in ("rule 1", "rule 5")]
    assert [(key, kept.killer, how) for key, kept, how in fates(few, ROOT) if how != KILLED] == []
