"""The words of slugs: stored values are English slugs, what people read is looked up here.

Each office brings a table `WORDS`; the source text is Chinese, gettext holds the English.
A status has one word, one tone and one icon, everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Refused

_words: dict[str, "Word"] = {}


@dataclass(frozen=True)
class Word:
    """`tone` is one of "", ok, warn, stop, info, wait, chg (ux tokens); `icon` a sprite name."""

    text: object  # a lazy string
    tone: str = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.text)


def connect(*tables: Mapping[str, Word]) -> None:
    """Take every office's table; the same key twice is an error."""
    _words.clear()
    for table in tables:
        if twice := _words.keys() & table.keys():
            raise ValueError(f"words written twice: {sorted(twice)}")
        _words.update(table)


def word(key: str) -> Word:
    """The word of a slug; a missing one is an error, found by tests over every table."""
    return _words[key]


def known(key: str) -> bool:
    return key in _words


def say(refused: Refused) -> str:
    """The sentence for a no, with its details filled in."""
    return sentence(refused.slug, refused.detail)


def sentence(slug: str, detail: Mapping | None = None) -> str:
    return str(word(f"refusal.{slug}")).format_map(_Spoken(detail or {}))


class _Spoken(dict):
    """Details as read aloud: a slug with a word is spoken as that word."""

    def __getitem__(self, key):
        value = super().__getitem__(key)
        if isinstance(value, list | tuple):
            return "、".join(map(str, value))
        return value
