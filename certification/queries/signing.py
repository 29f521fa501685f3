"""Which key a body signs with, and whether it is there."""

from flask import current_app
from sqlalchemy import select

from certification import keys
from certification.models import SigningKey
from core.db import db
from core.health import Unwell


def in_use(uscc: str) -> SigningKey | None:
    """The key a body signs with; None while it has signed nothing."""
    query = select(SigningKey).where(SigningKey.uscc == uscc).order_by(SigningKey.id.desc()).limit(1)
    return db.session.scalar(query)


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
