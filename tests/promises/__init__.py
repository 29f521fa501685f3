"""What was promised: guards of the rule book, wishes of the users, rules that a change once broke unnoticed.

Each promise has a key, a sentence, and at least one kept mutation: a small change of the product that breaks
it, and the test that must notice.  A comment above a test names the promise it proves by its key:
`# guard 13`, `# ask 22`, or several of them.  `script/mutate` makes each change in a copy of the tree and
runs the killer there.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Mutation(NamedTuple):
    """In `file` the text `old`, which stands there once, becomes `new`; then the test `killer` must fail.

    A killer is named as pytest names it, from tests/ on; with its parameters when one set of them is enough.
    """

    file: str
    old: str
    new: str
    killer: str

    @property
    def test(self) -> str:
        """The killer without its parameters."""
        return self.killer.partition("[")[0]

    def mutated(self, text: str) -> str:
        """The text of the file with the change; ValueError when `old` does not stand there exactly once."""
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file} holds {text.count(self.old)} times: {self.old}")
        return text.replace(self.old, self.new)


class Promise(NamedTuple):
    key: str
    sentence: str
    mutations: tuple[Mutation, ...]


def read(folder: Path) -> Iterator[Promise]:
    for path in sorted(folder.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["promise"]:
            mutations = tuple(Mutation(**values) for values in row.get("mutation", ()))
            yield Promise(row["key"], row["sentence"], mutations)


PROMISES = tuple(read(Path(__file__).parent))
