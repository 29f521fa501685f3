"""The record nobody edits: each entry carries the hash of the one before it."""

import hashlib
import json
from contextlib import closing
from datetime import datetime

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, db


class Entry(Base):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    data: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)  # so the chain cannot fork
    digest: Mapped[str] = mapped_column(unique=True)


class Head(Base):
    """The newest link.  One row, locked by each writer, so that writers queue."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]


class Broken(Exception):
    """The chain does not hold; the message names the first entry that fails."""


def record(actor, verb: str, subject: str, **data) -> Entry:
    """Add one entry for what `actor` (anything with a `label`) did to `subject`."""
    head = db.session.get(Head, 1, with_for_update=True)
    if head is None:
        head = Head(id=1, digest="")
        db.session.add(head)
    entry = Entry(
        at=now(),
        actor=actor.label,
        verb=verb,
        subject=subject,
        data=json.dumps(data, sort_keys=True, ensure_ascii=False, default=str),
        previous=head.digest,
    )
    entry.digest = head.digest = _digest(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


def verify() -> int:
    """Return how many entries stand unbroken; raise Broken at the first that does not."""
    previous, count = "", 0
    query = select(Entry).order_by(Entry.id).execution_options(yield_per=1000)
    with closing(db.session.scalars(query)) as entries:
        for entry in entries:
            if entry.previous != previous or entry.digest != _digest(entry):
                raise Broken(f"audit entry {entry.id} was altered")
            previous, count = entry.digest, count + 1
    head = db.session.get(Head, 1)
    if (head.digest if head else "") != previous:
        raise Broken("the newest audit entries were cut off")
    return count


def _digest(entry: Entry) -> str:
    fields = [entry.previous, entry.at.isoformat(), entry.actor, entry.verb, entry.subject, entry.data]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()
