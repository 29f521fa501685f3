"""What the things of a scheme are called, in the language of the page."""

from core.i18n import language
from core.words import word
from schemes.document import Document, Words
from schemes.document.base import Sentence
from schemes.vocabulary import OTHER_KIND


def called(words: Words | Sentence) -> str:
    return words.en if language() == "en" else words.zh


def kind_name(rules: Document, kind: str) -> str:
    """A kind of file; one that the version does not know keeps its slug."""
    if kind == OTHER_KIND:
        return str(word("file.other"))
    found = rules.kinds.get(kind)
    return called(found.names) if found else kind
