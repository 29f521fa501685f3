"""What people type for things that the library of factors names otherwise."""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "synonyms.txt"


def of(word: str) -> tuple[str, ...]:
    """What the names of the library hold for `word`; nothing for a word that the table does not know."""
    return _table().get(word.casefold(), ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.casefold().split(": ") for line in lines]
    return {typed: tuple(names.split()) for words, names in pairs for typed in words.split()}
