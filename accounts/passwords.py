"""Passwords: argon2id at 19 MiB, two passes, one lane (about 30 ms), as OWASP's first choice has it."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.errors import Invalid

SHORTEST, LONGEST = 10, 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str, field: str = "password") -> str:
    """The hash to store; raises Invalid for `field` when the password is too short or too long."""
    if len(password) < SHORTEST:
        raise Invalid("password-short", fields={field: "password-short"}, shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("password-long", fields={field: "password-long"}, longest=LONGEST)
    return _hasher.hash(password)


def matches(password: str, password_hash: str) -> bool:
    """True when the password opens the hash; takes the same time when there is no hash at all."""
    try:
        _hasher.verify(password_hash or _decoy(), password[:LONGEST])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(password_hash)


@cache
def _decoy() -> str:
    return _hasher.hash("nobody has this password")
