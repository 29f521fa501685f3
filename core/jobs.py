"""Work that happens after the commit: a job is a row of the same transaction.

A worker takes a job under a lease; when the worker dies the lease runs out and
another takes it.  A job may therefore run twice, so every handler is idempotent.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import JSON, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, among, db, only_reading

LEASE = timedelta(minutes=2)
ATTEMPTS = 5
STATES = ("queued", "running", "done", "failed")

_handlers: dict[str, Callable] = {}


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (among("state", STATES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(default="queued", index=True)
    set_back: Mapped[bool] = mapped_column(default=False)  # done when nothing else waits
    due: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    done_at: Mapped[datetime | None]


def connect(table: Mapping[str, Callable]) -> None:
    """Take the whole table of who does which kind of job; it is written in app.py."""
    _handlers.clear()
    _handlers.update(table)


def enqueue(kind: str, **payload) -> Job:
    """Queue one job in the current transaction."""
    if kind not in _handlers:
        raise KeyError(f"nobody does {kind}")
    job = Job(kind=kind, payload=payload)
    db.session.add(job)
    return job


def set_back_queued() -> None:
    """Let everything that is queued now wait behind whatever comes."""
    db.session.execute(update(Job).where(Job.state == "queued").values(set_back=True))


def claim() -> int | None:
    """Lease the oldest job that is due; return its id, or None.  Commits.

    It is looked for before SQLite's write lock is taken: a worker with nothing to do keeps nobody waiting.
    """
    open_job = or_(Job.state == "queued", (Job.state == "running") & (Job.lease_until < now()))
    query = select(Job).where(open_job, Job.due <= now()).order_by(Job.set_back, Job.id).limit(1)
    with only_reading():
        waits = db.session.scalar(query.with_only_columns(Job.id)) is not None
    job = db.session.scalar(query.with_for_update(skip_locked=True)) if waits else None
    if job is None:
        db.session.rollback()
        return None
    job.state, job.lease_until, job.attempts = "running", now() + LEASE, job.attempts + 1
    db.session.commit()
    return job.id


def run(job_id: int) -> bool:
    """Do one leased job and record how it ended.  Commits; never raises the job's error."""
    job = db.session.get_one(Job, job_id)
    try:
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


def run_due() -> int:
    """Do every job that is due, here and now; return how many went well."""
    done = 0
    while (job_id := claim()) is not None:
        done += run(job_id)
    return done


def counts() -> dict[str, int]:
    """How many jobs stand in each state."""
    found = dict(db.session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state: found.get(state, 0) for state in ("queued", "running", "done", "failed")}


def lag() -> float:
    """Seconds the oldest job that is due has waited; 0 when none waits."""
    oldest = db.session.scalar(select(func.min(Job.due)).where(Job.state == "queued", Job.due <= now()))
    return (now() - oldest).total_seconds() if oldest else 0.0
