"""A text that an earlier version stored and no paper can show is spelt anew, so that its case can end.

Nothing else is changed by it: what can be read stays, letter for letter; what was signed is never touched.
"""

import re
import unicodedata
from copy import deepcopy

from sqlalchemy import update

from carbon import operations as carbon
from certification.models import Application
from certification.operations.applications import touch
from core import audit, fonts
from core.columns import Facts, Key, would_be_taken
from core.db import Base, db
from core.errors import Invalid, NotFound, OutOfOrder
from core.readers import ids, texts

OFFICES = ("accounts", "carbon", "certification")  # those above mirror what is signed
OPEN_AGAIN = ("draft", "correcting")  # the applicant hands in anew, and it is frozen then
INSTEAD = 20  # letters at most for a run of signs


def respell(actor, table: str, row_id: int, place: str, text: str | None, reason: str) -> str:
    """Replace the signs that cannot be drawn or seen in one text, and return what stands now.

    `place` is a column, or leads from it into what is kept as JSON: `producer.name`.  Without a `text` what
    is not seen is left out.
    """
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    row, column = _row(table, row_id), place.partition(".")[0]
    kind, held = _kind(row, column), deepcopy(getattr(row, column))
    old = _at(held, place)
    if would_be_taken(kind, old):
        raise OutOfOrder("text-is-sound")
    case = _case_of(row)
    if case is not None and case.state == "certified":
        raise OutOfOrder("text-was-signed")
    new = kind.cleaned(old if text is None else text)
    if text is not None and not is_respelling(old, new):
        raise Invalid("text-is-another", {"text": "text-is-another"})
    _store(row, column, _put(held, place, new))
    if case is not None:
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


def _row(table: str, row_id: int):
    models = [mapper.class_ for mapper in Base.registry.mappers if mapper.local_table.name == table]
    known = [model for model in models if model.__module__.partition(".")[0] in OFFICES]
    if not known or (row := db.session.get(known[0], row_id)) is None:
        raise NotFound("text-unknown")
    return row


def _kind(row, column: str):
    """How the texts of a column are cleaned."""
    found = row.__table__.columns.get(column)
    if found is None or not hasattr(found.type, "cleaned") or isinstance(found.type, Key):
        raise NotFound("text-unknown")
    return found.type.text if isinstance(found.type, Facts) else found.type


def _at(held, place: str) -> str:
    try:
        for name in place.split(".")[1:]:
            held = held[_step(held, name)]
    except (Invalid, KeyError, IndexError, TypeError) as error:
        raise NotFound("text-unknown") from error
    if not isinstance(held, str):
        raise NotFound("text-unknown")
    return held


def _put(held, place: str, new: str):
    """The same with the new text at its place."""
    *way, last = place.split(".")
    if not way:
        return new
    inner = held
    for name in way[1:]:
        inner = inner[_step(inner, name)]
    inner[_step(inner, last)] = new
    return held


def _step(held, name: str) -> int | str:
    return ids.number(name) if isinstance(held, list) else name


def _store(row, column: str, value) -> None:
    """Past the door of the row, which would clean all its texts at once; others may wait for their own."""
    table = row.__table__
    db.session.execute(update(table).where(table.c.id == row.id).values({column: value}))
    db.session.expire(row)


def _case_of(row) -> Application | None:
    if isinstance(row, Application):
        return row
    if inventory := _inventory_of(row):
        return db.session.query(Application).filter_by(inventory_id=inventory.id).one_or_none()
    return getattr(row, "application", None)


def _inventory_of(row):
    """The activity data it is a part of, or None."""
    return {"inventory": row, "activity_row": getattr(row, "inventory", None)}.get(row.__tablename__)


def _renew(case: Application, row, actor) -> None:
    """Pages that show the old text are stale, and so is the copy of the activity data that will be signed."""
    if _inventory_of(row) and case.state not in OPEN_AGAIN:
        total = case.footprint.total
        case.footprint = carbon.freeze(case.inventory, actor)
        if case.footprint.total != total:
            raise OutOfOrder("footprint-altered")
    touch(case)
