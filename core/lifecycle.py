"""Where a thing with a life moves from one state to the next: the only place, for every office.

Each office says in its `steps` which machine rules which of its things, and what each step brings with
it; app.py hands all of it over.  So a verb may take a further step without knowing who follows it.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from sqlalchemy import JSON, Index, inspect, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import audit, places, times
from core.clock import now
from core.columns import Reason, Slug, Who
from core.db import Base, db, durable, streamed
from core.errors import Invalid, Unmet
from core.machine import Actor, Facts, Machine, Offer, Subject
from core.times import LateDay, Typed

if TYPE_CHECKING:
    from pydantic import BaseModel


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
    files: Mapped[list[str]] = mapped_column(JSON, default=list)  # SHA-256 of what lay before the actor
    late: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # days typed long after them, by member
    late_reason: Mapped[Reason] = mapped_column(default="")  # why only then


Lazy = Literal["select", "selectin"]


def steps_of(kind: str, model: str, lazy: Lazy = "select") -> "Mapped[list[StepTaken]]":
    """The `steps` of a thing of this kind, oldest first: those taken on it.  `take` keeps them up to date.
    `lazy` as SQLAlchemy has it: where several are shown together, theirs are read at once."""
    joined = f"and_(StepTaken.kind == '{kind}', foreign(StepTaken.subject_id) == {model}.id)"
    return relationship("StepTaken", primaryjoin=joined, order_by="StepTaken.id", viewonly=True, lazy=lazy)


def why_late(steps: "Iterable[StepTaken]", day: date | None, name: str = "", step: str = "") -> str:
    """Why this day of a member, or of a step, was typed long after it; empty where it was typed in time."""
    said = None if day is None else day.isoformat()
    return next(
        (
            taken.late_reason
            for taken in steps
            if (not step or taken.step == step)
            and any(each == said and name in ("", member) for member, each in taken.late.items())
        ),
        "",
    )


Law = Machine[Any]  # of any thing: which type a law rules stands in a table, where no checker follows it
Key = tuple[Law, str]
S = TypeVar("S", contravariant=True)  # the thing that the law of the step is about


class Prepare(Protocol[S]):
    def __call__(self, subject: S, /, *args: Any, **facts: Any) -> Facts: ...  # each names the facts it reads


class Effect(Protocol[S]):
    def __call__(self, subject: S, actor: Actor, /, *args: Any, **facts: Any) -> object: ...  # likewise


class Follower(Protocol[S]):
    def __call__(self, subject: S, step: str, actor: Actor, facts: Facts, /) -> object: ...


@dataclass(frozen=True)
class Brings(Generic[S]):
    """What one step brings with it.

    `asks` is the shape of what is handed in, by form and by API; a step of the system alone has none.
    `times` bound the days that are typed with it.
    `prepare(subject, step=, **facts)` reads registers or tries something out before the law is asked; it
    may refuse, and what it finds joins the facts.  `effect(subject, actor, step=, **facts)` changes what
    the step changes once the law has said yes.  Each of `followers` is told `(subject, step, actor,
    facts)` when the step is taken, in their order and in the same transaction.  `events` are those that
    the effect may publish.
    """

    prepare: Prepare[S] | None = None
    effect: Effect[S] | None = None
    followers: tuple[Follower[S], ...] = ()
    events: tuple[type, ...] = ()
    asks: "type[BaseModel] | None" = None
    times: tuple[Typed, ...] = ()

    @property
    def members(self) -> Collection[str]:
        return self.asks.model_fields if self.asks else ()


Row = Brings[Any]  # likewise


@dataclass(frozen=True)
class Table:
    """What one office says of its steps; a step without a row brings nothing with it."""

    law: Mapping[type, Law]
    rows: Mapping[Key, Row] = field(default_factory=dict)


_law: dict[type, Law] = {}
_rows: dict[Key, Row] = {}


def connect(*tables: Table) -> None:
    """Take the tables of all offices; they are named in app.py."""
    law = [pair for table in tables for pair in table.law.items()]
    rows = {key: row for table in tables for key, row in table.rows.items()}
    if len({machine.kind for _type, machine in law}) < len(law):
        raise ValueError("two things are of one kind")
    if strange := [key for key in rows if key[0] not in dict(law).values() or key[1] not in key[0].steps]:
        raise ValueError(f"no law has the steps {[(machine.kind, step) for machine, step in strange]}")
    _law.clear()
    _law.update(law)
    _rows.clear()
    _rows.update(rows)


def machine_of(subject: Subject) -> Law:
    """The machine that rules this thing's life."""
    return _law[type(subject)]


def thing(kind: str, subject_id: int) -> Subject:
    """The thing a row of the history, or a clock, is about."""
    model = next(model for model, machine in _law.items() if machine.kind == kind)
    return db.session.get_one(model, subject_id)


def row_of(machine: Law, step: str) -> Row:
    return _rows.get((machine, step), NOTHING)


NOTHING: Row = Brings()


def offers(subject: Subject, actor: Actor) -> list[Offer]:
    """The steps that are this actor's to take on the subject now, hindered ones with their reasons."""
    return machine_of(subject).offers(subject, actor)


MOST_LISTED = 500  # of what is handed in with one step, in each of its lists


def refuse_long_lists(facts: Facts) -> None:
    """Whatever is listed with a step, in lists within lists as well, has an end."""
    for name, value in facts.items():
        waiting = [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, list | tuple | dict):
                if len(part) > MOST_LISTED:
                    raise Invalid("list-too-long", {name: "list-too-long"}, most=MOST_LISTED)
                waiting += part.values() if isinstance(part, dict) else part


def take(subject: Subject, name: str, actor: Actor, **facts: object) -> None:
    """Take one step, or raise the kind of no and change nothing.

    `facts` are what was handed in, under the names the forms use; `reason` is kept in the history.
    """
    refuse_long_lists(facts)
    machine = machine_of(subject)
    machine.named(name).check_turn(subject, actor)
    _wait_for_turn(subject)
    brings = row_of(machine, name)
    facts.setdefault("reason", "")
    times.check(brings.times, subject, facts)
    late = times.late(brings.times, subject, facts)
    if late and not str(facts.get("late_reason") or "").strip():
        _refuse_late(late[0])
    if brings.prepare:
        facts |= brings.prepare(subject, step=name, **facts)
    _move(machine, subject, name, actor, brings, facts, late)
    for follow in brings.followers:
        follow(subject, name, actor, facts)


def _refuse_late(found: LateDay) -> None:
    slug = "late-reason-missing"
    raise Invalid(slug, {"late_reason": slug}, day=found.day.isoformat(), first=found.first.isoformat())


def _move(
    machine: Law, subject: Subject, name: str, actor: Actor, brings: Row, facts: Facts, late: list[LateDay]
) -> None:
    """The effect comes before the move, so that no state is ever stored without what it stands for.

    A step that was acknowledged outlives a power cut.
    """
    durable()
    try:
        step = machine.check(subject, name, actor, facts)
    except Unmet as refused:
        refused.fields = places.among(brings.members, refused.detail["unmet"])
        raise
    source, seen = subject.state, files_seen(subject)
    if brings.effect:
        brings.effect(subject, actor, step=name, **facts)
    if step.target != source:
        subject.state = step.target
    said: Facts = {"source": source, "reason": facts["reason"], "files": seen}
    if late:
        days = {each.name: each.day.isoformat() for each in late}
        said |= {"late": days, "late_reason": facts["late_reason"].strip()}
    _write_down(machine, subject, name, actor, said)


def _write_down(machine: Law, subject: Subject, step: str, actor: Actor, said: Facts) -> None:
    """One row of the history and one entry of the record."""
    said |= {"target": subject.state}
    db.session.add(
        StepTaken(
            kind=machine.kind,
            subject_id=subject.id,
            at=now(),
            actor_id=actor.id,
            actor=actor.label,
            step=step,
            **said,
        )
    )
    mapped = inspect(type(subject), raiseerr=False)
    if mapped is not None and "steps" in mapped.relationships:
        db.session.expire(subject, ["steps"])  # those read before do not know of it
    audit.record(actor, f"{machine.kind}.{step}", f"{machine.kind}/{subject.id}", **said)


def _wait_for_turn(subject: Subject) -> None:
    """Of two steps in one case the second begins when the first is done, and sees what it left.

    Nothing is written before, and the case is waited for first: who has written beside a row already shares
    it, and two who share it would each wait for the other to let go.  SQLite has one writer at a time anyhow.
    """
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.flush()  # what is read anew must not undo what was just set
        for thing in (getattr(subject, "application", None), subject):
            if thing is not None:
                db.session.refresh(thing, with_for_update={"of": type(thing)})


def files_seen(subject: Subject) -> list[str]:
    """The digests of the files of the subject, or of its case, as they lie when a step is taken."""
    for thing in (subject, getattr(subject, "application", None)):
        if (seen := getattr(thing, "file_digests", None)) is not None:
            return sorted(set(seen))
    return []


def history(kind: str, *subject_ids: int) -> list[StepTaken]:
    """Every step taken on these subjects of one kind, oldest first."""
    query = select(StepTaken).where(StepTaken.kind == kind, StepTaken.subject_id.in_(subject_ids))
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


def _as_step(entry: audit.Entry) -> tuple[str, str, str, str, str, str] | None:
    """What `take` recorded; None for an entry of another kind."""
    data = json.loads(entry.data)
    if not data.keys() >= {"source", "target", "files"}:
        return None
    return entry.verb, entry.subject, entry.actor, data["source"], data["target"], data["reason"]
