"""Warning before time runs out, and when it has: once in amber and once in red for each day it is due.

The light is the one every page shows.  A clock that stands still, or was answered, reminds nobody.
"""

from datetime import timedelta

from sqlalchemy import select

from accounts.models import Notice
from accounts.notices import Message, a_day, a_word
from accounts.operations import inbox
from certification import notices
from certification.clocks.models import Clock
from certification.notices.row import People, case_of, holders, team, uninvolved
from core import lifecycle
from core.calendar import ledger
from core.clock import today
from core.db import db
from core.machine import Subject

FURTHEST = timedelta(days=120)  # no clock turns amber earlier

# Whose time it is, and where somebody else than these is to act.
OWNERS = {
    "client": holders("applicant"),
    "body": holders("case_officer"),
    "laboratory": holders("sample_receiver", "tester"),
    "regulator": holders("regulator"),
}
HANDLERS = {
    "acceptance": holders("application_reviewer"),
    "site_after_documents": team("lead_verifier"),
    "approval_to_certificate": holders("head_of_body"),
    "appeal_handling": uninvolved("appeals_officer"),
}


def remind_of_deadlines() -> int:
    """Tell whoever is to act of each clock that has turned amber or red; return how many were new."""
    due = {once_of(clock, light): (clock, light) for clock, light in pressing()}
    known = set(db.session.scalars(select(Notice.once).where(Notice.once.in_(due))))
    new = [due[once] for once in due if once not in known]
    return sum(remind(clock, light) for clock, light in new)


def pressing() -> list[tuple[Clock, str]]:
    soon = Clock.due.is_not(None) & (Clock.due <= today() + FURTHEST)
    query = select(Clock).where(Clock.result == "running", soon).order_by(Clock.id)
    lights = [(clock, ledger.light(clock, today())) for clock in db.session.scalars(query)]
    return [(clock, light) for clock, light in lights if light != "ok"]


def once_of(clock: Clock, light: str) -> str:
    """A day that was moved is told of anew."""
    return f"clock/{clock.id}/{light}/{clock.due}"


def remind(clock: Clock, light: str) -> bool:
    thing, to = lifecycle.thing(clock.kind, clock.subject_id), people_of(clock)
    told = to.find(thing)
    if told:
        inbox.tell(told, message(clock, light, thing, to))
    return bool(told)


def people_of(clock: Clock) -> People:
    return HANDLERS.get(clock.name) or OWNERS[clock.owner]


def message(clock: Clock, light: str, thing: Subject, to: People) -> Message:
    reference = notices.number_of(thing, to.side)
    return Message(
        kind=f"deadline.{light}",
        group="deadline",
        subject=notices.name_of(clock.kind, thing),
        reference=reference,
        link=notices.page(to.side)(thing),
        facts={
            "number": reference,
            "product": getattr(case_of(thing), "product_name", ""),
            "what": a_word(f"clock.{clock.name}"),
            "due": a_day(clock.due),
        },
        urgent=light == "red",
        asks=True,
        once=once_of(clock, light),
    )
