"""Where a thing with a life moves from one state to the next: the only place.

Asks the table, lets the office do what the step brings with it (rows, numbers,
events), moves, writes the history row and the audit entry.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import JSON, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from core import audit
from core.clock import now
from core.columns import Reason, Slug, Who
from core.db import Base, db, durable, streamed
from core.errors import Invalid
from core.machine import Machine


class StepTaken(Base):
    """One step that was taken, by whom, and why: the history of every case."""

    __tablename__ = "step_taken"
    __table_args__ = (Index("ix_step_taken_subject", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slug]
    subject_id: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[Who]
    step: Mapped[Slug]
    source: Mapped[Slug]
    target: Mapped[Slug]
    reason: Mapped[Reason] = mapped_column(default="")
    files: Mapped[list] = mapped_column(JSON, default=list)  # SHA-256 of what lay before the actor


MOST_LISTED = 500  # of what is handed in with one step, in each of its lists


def refuse_long_lists(facts: dict) -> None:
    """Whatever is listed with a step, in lists within lists as well, has an end."""
    for name, value in facts.items():
        waiting = [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, list | tuple | dict):
                if len(part) > MOST_LISTED:
                    raise Invalid("list-too-long", {name: "list-too-long"}, most=MOST_LISTED)
                waiting += part.values() if isinstance(part, dict) else part


def take(
    machine: Machine,
    subject,
    name: str,
    actor,
    effect: Callable[..., None] | None = None,
    reason: str = "",
    **facts,
) -> StepTaken:
    """Take step `name` of `machine` on `subject`, or raise the kind of no and change nothing.

    The effect comes before the move, so that no state is ever stored without what it stands for;
    it is told the actor, the step's name and the facts.  A step that was acknowledged outlives a power cut.
    """
    durable()
    facts["reason"] = reason
    _wait_for_turn(subject)
    step = machine.check(subject, name, actor, facts)
    source, seen = subject.state, files_seen(subject)
    if effect:
        effect(subject, actor, step=name, **facts)
    if step.target != source:
        subject.state = step.target
    taken = StepTaken(
        kind=machine.kind,
        subject_id=subject.id,
        at=now(),
        actor_id=actor.id,
        actor=actor.label,
        step=name,
        source=source,
        target=step.target,
        reason=reason,
        files=seen,
    )
    db.session.add(taken)
    audit.record(
        actor,
        f"{machine.kind}.{name}",
        f"{machine.kind}/{subject.id}",
        source=source,
        target=step.target,
        reason=reason,
        files=seen,
    )
    return taken


def _wait_for_turn(subject) -> None:
    """Of two steps on one thing the second begins when the first is done, and sees what it left.

    SQLite has one writer at a time anyhow.
    """
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.flush()  # what is read anew must not undo what was just set
        db.session.refresh(subject, with_for_update={"of": type(subject)})


def files_seen(subject) -> list[str]:
    """The digests of the files of the subject, or of its case, as they lie when a step is taken."""
    for thing in (subject, getattr(subject, "application", None)):
        if (seen := getattr(thing, "file_digests", None)) is not None:
            return sorted(set(seen))
    return []


def history(kind: str, subject_id: int) -> list[StepTaken]:
    """Every step taken on one subject, oldest first."""
    query = select(StepTaken).where(StepTaken.kind == kind, StepTaken.subject_id == subject_id)
    return list(db.session.scalars(query.order_by(StepTaken.id)))


def unrecorded() -> list[str]:
    """The steps that the audit record does not know as they are kept here, and those that only it knows."""
    taken = Counter(
        (
            f"{row.kind}.{row.step}",
            f"{row.kind}/{row.subject_id}",
            row.actor,
            row.source,
            row.target,
            row.reason,
        )
        for row in streamed(select(StepTaken))
    )
    recorded = Counter(filter(None, map(_as_step, audit.every_entry())))
    return sorted({f"{subject} {verb}" for verb, subject, *_ in (taken - recorded) + (recorded - taken)})


def _as_step(entry: audit.Entry) -> tuple | None:
    """What `take` recorded; None for an entry of another kind."""
    data = json.loads(entry.data)
    if not data.keys() >= {"source", "target", "files"}:
        return None
    return entry.verb, entry.subject, entry.actor, data["source"], data["target"], data["reason"]
