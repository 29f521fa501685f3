"""What is worked out of the whole catalogue is kept until it would come out otherwise."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Protocol, TypeVar

from sqlalchemy import func, select

from catalog.models import EntryAct, Feed
from core.clock import today
from core.db import db

Worked = TypeVar("Worked", covariant=True)


class Cached(Protocol[Worked]):
    def __call__(self, day: date | None = None) -> Worked: ...


def until_changed(work: Callable[[date], Worked]) -> Cached[Worked]:
    """`work(day)`, done anew on another day and when anything was listed or any status act was entered."""
    cached: dict[tuple[object, ...], Worked] = {}

    @wraps(work)
    def worked(day: date | None = None) -> Worked:
        day = day or today()
        state = _state()
        if state is None:
            return work(day)
        found = cached.get((*state, day))
        if found is None:
            found = work(day)
            cached.clear()
            cached[*state, day] = found
        return found

    return worked


def _state() -> tuple[object, ...] | None:
    """How far the catalogue has changed; None while nothing was ever listed."""
    feed = db.session.get(Feed, 1)
    acts = db.session.execute(select(func.count(), func.max(EntryAct.id)).select_from(EntryAct)).one()
    return (feed.key, feed.position, *acts) if feed else None
