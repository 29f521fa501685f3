"""Whether what is kept is still what its body signed: asked of many at once, and remembered."""

import hashlib
from typing import NamedTuple

import orjson
from flask import current_app
from joserfc.jwk import ECKey

from certification.certificate import keys, statement
from certification.certificate.models import Certificate, CertificateVersion

MOST_HOLDING = 200_000
_holding: set[bytes] = set()


class SealedText(NamedTuple):
    statement: str
    digest: str
    signature: str


class Opened(NamedTuple):
    """What a text says, annex included, and whether statement, annex and digest are what the body signed."""

    said: statement.Said
    holds: bool


class Seals:
    """For one reading: how the keys of a body lie is looked at once in it, and so is what they are.

    To spell and verify a statement takes a good part of a millisecond, and a list has thousands: that all of
    it, with the keys as they lie there, was found to hold is remembered by the digest of it all; that it does
    not never is.  Nobody keeps one of these from request to request."""

    def __init__(self) -> None:
        self._folder = current_app.config["KEY_DIR"]
        self._lying: dict[str, str] = {}
        self._keys: dict[str, list[ECKey]] = {}

    def open(self, version: Certificate | CertificateVersion | SealedText) -> Opened:
        told: statement.Said = orjson.loads(version.statement)
        uscc = told["body"]["uscc"]
        if uscc not in self._lying:
            self._lying[uscc] = "\n".join(keys.lying(self._folder, uscc))
        rests_on = (version.statement, version.digest, version.signature, self._lying[uscc])
        found = hashlib.sha256("\n".join(rests_on).encode()).digest()
        if found in _holding:
            return Opened(told, holds=True)
        holds = self._holds(told, version.digest, version.signature)
        if holds:
            if len(_holding) >= MOST_HOLDING:
                _holding.clear()
            _holding.add(found)
        return Opened(told, holds)

    def _holds(self, told: statement.Said, digest: str, signature: str) -> bool:
        uscc, spelt = told["body"]["uscc"], statement.signed_bytes(told)
        if not (statement.annex_intact(told) and statement.digest_of(spelt) == digest):
            return False
        if uscc not in self._keys:
            self._keys[uscc] = keys.of(self._folder, uscc)
        return keys.fit(self._keys[uscc], signature, spelt)
