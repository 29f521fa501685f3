"""Codes that are shown once and kept as a digest: whoever has one may follow up what it was given for."""

import hashlib
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is misread
LENGTH = 12


def fresh() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def digest_of(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
