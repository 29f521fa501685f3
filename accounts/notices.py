"""What people are told: in which groups, and how a kept notice becomes a sentence.

A fact of a notice is text as somebody wrote it, or one of three things that wait for the reader's
language: `a_word(key)`, `a_name(zh, en)` and `a_day(day)`.  The fact `lines` is a list of {"at", "text"}:
what was said to each point; `at` is a fact like any other.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from core.assets import date_cn
from core.i18n import language
from core.words import known, word

if TYPE_CHECKING:
    from accounts.models import Notice

# task: something is asked of the reader; progress: a case went on; deadline: time runs out;
# certificate: what a certificate is worth has changed.
GROUPS = ("task", "deadline", "progress", "certificate")


@dataclass(frozen=True)
class Message:
    """What is told to several people at once; the fields are those of the table."""

    kind: str
    group: str
    subject: str
    reference: str
    link: str
    facts: dict[str, Any] = field(default_factory=dict)  # JSON
    urgent: bool = False
    asks: bool = False
    once: str | None = None


@dataclass(frozen=True)
class Said:
    """A notice in the reader's language; `lines` are pairs of what each is about and what was said."""

    title: str
    lines: list[tuple[str, str]]


def a_word(key: str) -> dict[str, str]:
    return {"word": key}


def a_name(zh: str, en: str) -> dict[str, str]:
    """What is called so in each language, and stands in no table of words."""
    return {"zh": zh, "en": en}


def a_day(day: date | None) -> dict[str, str]:
    return {"day": day.isoformat() if day else ""}


def say(notice: "Notice") -> Said:
    """The notice in the language of the moment."""
    facts = _Facts({name: spoken(value) for name, value in notice.facts.items() if name != "lines"})
    key = f"notice.{notice.kind}"
    title = str(word(key)).format_map(facts) if known(key) else notice.reference
    lines = [(spoken(line["at"]), line["text"]) for line in notice.facts.get("lines", ())]
    return Said(title, lines)


class _Facts(dict[str, str]):
    """A sentence may ask for more than an older notice was told with."""

    def __missing__(self, _name: str) -> str:
        return "—"


def spoken(value: object) -> str:
    match value:
        case {"word": key, **rest}:
            said = str(word(key)) if known(key) else key
            return f"{said} · {rest['more']}" if rest.get("more") else said
        case {"zh": zh, "en": en}:
            return str(en if language() == "en" else zh)
        case {"day": day}:
            return date_cn(date.fromisoformat(day)) if day else "—"
    return str(value)
