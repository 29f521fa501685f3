"""Shortlists as their organisation sees them, what changed since, and which are watched."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import orjson
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from core import lifecycle
from core.canonical import Plain
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate
from procurement.bids.queries import OFFICERS, may_check
from procurement.shortlists import answers
from procurement.shortlists.models import Shortlist, ShortlistLine, ShortlistLoss

__all__ = ["OFFICERS", "may_check"]


AT_HAND = 20  # open ones from which one is chosen beside a product


class Shown(NamedTuple):
    """A line with the answer that was kept; `now` is what is answered today, where that was asked for."""

    line: ShortlistLine
    then: Plain
    now: Plain
    differs: bool


def shortlists(actor: Actor, page: int = 1) -> Page[Shortlist]:
    query = select(Shortlist).where(Shortlist.organisation_id == actor.organisation_id)
    return paginate(query.order_by(Shortlist.id.desc()), page, 20)


def open_ones(actor: Actor) -> list[Shortlist]:
    """Those of the actor's organisation that products may be put on, the one written last first; none for
    whoever checks nothing."""
    if not may_check(actor):
        return []
    query = select(Shortlist).where(Shortlist.is_open, Shortlist.organisation_id == actor.organisation_id)
    return list(
        db.session.scalars(query.order_by(Shortlist.changed_at.desc(), Shortlist.id.desc()).limit(AT_HAND))
    )


def shortlist_of(actor: Actor, shortlist_id: int) -> Shortlist:
    found = db.session.get(Shortlist, shortlist_id)
    if found is None or not may_check(actor) or found.organisation_id != actor.organisation_id:
        raise NotFound("shortlist-not-found")
    return found


def shown(of: Shortlist, again: bool = False) -> list[Shown]:
    """The lines side by side; with `again`, asked anew for today beside what was kept."""
    then = [orjson.loads(line.answer) for line in of.lines]
    now: Sequence[Plain] = [None] * len(then)
    if again and then:
        asked = answers.questions(list(map(asked_of, of.lines)), today())
        now = [orjson.loads(each) for each in answers.asked(asked)[1]]
    return [
        Shown(line, kept, anew, anew is not None and _grounds(kept) != _grounds(anew))
        for line, kept, anew in zip(of.lines, then, now, strict=True)
    ]


def _grounds(answer: Plain) -> tuple[object, ...]:
    found = ((each["subject"], each["ground"]) for each in answer["findings"])
    return (answer["overall"], answer["certificate"], *found)


def asked_of(line: ShortlistLine) -> dict[str, str]:
    return {"number": line.number, "model": line.model, "maker": line.maker}


def losses(of: Shortlist) -> list[ShortlistLoss]:
    query = select(ShortlistLoss).join(ShortlistLine).where(ShortlistLine.shortlist_id == of.id)
    return list(db.session.scalars(query.order_by(ShortlistLoss.id)))


def losses_of(line: ShortlistLine) -> set[str]:
    return set(db.session.scalars(select(ShortlistLoss.digest).where(ShortlistLoss.line_id == line.id)))


def running(day: date) -> list[Shortlist]:
    """Those whose contract runs on a day."""
    query = select(Shortlist).where(Shortlist.is_awarded, Shortlist.until >= day)
    return list(db.session.scalars(query.options(selectinload(Shortlist.lines)).order_by(Shortlist.id)))


def history(of: Shortlist) -> list[lifecycle.StepTaken]:
    return lifecycle.history("shortlist", of.id)
