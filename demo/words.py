"""The demonstration speaks in the words of the offices below it."""

WORDS: dict = {}
