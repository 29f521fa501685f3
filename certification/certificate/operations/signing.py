"""Signing in a body's name, with the key it began with or was given since, and with no other."""

from flask import current_app

from accounts.actor import SYSTEM
from certification.certificate import keys
from certification.certificate.models import SigningKey
from certification.certificate.queries import signing
from core import audit
from core.db import db
from core.errors import Unmet
from core.machine import Actor


def sign(uscc: str, payload: bytes) -> str:
    """The body's detached signature of `payload`.

    Its first key is made here.  Once it has signed, a key that is missing is never made anew: everything
    signed before would read as forged.
    """
    kid = in_use.kid if (in_use := signing.in_use(uscc)) else begin(SYSTEM, uscc)
    try:
        return keys.sign(current_app.config["KEY_DIR"], uscc, kid, payload)
    except keys.KeyMissing as missing:
        raise Unmet("signing-key-missing", uscc=uscc, kid=kid) from missing


def sign_with_own(uscc: str, payload: bytes) -> str:
    """The same by whoever was given a key, and "" by whoever was not: none is made here."""
    return sign(uscc, payload) if signing.in_use(uscc) else ""


def begin(actor: Actor, uscc: str) -> str:
    """The kid of the body's first key, made when there is none; refused once the body has one."""
    if signing.in_use(uscc):
        raise Unmet("signing-key-exists", uscc=uscc)
    return _keep(actor, uscc, keys.first(current_app.config["KEY_DIR"], uscc))


def begin_own() -> None:
    """Give the installation its first key, with which it signs the head of its record."""
    if signing.in_use(signing.OWN) is None:
        begin(SYSTEM, signing.OWN)


def rotate(actor: Actor, uscc: str) -> str:
    """Let the body sign with a new key from now on; what it signed before is checked with the old one."""
    if signing.in_use(uscc) is None:
        raise Unmet("signing-key-unknown", uscc=uscc)
    return _keep(actor, uscc, keys.another(current_app.config["KEY_DIR"], uscc))


def _keep(actor: Actor, uscc: str, kid: str) -> str:
    db.session.add(SigningKey(uscc=uscc, kid=kid))
    db.session.flush()
    audit.record(actor, "key.begin", f"key/{kid}", uscc=uscc)
    return kid
