"""Clocks follow the steps: each step may start, stop, void, halt or resume some.

Nothing here decides anything: a clock that has run out changes no state by itself.
"""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from certification.application.models import Application
from certification.application.operations.applications import touch
from certification.clocks.models import Clock, ClockEntry
from certification.workflow import clocks as law
from core import audit, lifecycle
from core.calendar import book, ledger
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.machine import Actor, Facts, Subject


def follow(subject: Subject, step: str, actor: Actor, facts: Facts) -> None:
    """Told of every step once it is taken, in its transaction."""
    name = f"{lifecycle.machine_of(subject).kind}.{step}"
    running = _running(subject)
    with db.session.no_autoflush:  # what is read from here on, nothing that was written here bears upon
        for clock in running:
            _end(clock, subject, name, actor)
        running = [clock for clock in running if clock.result == "running"]
        running += _start(subject, name, actor, facts, running)
        for clock in running:
            _halt_or_resume(clock, thing_of(clock, subject), name, actor)


def application_of(subject: Subject) -> Application | None:
    return subject if isinstance(subject, Application) else getattr(subject, "application", None)


def thing_of(clock: Clock, subject: Subject | None = None) -> Subject:
    """The thing a clock runs on."""
    if subject is not None and _is_on(clock, subject):
        return subject
    return lifecycle.thing(clock.kind, clock.subject_id)


def _is_on(clock: Clock, subject: Subject) -> bool:
    return (clock.kind, clock.subject_id) == (lifecycle.machine_of(subject).kind, subject.id)


def _running(subject: Subject) -> list[Clock]:
    """Every clock that runs on the subject or on anything of its case."""
    own = (Clock.kind == lifecycle.machine_of(subject).kind) & (Clock.subject_id == subject.id)
    case = application_of(subject)
    mine = own if case is None else or_(own, Clock.application_id == case.id)
    query = select(Clock).where(mine, Clock.result == "running").order_by(Clock.id)
    return list(db.session.scalars(query.options(selectinload(Clock.entries))))


def _end(clock: Clock, subject: Subject, name: str, actor: Actor) -> None:
    rule = law.BY_NAME[clock.name]
    own_step = name.partition(".")[0] == clock.kind
    if own_step and clock.subject_id != subject.id:
        return
    if name in rule.voids:
        _close(clock, "void", name, actor)
    elif name in rule.stops:
        _close(clock, ledger.verdict(clock, today()), name, actor)


def _close(clock: Clock, result: str, step: str, actor: Actor) -> None:
    write(clock, result, actor, step=step)
    clock.result, clock.ended_on = result, today()
    clock.gross, clock.net = ledger.durations(clock.entries, today())
    db.session.flush()  # the same clock may start anew, and one of a kind runs at a time


def _start(subject: Subject, name: str, actor: Actor, facts: Facts, running: list[Clock]) -> list[Clock]:
    started = []
    for rule in law.CLOCKS:
        if name not in rule.starts:
            continue
        thing = rule.of(subject)
        if rule.when(thing) and not any(_is(clock, rule, thing) for clock in running):
            started.append(start(rule, thing, actor, name, facts.get(rule.fixed)))
    return started


def _is(clock: Clock, rule: law.Rule, thing: Subject) -> bool:
    return (clock.name, clock.kind, clock.subject_id) == (rule.name, rule.on, thing.id)


def start(rule: law.Rule, thing: Subject, actor: Actor, step: str, fixed: date | None = None) -> Clock:
    """Start one clock; `fixed` is the day the starting step named, when it named one."""
    case = application_of(thing)
    stated = case.scheme.clocks.get(rule.name, {}) if case else {}
    since = rule.since(thing) or today()
    clock = Clock(
        name=rule.name,
        kind=rule.on,
        subject_id=thing.id,
        application_id=case.id if case else None,
        body_id=case.body_id if case else getattr(thing, "body_id", None),
        scheme_code=case.scheme.code if case else "",
        owner=rule.owner,
        days=stated.get("days", rule.days),
        unit=stated.get("unit", rule.unit),
        first=stated.get("first", rule.first),
        term=stated.get("term", rule.term),
        source=stated.get("source", rule.source),
        started_on=since,
    )
    db.session.add(clock)
    write(clock, "start", actor, step=step, on=since)
    if fixed is not None:
        write(clock, "fix", actor, step=step, until=fixed)
    mirror(clock, thing)
    return clock


def _halt_or_resume(clock: Clock, thing: Subject, step: str, actor: Actor) -> None:
    already = ledger.paused_for(clock.entries)
    for pause in law.BY_NAME[clock.name].pauses:
        holds = pause.during(thing)
        if holds != (pause.reason in already):
            kind = "pause" if holds else "resume"
            write(clock, kind, actor, step=step, reason=pause.reason, cause=pause.cause)
    mirror(clock, thing)


def day_and_source(application: Application, name: str) -> tuple[date | None, str]:
    """(day, source) of a clock that runs on a case, as an act names them; (None, "") when none does."""
    mine = (Clock.kind == "application") & (Clock.subject_id == application.id)
    query = select(Clock).where(mine, Clock.name == name, Clock.result == "running")
    clock = db.session.scalar(query)
    return (clock.due, clock.source) if clock else (None, "")


def mirror(clock: Clock, thing: Subject) -> None:
    """The tables of the law read some days on the thing itself: they repeat what the ledger says."""
    rule = law.BY_NAME[clock.name]
    if rule.mirror and clock.due is not None and getattr(thing, rule.mirror) != clock.due:
        setattr(thing, rule.mirror, clock.due)


def write(clock: Clock, kind: str, actor: Actor, **more: object) -> ClockEntry:
    """Add one line and do the sum again, on the newest calendar."""
    calendar = book.current()
    facts = {"on": today(), "kind": kind, "by": actor.label, "calendar_version": calendar.version}
    entry = ClockEntry(**facts | more)
    clock.entries.append(entry)
    total = ledger.reckon(clock, clock.entries, calendar)
    clock.calendar_version, clock.due, clock.left = calendar.version, total.due, total.left
    entry.due = total.due
    return entry


def extend(clock: Clock, actor: Actor, *, days: int | None, reason: str) -> Clock:
    """Give more time, in the clock's own unit (days of the calendar when it counts months)."""
    rule, thing = law.BY_NAME[clock.name], thing_of(clock)
    if not _extends(rule, thing, actor):
        raise NotPermitted("role-not-held", step="extend")
    if clock.result != "running":
        raise OutOfOrder("clock-ended")
    _check_extension(clock, rule, days, reason)
    write(clock, "extend", actor, days=days, reason=reason.strip(), cause="body")
    mirror(clock, thing)
    audit.record(actor, "clock.extend", f"clock/{clock.id}", days=days, reason=reason, due=clock.due)
    if case := application_of(thing):
        touch(case)
    return clock


def may_extend(clock: Clock, actor: Actor) -> bool:
    return clock.result == "running" and _extends(law.BY_NAME[clock.name], thing_of(clock), actor)


def _extends(rule: law.Rule, thing: Subject, actor: Actor) -> bool:
    return any(thing.party(role) == actor.organisation_id for role in rule.may_extend & actor.roles)


def _check_extension(clock: Clock, rule: law.Rule, days: int | None, reason: str) -> None:
    if not days or days < 1:
        raise Invalid("extension-not-positive", {"days": "extension-not-positive"})
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    given = sum(entry.days or 0 for entry in clock.entries if entry.kind == "extend")
    if rule.longest is not None and given + days > rule.longest:
        raise Invalid("extension-too-long", {"days": "extension-too-long"}, longest=rule.longest)
