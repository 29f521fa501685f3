"""A text that an earlier version stored and no paper can show, or that is too long for one, is spelt anew, so
that its case can end.

Nothing else is changed by it: what can be read stays, letter for letter, but for what a text too long loses;
what was signed is never touched.  Copies of the activity data that open cases will sign are made anew.
"""

import re
import unicodedata
from copy import deepcopy
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.orm import object_mapper

from carbon import operations as carbon
from carbon import queries as library
from certification.application.models import Application
from certification.application.operations.applications import touch
from certification.application.queries.around import around
from certification.upkeep import queries as integrity
from core import audit, fonts
from core.columns import Facts, Key, Line, would_be_taken
from core.db import Base, db
from core.errors import Invalid, NotFound, OutOfOrder
from core.machine import Actor
from core.readers import ids, texts

OFFICES = ("accounts", "registers", "carbon", "schemes", "certification")  # those above mirror what is signed
INSTEAD = 20  # letters at most for a run of signs


def respell(actor: Actor, table: str, row_id: int, place: str, text: str | None, reason: str) -> str:
    """Replace the signs that cannot be drawn or seen in one text, or shorten it, and return what stands now.

    `place` is a column, or leads from it into what is kept as JSON: `producer.name`.  Without a `text` what
    is not seen is left out.  Of a text that is sound already, the copies that are not are made anew.
    """
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    row, column = _row(table, row_id), place.partition(".")[0]
    kind, held = _kind(row, column), deepcopy(getattr(row, column))
    old = _at(held, place)
    cases = _cases_with(row)
    if would_be_taken(kind, old) and all(map(integrity.copy_is_sound, cases)):
        raise OutOfOrder("text-is-sound")
    if any(case.is_certified for case in cases):
        raise OutOfOrder("text-was-signed")
    new = kind.cleaned(old if text is None else text)
    if text is not None and not (is_respelling(old, new) or is_shortening(old, new, kind.most)):
        raise Invalid("text-is-another", {"text": "text-is-another"})
    _store(row, column, _put(held, place, new))
    for case in cases:
        _renew(case, row, actor)
    named = {"place": place, "before": ascii(old), "after": new, "reason": reason.strip()}
    audit.record(actor, "text.respell", f"{table}/{row_id}", **named)
    return new


def is_respelling(old: str, new: str) -> bool:
    """Whether all that can be drawn and seen of the old text stands in the new one, in its order."""
    unseen = re.escape(fonts.undrawable([old])) or "\0"
    runs = re.compile(f"(?:{texts.REFUSED.pattern}|{texts.UNSEEN.pattern}|[{unseen}])+")
    kept = [unicodedata.normalize("NFC", part).strip() for part in runs.split(texts.BREAKS.sub("\n", old))]
    if len(new) > len(old) + INSTEAD * (len(kept) - 1):
        return False
    if len(kept) == 1 or not (new.startswith(kept[0]) and new.endswith(kept[-1])):
        return new == kept[0]
    begin, end = len(kept[0]), len(new) - len(kept[-1])
    for part in kept[1:-1]:
        found = new.find(part, begin, end)
        if found < 0:
            return False
        begin = found + len(part)
    return begin <= end


def is_shortening(old: str, new: str, most: int) -> bool:
    """Whether the old text is too long, and the new one says the same but for what gave way to …"""
    place = 0
    for part in filter(None, (part.strip() for part in new.split("…"))):
        if (place := old.find(part, place)) < 0:
            return False
        place += len(part)
    return len(old) > most and old.startswith(new.split("…")[0].strip())


def _row(table: str, row_id: int) -> Base:
    models = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table]
    known = [model for model in models if model.__module__.partition(".")[0] in OFFICES]
    row: Base | None = db.session.get(known[0], row_id) if known else None
    if row is None:
        raise NotFound("text-unknown")
    return row


def _kind(row: Base, column: str) -> Line:
    """How the texts of a column are cleaned."""
    found = row.__table__.columns.get(column)
    kind = None if found is None else found.type
    if isinstance(kind, Facts):
        return kind.text
    if not isinstance(kind, Line) or isinstance(kind, Key):
        raise NotFound("text-unknown")
    return kind


def _at(held: Any, place: str) -> str:  # JSON
    try:
        for name in place.split(".")[1:]:
            held = held[_step(held, name)]
    except (Invalid, KeyError, IndexError, TypeError) as error:
        raise NotFound("text-unknown") from error
    if not isinstance(held, str):
        raise NotFound("text-unknown")
    return held


def _put(held: Any, place: str, new: str) -> object:  # JSON
    """The same with the new text at its place."""
    *way, last = place.split(".")
    if not way:
        return new
    inner = held
    for name in way[1:]:
        inner = inner[_step(inner, name)]
    inner[_step(inner, last)] = new
    return held


def _step(held: object, name: str) -> int | str:
    if not isinstance(held, list):
        return name
    if (number := ids.number(name)) is None:
        raise Invalid("value-not-known")
    return number


def _store(row: Base, column: str, value: object) -> None:
    """Past the door of the row, which would clean all its texts at once; others may wait for their own."""
    table = cast("Table", row.__table__)
    [own] = object_mapper(row).primary_key_from_instance(row)
    db.session.execute(update(table).where(table.c.id == own).values({column: value}))
    db.session.expire(row)


def _cases_with(row: Base) -> list[Application]:
    """The cases that would sign a text of the row: its own, or the open ones whose data rest on it."""
    if isinstance(row, Application):
        return [row]
    if inventories := library.inventories_with(row):
        cases = integrity.cases_of(inventories)
        return cases if _is_own(row) else [case for case in cases if not case.is_closed]
    return [case for case in [getattr(row, "application", None)] if case is not None]


def _is_own(row: Base) -> bool:
    """Whether it stands in one case alone; a factor stands in many."""
    return str(row.__tablename__) != "factor"


def _renew(case: Application, row: Base, actor: Actor) -> None:
    """Pages that show the old text are stale, and so is the copy of the activity data that will be signed."""
    if library.inventories_with(row) and integrity.has_copy(case):
        before = case.footprint
        copied = before.inventory if before and case.opinion else case.inventory  # of what was verified
        case.footprint = carbon.freeze(copied, actor, around(case))
        if before is None or case.footprint.total != before.total:
            raise OutOfOrder("footprint-altered")
    touch(case)
