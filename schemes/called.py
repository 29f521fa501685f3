"""What the things of a scheme are called, in the language of the page."""

from collections.abc import Mapping

from core.i18n import language
from core.words import word
from schemes.document import Document, Words
from schemes.document.base import Sentence
from schemes.document.checklists import LISTS, checklist
from schemes.vocabulary import OTHER_KIND


def called(words: Words | Sentence) -> str:
    return words.en if language() == "en" else words.zh


def kind_name(rules: Document, kind: str) -> str:
    """A kind of file; one that the version does not know keeps its slug."""
    if kind == OTHER_KIND:
        return str(word("file.other"))
    found = rules.kinds.get(kind)
    return called(found.names) if found else kind


def item_names(rules: Document, slug: str) -> Words | None:
    """What an item of any of its checklists is called."""
    items = (item for name in LISTS for item in checklist(rules, name) if item.slug == slug)
    return next((item.names for item in items), None)


def item_name(rules: Document, answer: Mapping[str, str]) -> str:
    """What an item was called on the day it was answered; of before that was kept, what its version says."""
    if "name" in answer:
        return answer["name_en"] if language() == "en" else answer["name"]
    found = item_names(rules, answer["slug"])
    return called(found) if found else answer["slug"]
