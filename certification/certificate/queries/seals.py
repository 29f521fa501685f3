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

    To verify a statement takes a good part of a millisecond, and a list has thousands: that all of it, with
    the keys as they lie there, was found to hold is remembered by the digest of it all; that it does not
    never is.  Nobody keeps one of these from request to request."""

    def __init__(self) -> None:
        self._folder = current_app.config["KEY_DIR"]
        self._lying: dict[str, str] = {}
        self._keys: dict[str, list[ECKey]] = {}

    def open(self, version: Certificate | CertificateVersion | SealedText) -> Opened:
        opened = self.open_public(version)
        if "annex" not in opened.said:
            opened = opened._replace(said=orjson.loads(version.statement))
        return opened

    def open_public(self, version: Certificate | CertificateVersion | SealedText) -> Opened:
        """The same for whoever reads nothing but the public part: the annex is read only where the text is
        not the one that was issued.

        What lies in the text sign for sign as it was signed need not be spelt anew to be verified."""
        parts = statement.parts(version.statement, version.digest)
        told: statement.Said = orjson.loads(parts[1] if parts else version.statement)
        uscc = told["body"]["uscc"]
        if uscc not in self._lying:
            self._lying[uscc] = "\n".join(keys.lying(self._folder, uscc))
        rests_on = (version.statement, version.digest, version.signature, self._lying[uscc])
        found = hashlib.sha256("\n".join(rests_on).encode()).digest()
        if found in _holding:
            return Opened(told, holds=True)
        if parts:
            annex, spelt = parts
            holds = statement.digest_of(annex) == told["inventory"]["digest"]
        else:
            spelt = statement.signed_bytes(told)
            holds = statement.annex_intact(told) and statement.digest_of(spelt) == version.digest
        holds = holds and keys.fit(self._keys_of(uscc), version.signature, spelt)
        if holds:
            if len(_holding) >= MOST_HOLDING:
                _holding.clear()
            _holding.add(found)
        return Opened(told, holds)

    def _keys_of(self, uscc: str) -> list[ECKey]:
        if uscc not in self._keys:
            self._keys[uscc] = keys.of(self._folder, uscc)
        return self._keys[uscc]
