"""Which key a body signs with, and whether it is there."""

from flask import current_app
from sqlalchemy import select

from certification.certificate import keys
from certification.certificate.models import SigningKey
from core import audit
from core.canonical import canonical
from core.db import db
from core.health import Unwell

OWN = "platform"  # instead of a credit code: the key of the installation itself


def in_use(uscc: str) -> SigningKey | None:
    """The key a body signs with; None while it has signed nothing."""
    query = select(SigningKey).where(SigningKey.uscc == uscc).order_by(SigningKey.id.desc()).limit(1)
    return db.session.scalar(query)


def verifies(uscc: str, signature: str, payload: bytes) -> bool:
    """Whether a key of this body's own signed exactly this."""
    return keys.verifies(current_app.config["KEY_DIR"], uscc, signature, payload)


def signed_head() -> tuple[dict[str, object] | None, str | None]:
    """The newest entry of the record, and our detached signature of its canonical JSON, if we have a key."""
    entry, key = audit.newest(), in_use(OWN)
    if entry is None:
        return None, None
    head = {"entry": entry.id, "at": entry.at.isoformat(), "digest": entry.digest}
    try:
        signed = keys.sign(current_app.config["KEY_DIR"], OWN, key.kid, canonical(head)) if key else None
    except keys.KeyMissing:  # the doctor says so
        signed = None
    return head, signed


def every_key() -> list[tuple[SigningKey, bool]]:
    """All keys anything was signed with, body by body, and whether each is there."""
    rows = db.session.scalars(select(SigningKey).order_by(SigningKey.uscc, SigningKey.id))
    return [(row, row.kid in keys.kids(current_app.config["KEY_DIR"], row.uscc)) for row in rows]


def sound() -> str:
    """For the doctor: how many keys there are; raise when one that signed is missing."""
    known = every_key()
    if missing := [f"{row.uscc} {row.kid}" for row, there in known if not there]:
        raise Unwell(f"not in {current_app.config['KEY_DIR']}: {', '.join(missing)}; nothing is signed")
    return f"{len(known)} keys" if known else "none yet"
