"""The keys certification bodies sign with: ES256, one file per body, named by its credit code.

A key is made at its first use and never overwritten: a certificate signed with it can be checked
for as long as the file is kept.  A signature is a detached JWS (RFC 7515, appendix F) whose `kid`
is the key's RFC 7638 thumbprint.
"""

import os
import tempfile
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

ALGORITHM = "ES256"


def sign(folder: Path, uscc: str, payload: bytes) -> str:
    """The body's detached signature of `payload`; makes its key when there is none yet."""
    key = _own(folder, uscc)
    signed = jws.serialize_compact({"alg": ALGORITHM, "kid": key.thumbprint()}, payload, key)
    return jws.detach_content(signed)


def verifies(folder: Path, uscc: str, signature: str, payload: bytes) -> bool:
    """True when `signature` is the body's own and `payload` is what was signed."""
    path = _path(folder, uscc)
    if not path.is_file():
        return False
    try:
        jws.deserialize_compact(signature, _read(path), algorithms=[ALGORITHM], payload=payload)
    except (JoseError, ValueError):
        return False
    return True


def published(folder: Path) -> list[dict]:
    """The public half of every key, as members of a JWK set."""
    keys = {path.stem: _read(path) for path in sorted(folder.glob("*.pem"))}
    return [_public(uscc, key) for uscc, key in keys.items()]


def _public(uscc: str, key: ECKey) -> dict:
    facts = {"kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM, "uscc": uscc}
    return key.as_dict(private=False) | facts


def _own(folder: Path, uscc: str) -> ECKey:
    path = _path(folder, uscc)
    if not path.is_file():
        _make(path)
    return _read(path)


def _path(folder: Path, uscc: str) -> Path:
    if not uscc.isalnum():
        raise ValueError(f"{uscc!r} names no key")
    return folder / f"{uscc}.pem"


def _read(path: Path) -> ECKey:
    return ECKey.import_key(path.read_bytes())


def _make(path: Path) -> None:
    """Write a new key whole, then give it its name; whoever comes second keeps the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(ECKey.generate_key("P-256").as_pem(private=True))
            os.fsync(file.fileno())
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(scratch)
