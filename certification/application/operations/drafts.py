"""What somebody types is kept while it is typed, for them alone; it does nothing until it is handed in."""

import re
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Table, bindparam, delete, select

from certification.application.models import Application, Draft
from core import lifecycle
from core.clock import now
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor, Facts, Subject

LARGEST = 1024 * 1024  # characters of one form
MOST = 200  # forms of one person; the oldest make room
LASTS = timedelta(days=90)
PLACE = re.compile(r"[a-z_]+/[1-9]\d{0,17}/[a-z_]+")
UNKEPT = frozenset({"csrf_token", "draft", "held_form", "action"})

# Steps whose forms are one: the page of a decision is typed once, whichever way it is signed.
ONE_FORM = dict.fromkeys(("refuse", "return_to_review", "return_to_evaluation"), "grant") | dict.fromkeys(
    ("return_decision", "veto"), "countersign"
)


def place_of(kind: str, subject_id: int, form: str) -> str:
    return f"{kind}/{subject_id}/{ONE_FORM.get(form, form)}"


def keep_draft(actor: Actor, place: str, fields: list[tuple[str, str]]) -> Draft:
    """Keep the form as it is typed now; whether it could be handed in is not asked."""
    if actor.id is None:
        raise NotPermitted("sign-in-needed")
    if not PLACE.fullmatch(place):
        raise Invalid("draft-place-unknown")
    kept = [[name, value] for name, value in fields if _worth(name)]
    if sum(len(name) + len(value) for name, value in kept) > LARGEST:
        raise Invalid("draft-too-large")
    draft = draft_of(actor, place) or _new(actor, place)
    draft.fields, draft.saved_at = kept, now()
    db.session.flush()
    return draft


def draft_of(actor: Actor, place: str) -> Draft | None:
    query = select(Draft).where(Draft.user_id == actor.id, Draft.place == place)
    return db.session.scalar(query)


# A plain statement, put together once: each save sends it while everybody else waits to write.
_TABLE = cast(Table, Draft.__table__)
_GONE = delete(_TABLE).where(_TABLE.c.user_id == bindparam("owner"), _TABLE.c.place == bindparam("at"))


def drop_draft(actor: Actor, place: str) -> None:
    db.session.execute(_GONE, {"owner": actor.id, "at": place})


def note_point(actor: Actor, application: Application, anchor: str, text: str) -> Draft:
    """Put one more point on the list the reviewer is collecting while reading; it is sent with the rest."""
    if not text.strip():
        raise Invalid("note-empty", {"text": "note-empty"})
    place = place_of("application", application.id, "correct")
    draft = draft_of(actor, place)
    fields = [tuple(field) for field in draft.fields] if draft else [("version", str(application.version))]
    numbers = [int(found[1]) for name, _ in fields if (found := re.match(r"points-(\d+)-", name))]
    number = max(numbers, default=-1) + 1
    noted = [(f"points-{number}-anchor", anchor), (f"points-{number}-text", text.strip())]
    return keep_draft(actor, place, [*fields, *noted])


def _worth(name: str) -> bool:
    return name not in UNKEPT and "password" not in name


def _new(actor: Actor, place: str) -> Draft:
    """Room is made first, so that nobody fills the house with forms."""
    mine = select(Draft.id).where(Draft.user_id == actor.id).order_by(Draft.saved_at.desc())
    surplus = list(db.session.scalars(mine.offset(MOST - 1)))
    if surplus:
        db.session.execute(delete(Draft).where(Draft.id.in_(surplus)))
    draft = Draft(user_id=actor.id, place=place, fields=[])
    db.session.add(draft)
    return draft


def drop_old_drafts() -> int:
    """What nobody came back to goes; return how many."""
    gone = db.session.execute(delete(Draft).where(Draft.saved_at < now() - LASTS))
    return cast(CursorResult[Any], gone).rowcount  # it returns no rows, of whatever type


def follow(subject: Subject, step: str, actor: Actor, _facts: Facts) -> None:
    """Once the step is taken, what was typed for it has been handed in."""
    if actor.id is not None:
        drop_draft(actor, place_of(lifecycle.machine_of(subject).kind, subject.id, step))
