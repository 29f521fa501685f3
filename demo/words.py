"""The demonstration speaks in the words of the offices below it."""

from core.words import Word

WORDS: dict[str, Word] = {}
