"""The record nobody edits: each entry carries the hash of the one before it."""

import hashlib
import json
from collections.abc import Generator, Iterable
from contextlib import closing
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CheckConstraint, Table, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Digest, Name, Slug, Statement, Who
from core.db import Base, db, streamed
from core.machine import Actor


class Entry(Base):
    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[Who]
    verb: Mapped[Slug] = mapped_column(index=True)
    subject: Mapped[Name] = mapped_column(index=True)
    data: Mapped[Statement]
    previous: Mapped[Digest] = mapped_column(unique=True)  # so the chain cannot fork
    digest: Mapped[Digest] = mapped_column(unique=True)


class Head(Base):
    """The newest link.  One row, locked by each writer, so that writers queue."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[Digest]


# Written as plain statements: each step of each case adds an entry while everybody else waits.
_HEAD = select(Head.digest).where(Head.id == 1).with_for_update()
_HEADS = cast(Table, Head.__table__)
_ADD_ENTRY = insert(cast(Table, Entry.__table__))
_ADD_HEAD = insert(_HEADS).values(id=1)
_MOVE_HEAD = update(_HEADS).where(_HEADS.c.id == 1)


class Broken(Exception):
    """The chain does not hold; the message names the first entry that fails."""


def record(actor: Actor, verb: str, subject: str, **data: object) -> None:
    """Add one entry for what `actor` (anything with a `label`) did to `subject`."""
    previous = db.session.scalar(_HEAD)
    entry: dict[str, Any] = {  # the columns of one row
        "at": now(),
        "actor": actor.label,
        "verb": verb,
        "subject": subject,
        "data": json.dumps(data, sort_keys=True, ensure_ascii=False, default=str),
        "previous": previous or "",
    }
    digest = _digest(**entry)
    db.session.execute(_ADD_ENTRY, entry | {"digest": digest})
    db.session.execute(_ADD_HEAD if previous is None else _MOVE_HEAD, {"digest": digest})


def entries(subjects: Iterable[str], verbs: Iterable[str]) -> list[Entry]:
    """What was recorded of these subjects, the first first."""
    query = select(Entry).where(Entry.subject.in_(tuple(subjects)), Entry.verb.in_(tuple(verbs)))
    return list(db.session.scalars(query.order_by(Entry.id)))


def every_entry() -> Generator[Entry]:
    """The whole record, the first entry first."""
    return streamed(select(Entry).order_by(Entry.id))


def newest() -> Entry | None:
    """The entry the whole record hangs on: whoever has kept its digest can tell later whether it was cut."""
    return db.session.scalar(select(Entry).join(Head, Head.digest == Entry.digest))


def verify(holding: str = "") -> int:
    """Return how many entries stand unbroken; raise Broken at the first that does not.

    `holding` is the digest of an entry that somebody kept elsewhere: a record that was cut, or reckoned
    anew from some entry on, no longer has it.
    """
    previous, count, held = "", 0, not holding
    with closing(every_entry()) as entries:
        for entry in entries:
            if entry.previous != previous or entry.digest != _digest_of(entry):
                raise Broken(f"audit entry {entry.id} was altered")
            previous, count, held = entry.digest, count + 1, held or entry.digest == holding
    head = db.session.get(Head, 1)
    if (head.digest if head else "") != previous:
        raise Broken("the newest audit entries were cut off")
    if not held:
        raise Broken(f"the record no longer holds the entry {holding}")
    return count


def _digest_of(entry: Entry) -> str:
    return _digest(entry.previous, entry.at, entry.actor, entry.verb, entry.subject, entry.data)


def _digest(previous: str, at: datetime, actor: str, verb: str, subject: str, data: str) -> str:
    fields = [previous, at.isoformat(), actor, verb, subject, data]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()
