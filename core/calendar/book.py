"""The calendar as data: dated entries in versions, each correction a version of its own.

An entry is never changed: a newer version replaces it, so that every version can be read again.
Before anybody has taken one into the register, the calendar that the project ships holds as version 0.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from io import StringIO
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Mapped, mapped_column

from core import audit
from core.calendar.count import KINDS, Calendar, Entry
from core.clock import now
from core.columns import Digest, Name, Note, Reason, Slug, Who
from core.db import Base, among, db
from core.errors import Invalid
from core.machine import Actor
from core.opened import table
from core.readers import days

SHIPPED = Path(__file__).parents[1] / "data" / "calendar.csv"
COLUMNS = ("day", "kind", "name", "source", "provisional")
ORDINARY = "ordinary"  # in a correction: the day is again what its weekday says


class CalendarVersion(Base):
    __tablename__ = "calendar_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Who]
    reason: Mapped[Reason]
    digest: Mapped[Digest]


class CalendarDay(Base):
    """One entry: it stands from version `added` until, if ever, version `removed`."""

    __tablename__ = "calendar_day"
    __table_args__ = (among("kind", KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[Slug]
    name: Mapped[Name]
    source: Mapped[Note]
    provisional: Mapped[bool]
    added: Mapped[int]
    removed: Mapped[int | None]


def current() -> Calendar:
    """The newest version."""
    query = select(CalendarVersion.number, CalendarVersion.digest).order_by(CalendarVersion.number.desc())
    newest = db.session.execute(query.limit(1)).one_or_none()
    return _read(*newest) if newest else shipped()


def head() -> int:
    return (
        db.session.scalar(select(CalendarVersion.number).order_by(CalendarVersion.number.desc()).limit(1))
        or 0
    )


def at(version: int) -> Calendar:
    """The calendar as version `version` had it."""
    if version == 0:
        return shipped()
    digest = db.session.scalar(select(CalendarVersion.digest).where(CalendarVersion.number == version))
    return _read(version, digest)


@lru_cache(maxsize=8)
def _read(version: int, _digest: str) -> Calendar:
    """A version never changes, so it is read once; the digest keeps two databases apart."""
    standing = CalendarDay.added <= version, or_(CalendarDay.removed.is_(None), CalendarDay.removed > version)
    rows = db.session.scalars(select(CalendarDay).where(*standing))
    return Calendar.of(version, [_entry(row) for row in rows])


@lru_cache(maxsize=1)
def shipped() -> Calendar:
    return Calendar.of(0, parse(SHIPPED.read_text(encoding="utf-8")))


def parse(text: str) -> list[Entry]:
    """The entries of a CSV text with the columns of COLUMNS; `provisional` is yes or no."""
    return read(StringIO(text, newline=""))


def read(lines: Iterable[str]) -> list[Entry]:
    """The same, line by line, as core.opened.table gives them."""
    entries = [_parsed(number, row) for number, row in table.rows(lines, COLUMNS)]
    if not entries:
        raise Invalid("calendar-empty")
    return entries


def _parsed(number: int, row: dict[str, str]) -> Entry:
    try:
        day = days.day(row["day"])
    except Invalid as error:
        raise Invalid("calendar-line-unreadable", line=number) from error
    kind, name, source = (row[name].strip() for name in ("kind", "name", "source"))
    if kind not in (*KINDS, ORDINARY) or not (day and name and source):
        raise Invalid("calendar-line-unreadable", line=number)
    return Entry(day, kind, name, source, row["provisional"].strip() == "yes")


def changed(base: Calendar, entries: Iterable[Entry]) -> Calendar:
    """The calendar that would follow: each day replaced by its new entry.

    A firm entry announces its year: what was provisional in it falls away.
    """
    entries = list(entries)
    firm = {entry.day.year for entry in entries if not entry.provisional}
    kept = {day: old for day, old in base.entries.items() if not (old.provisional and day.year in firm)}
    kept |= {entry.day: entry for entry in entries}
    standing = [entry for entry in kept.values() if entry.kind != ORDINARY]
    return Calendar.of(base.version + 1, standing)


def differences(base: Calendar, new: Calendar) -> list[tuple[date, Entry | None, Entry | None]]:
    """(day, as it was, as it would be) wherever the two differ."""
    days = sorted(base.entries.keys() | new.entries.keys())
    pairs = ((day, base.entries.get(day), new.entries.get(day)) for day in days)
    return [(day, old, new) for day, old, new in pairs if old != new]


def enter(actor: Actor, new: Calendar, reason: str) -> None:
    """Write `new` as the version after the newest; the caller has shown what follows from it."""
    base = current()
    standing = {} if base.version == 0 else base.entries
    for row in db.session.scalars(select(CalendarDay).where(CalendarDay.removed.is_(None))):
        if new.entries.get(row.day) != _entry(row):
            row.removed = new.version
    added = [entry for day, entry in sorted(new.entries.items()) if standing.get(day) != entry]
    db.session.add(CalendarVersion(number=new.version, by=actor.label, reason=reason, digest=digest(new)))
    db.session.add_all(CalendarDay(**vars(entry), added=new.version) for entry in added)
    db.session.flush()
    audit.record(
        actor, "calendar.change", f"calendar/{new.version}", reason=reason,
        days=[day.isoformat() for day, *_ in differences(base, new)],
    )  # fmt: skip


def seed(actor: Actor) -> None:
    """Take the shipped calendar into an empty register as its first version."""
    if head() == 0:
        enter(actor, changed(shipped(), []), "shipped")


def digest(calendar: Calendar) -> str:
    lines = (f"{day}|{vars(entry)}" for day, entry in sorted(calendar.entries.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _entry(row: CalendarDay) -> Entry:
    return Entry(row.day, row.kind, row.name, row.source, row.provisional)
