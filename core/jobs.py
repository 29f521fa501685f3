"""Work that happens after the commit: a job is a row of the same transaction.

A worker takes a job under a lease and renews it while it works; when the worker dies the lease runs
out and another takes it.  A job may therefore run twice, so every handler is idempotent.  A job that
failed, or took its worker with it, five times is left alone until somebody asks for it again.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import JSON, ColumnElement, Select, case, func, or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.local import LocalProxy

from core.clock import now
from core.columns import Slug, Statement
from core.db import Base, among, db, only_reading
from core.errors import NotFound, OutOfOrder

LEASE = timedelta(minutes=2)
RENEWAL_S = 30
LONGEST_S = 3600  # a job that runs for longer hangs, and its lease is renewed no more
ATTEMPTS = 5
STATES = ("queued", "running", "done", "failed")
LANES = ("short", "long")

log = logging.getLogger(__name__)

Handler = Callable[..., object]  # is told what its job was queued with

_handlers: dict[str, Handler] = {}
_long: set[str] = set()  # the kinds that take long: they have a worker of their own


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (among("state", STATES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slug]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what its handler is told
    state: Mapped[Slug] = mapped_column(default="queued", index=True)
    set_back: Mapped[bool] = mapped_column(default=False)  # done when nothing else waits
    due: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[Statement] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    done_at: Mapped[datetime | None]

    @property
    def has_failed(self) -> bool:
        """It was tried as often as may be."""
        return self.state == "failed"


def connect(short: Mapping[str, Handler], long: Mapping[str, Handler] | None = None) -> None:
    """Take the whole table of who does which kind of job, parted by how long it takes."""
    _handlers.clear()
    _handlers.update(short, **(long or {}))
    _long.clear()
    _long.update(long or {})


def enqueue(kind: str, **payload: object) -> Job:
    """Queue one job in the current transaction."""
    if kind not in _handlers:
        raise KeyError(f"nobody does {kind}")
    job = Job(kind=kind, payload=payload)
    db.session.add(job)
    return job


def set_back_queued() -> None:
    """Let everything that is queued now wait behind whatever comes."""
    db.session.execute(update(Job).where(Job.state == "queued").values(set_back=True))


def claim(lane: str = "") -> int | None:
    """Lease the next job that is due, of one lane or of any; return its id, or None.  Commits.

    A job is given up here when every worker that took it was lost.
    """
    while job := _next(lane):
        if job.attempts < ATTEMPTS:
            job.state, job.lease_until, job.attempts = "running", now() + LEASE, job.attempts + 1
            db.session.commit()
            return job.id
        job.state, job.error = "failed", f"its worker was lost {job.attempts} times"
        log.error("job %s is given up: %s", job.id, job.error)
        db.session.commit()
    db.session.rollback()
    return None


def _next(lane: str) -> Job | None:
    """Locked.  It is looked for before SQLite's write lock is taken: an idle worker keeps nobody waiting."""
    query = _due(lane).limit(1)
    with only_reading():
        waits = db.session.scalar(query.with_only_columns(Job.id)) is not None
    return db.session.scalar(query.with_for_update(skip_locked=True)) if waits else None


def _due(lane: str) -> Select[Job]:
    """What is short comes first, in the order it came; of what was set back, the newest."""
    free = or_(Job.state == "queued", (Job.state == "running") & (Job.lease_until < now()))
    place = case((Job.set_back, -Job.id), else_=Job.id)
    return select(Job).where(free, Job.due <= now(), of(lane)).order_by(Job.set_back, takes_long(), place)


def takes_long() -> ColumnElement[bool]:
    return Job.kind.in_(_long)


def of(lane: str) -> ColumnElement[bool]:
    """The jobs of a lane; without a name, all."""
    return {"short": ~takes_long(), "long": takes_long()}.get(lane, true())


def run(job_id: int) -> bool:
    """Do one leased job and record how it ended.  Commits; never raises the job's error."""
    job = db.session.get_one(Job, job_id)
    try:
        with renewed(job_id):
            _handlers[job.kind](**job.payload)
        job.state, job.done_at, job.error = "done", now(), ""
        db.session.commit()
        return True
    except Exception as error:  # whatever went wrong is the job's, the worker lives on
        db.session.rollback()
        job = db.session.get_one(Job, job_id)
        job.state = "failed" if job.attempts >= ATTEMPTS else "queued"
        job.due = now() + timedelta(seconds=5 * 2**job.attempts)
        job.error = f"{type(error).__name__}: {error}"[:2000]
        db.session.commit()
        return False


@contextmanager
def renewed(job_id: int) -> Iterator[None]:
    """Keep the lease of a job while it runs, from a thread of its own with a connection of its own."""
    app, over = cast(LocalProxy[Flask], current_app)._get_current_object(), Event()
    Thread(target=_renew, args=(app, job_id, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _renew(app: Flask, job_id: int, over: Event) -> None:
    until = time.monotonic() + LONGEST_S
    leased = update(Job).where(Job.id == job_id, Job.state == "running")
    while not over.wait(RENEWAL_S) and time.monotonic() < until:
        try:
            with app.app_context():
                db.session.execute(leased.values(lease_until=now() + LEASE))
                db.session.commit()
        except SQLAlchemyError as error:  # the lease outlives a few tries that failed
            log.warning("the lease of job %s was not renewed: %s", job_id, error)


def repeat(job_id: int) -> Job:
    """Queue a job that was given up once more, with all its tries."""
    job = db.session.get(Job, job_id, with_for_update=True)
    if job is None:
        raise NotFound("job-unknown")
    if not job.has_failed:
        raise OutOfOrder("job-not-failed")
    job.state, job.attempts, job.due = "queued", 0, now()
    return job


def failed() -> Select[Job]:
    """The jobs that were given up, the last first."""
    return select(Job).where(Job.state == "failed").order_by(Job.id.desc())


def run_due(lane: str = "") -> int:
    """Do every job that is due, here and now; return how many went well."""
    done = 0
    while (job_id := claim(lane)) is not None:
        done += run(job_id)
    return done


def counts() -> dict[str, int]:
    """How many jobs stand in each state."""
    found = dict(db.session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state: found.get(state, 0) for state in STATES}


def is_open() -> ColumnElement[bool]:
    return Job.state.in_(("queued", "running"))


def stuck(lane: str) -> timedelta:
    """How long something has been due in a lane in which nothing was done and no lease renewed."""
    found = db.session.execute(
        select(func.min(Job.due), func.max(Job.lease_until)).where(is_open(), Job.due <= now(), of(lane))
    ).one()
    oldest, leased = cast(tuple[datetime | None, datetime | None], tuple(found))
    if oldest is None:
        return timedelta(0)
    done = db.session.scalar(select(func.max(Job.done_at)).where(of(lane)))
    moved = [oldest, done or oldest, leased - LEASE if leased else oldest]
    return now() - max(moved)


def lag() -> float:
    """Seconds the oldest job that is due has waited; 0 when none waits."""
    oldest = db.session.scalar(select(func.min(Job.due)).where(Job.state == "queued", Job.due <= now()))
    return (now() - oldest).total_seconds() if oldest else 0.0
