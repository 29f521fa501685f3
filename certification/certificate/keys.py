"""The keys certification bodies sign with: ES256, a file for each, named by the body's credit code.

A key is made because somebody asked for it, never because one is missing, and never overwritten: a
certificate signed with it can be checked for as long as the file is kept.  A signature is a detached
JWS (RFC 7515, appendix F) whose `kid` is the key's RFC 7638 thumbprint.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from core.files import settle_folder

ALGORITHM = "ES256"


class KeyMissing(Exception):
    """The key that is to sign is not in the folder."""


def first(folder: Path, uscc: str) -> str:
    """The kid of the body's first key, which is made when there is none yet."""
    path = _path(folder, uscc)
    if not path.is_file():
        _write(ECKey.generate_key("P-256"), path)
    return _read(path).thumbprint()


def another(folder: Path, uscc: str) -> str:
    """Make a further key beside those the body has, and return its kid."""
    key = ECKey.generate_key("P-256")
    _write(key, _path(folder, uscc).with_suffix(f".{key.thumbprint()}.pem"))
    return key.thumbprint()


def kids(folder: Path, uscc: str) -> set[str]:
    """The keys of a body that are in the folder."""
    return {key.thumbprint() for key in of(folder, uscc)}


def lying(folder: Path, uscc: str) -> list[str]:
    """The files of a body's keys as they lie there; otherwise once one comes, goes or is written anew."""
    own = (
        [name for name in sorted(os.listdir(folder)) if name.startswith(f"{uscc}.")]
        if folder.is_dir()
        else []
    )
    found = ((name, os.stat(folder / name)) for name in own)
    return [f"{folder} {name} {stat.st_ino} {stat.st_mtime_ns} {stat.st_size}" for name, stat in found]


def sign(folder: Path, uscc: str, kid: str, payload: bytes) -> str:
    """The detached signature of `payload` with this key of the body; KeyMissing when it is not there."""
    key = next((key for key in of(folder, uscc) if key.thumbprint() == kid), None)
    if key is None:
        raise KeyMissing(kid)
    return jws.detach_content(jws.serialize_compact({"alg": ALGORITHM, "kid": kid}, payload, key))


def verifies(folder: Path, uscc: str, signature: str, payload: bytes) -> bool:
    """True when `signature` was made with a key of the body's own and `payload` is what was signed."""
    return fit(of(folder, uscc), signature, payload)


def fit(known: Iterable[ECKey], signature: str, payload: bytes) -> bool:
    return any(_fits(key, signature, payload) for key in known)


def _fits(key: ECKey, signature: str, payload: bytes) -> bool:
    try:
        jws.deserialize_compact(signature, key, algorithms=[ALGORITHM], payload=payload)
    except (JoseError, ValueError):
        return False
    return True


def published(folder: Path) -> list[dict[str, object]]:
    """The public half of every key, as members of a JWK set."""
    return [_public(_owner(path), _read(path)) for path in sorted(folder.glob("*.pem"))]


def _public(uscc: str, key: ECKey) -> dict[str, object]:
    facts = {"kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM, "uscc": uscc}
    return {**key.as_dict(private=False), **facts}


def of(folder: Path, uscc: str) -> list[ECKey]:
    """The keys of a body that are in the folder."""
    return [_read(path) for path in sorted(folder.glob("*.pem")) if _owner(path) == uscc]


def _owner(path: Path) -> str:
    return path.name.partition(".")[0]


def _path(folder: Path, uscc: str) -> Path:
    if not uscc.isalnum():
        raise ValueError(f"{uscc!r} names no key")
    return folder / f"{uscc}.pem"


def _read(path: Path) -> ECKey:
    return ECKey.import_key(path.read_bytes())


def _write(key: ECKey, path: Path) -> None:
    """Write a new key whole, then give it its name; whoever comes second keeps the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, scratch = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.as_pem(private=True))
            os.fsync(file.fileno())
        os.link(scratch, path)
        settle_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        os.unlink(scratch)
