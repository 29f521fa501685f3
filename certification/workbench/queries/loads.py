"""What each colleague has in hand: what whoever assigns a case looks at first."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from accounts.actor import Actor
from accounts.models import Absence, User
from accounts.queries import absences
from certification.application.models import Application, Responsibility
from certification.application.queries.applications import visible
from certification.application.queries.responsibility import successors
from certification.workbench.queries.queue import due_days
from certification.workflow.impartiality import hindrances
from core.clock import today
from core.db import db


@dataclass(frozen=True)
class Load:
    """`late`: of the open cases, those past a day that presses the body; `away`: what is not over yet;
    `hindered`: the slugs of what keeps the person from the case that is asked about."""

    person: User
    open: int
    late: int
    away: list[Absence] = field(default_factory=list)
    hindered: list[str] = field(default_factory=list)

    @property
    def is_away(self) -> bool:
        return any(absence.first <= today() for absence in self.away)


def loads(actor: Actor, case: Application | None = None) -> list[Load]:
    """Everybody who may take a case on, those with the least in hand first."""
    if actor.kind != "certification_body":
        return []
    counts, away = _counts(actor), absences(actor)
    found = [
        Load(
            seat.user,
            *counts.get(seat.user_id, (0, 0)),
            [absence for absence in away if absence.user_id == seat.user_id],
            hindrances(case, seat.user_id, "plan", today()) if case else [],
        )
        for seat in successors(actor)
    ]
    return sorted(found, key=lambda load: (load.is_away, bool(load.hindered), load.open, load.person.name))


def _counts(actor: Actor) -> dict[int, tuple[int, int]]:
    """By person: cases that are open, and how many of them are late."""
    own = Responsibility.organisation_id == actor.organisation_id
    newest = select(func.max(Responsibility.id)).where(own).group_by(Responsibility.application_id)
    due = due_days()
    query = (
        visible(actor)
        .where(~Application.is_closed)
        .join(Responsibility, Responsibility.application_id == Application.id)
        .outerjoin(due, due.c.application_id == Application.id)
        .where(Responsibility.id.in_(newest))
        .group_by(Responsibility.user_id)
        .with_only_columns(Responsibility.user_id, func.count(), func.count().filter(due.c.due < today()))
    )
    return {person: (every, late) for person, every, late in db.session.execute(query)}
