"""A passphrase around a few bytes: scrypt (RFC 7914; OWASP: N = 2^17, r = 8, p = 1) and AES-256-GCM."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"tanbiao/seal/1\n"
SALT, NONCE = 16, 12


class Shut(Exception):
    """The passphrase is another, or the bytes were altered."""


def close(content: bytes, passphrase: str) -> bytes:
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MARK + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, content, MARK)


def open_(sealed: bytes, passphrase: str) -> bytes:
    head = len(MARK)
    salt, nonce = sealed[head : head + SALT], sealed[head + SALT : head + SALT + NONCE]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed[head + SALT + NONCE :], sealed[:head])
    except (InvalidTag, ValueError) as error:
        raise Shut from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode())
