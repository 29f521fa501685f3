"""What certification's slugs are called."""

WORDS = {}
