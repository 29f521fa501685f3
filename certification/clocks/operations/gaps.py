"""The service knows its own gaps: nobody loses a right because nobody could act.

The web says every minute that people can be answered.  Whoever says it after too long a silence writes the
gap down and gives the days back.  Until every gap is known, and a while after, the system takes no step
against anybody.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from sqlalchemy import func, select

from accounts.actor import SYSTEM
from certification.clocks.models import Heartbeat, Outage
from certification.clocks.operations.calendar import record_outage
from certification.workflow.clocks import LONGEST_SILENCE, WAIT_AFTER_A_GAP
from core import clock
from core.calendar import book
from core.clock import SHANGHAI, now, today
from core.db import db

EVERY_S = 60.0
NOTICED = "服务没有应答"


def beat() -> Outage | None:
    """Say that people can act now; return the gap that this ends, written down and credited."""
    last = db.session.get(Heartbeat, 1, with_for_update=True)
    if last is None:
        db.session.add(Heartbeat(id=1, at=now(), ahead=clock.days_ahead()))
        db.session.flush()
        return None
    silent = last.ahead == clock.days_ahead() and now() - last.at > LONGEST_SILENCE
    gap = _write_down(last.at) if silent else None
    last.at, last.ahead = now(), clock.days_ahead()
    db.session.flush()
    return gap


def _write_down(begins: datetime) -> Outage | None:
    """What somebody wrote down before is not written twice; the rest of the gap is."""
    known = select(func.max(Outage.ends)).where(Outage.begins < now(), Outage.ends > begins)
    begins, ends = max(begins, db.session.scalar(known) or begins), now()
    if ends - begins <= LONGEST_SILENCE:
        return None
    return record_outage(SYSTEM, begins, ends, NOTICED, noticed=True)


def settled() -> bool:
    """Whether people can act, every gap is known, and the wait after the last one is over."""
    last = db.session.get(Heartbeat, 1)
    if last is None or abs(now() - last.at) > LONGEST_SILENCE:
        return False
    ended = db.session.scalar(select(func.max(Outage.ends)).where(Outage.ends <= now()))
    return ended is None or today() > waits_until(ended)


def waits_until(ended: datetime) -> date:
    """The last day on which the system still waits after a gap."""
    return book.current().term(ended.astimezone(SHANGHAI).date(), WAIT_AFTER_A_GAP, "working")


def after_gaps(step: Callable[[], int]) -> Callable[[], int]:
    """A step of the system with legal effect, as it may be taken: not before `settled`."""

    @wraps(step)
    def taken() -> int:
        return step() if settled() else 0

    return taken
