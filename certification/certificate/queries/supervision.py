"""What the regulator sees of certification as a whole."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from accounts.models import Organisation
from certification.application.queries.applications import visible
from certification.certificate.models import Certificate, StatusAct
from certification.workflow.application import CLOSED
from certification.workflow.certificate import status_on
from core.clock import today
from core.db import db


@dataclass(frozen=True)
class BodyLoad:
    """One certification body: its open cases, its cases that ended, its certificates by status today."""

    body: Organisation
    open: int
    closed: int
    certificates: dict[str, int]


def latest_certificates(limit: int = 8) -> list[Certificate]:
    query = select(Certificate).order_by(Certificate.id.desc()).limit(limit)
    return list(db.session.scalars(query.options(selectinload(Certificate.acts))))


def latest_acts(limit: int = 8) -> list[StatusAct]:
    query = select(StatusAct).order_by(StatusAct.id.desc()).limit(limit)
    return list(db.session.scalars(query.options(selectinload(StatusAct.certificate))))


def by_body(actor: Actor) -> list[BodyLoad]:
    """Every certification body with its cases and certificates, by name."""
    cases, certificates = _cases(actor), _certificates()
    bodies = select(Organisation).where(Organisation.kind == "certification_body").order_by(Organisation.name)
    return [
        BodyLoad(body, *_open_and_closed(cases.get(body.id, {})), certificates.get(body.id, {}))
        for body in db.session.scalars(bodies)
    ]


def by_status() -> dict[str, int]:
    """How many certificates have which status today."""
    totals: dict[str, int] = {}
    for statuses in _certificates().values():
        for status, count in statuses.items():
            totals[status] = totals.get(status, 0) + count
    return totals


def _open_and_closed(states: dict[str, int]) -> tuple[int, int]:
    closed = sum(count for state, count in states.items() if state in CLOSED)
    return sum(states.values()) - closed, closed


def _cases(actor: Actor) -> dict[int, dict[str, int]]:
    found = visible(actor).subquery()
    query = select(found.c.body_id, found.c.state, func.count()).group_by(found.c.body_id, found.c.state)
    counts: dict[int, dict[str, int]] = {}
    for body_id, state, count in db.session.execute(query):
        counts.setdefault(body_id, {})[state] = count
    return counts


def _certificates() -> dict[int, dict[str, int]]:
    """Counted one by one: a status is computed from dated acts, so there is no column to sum."""
    acts: dict[int, list[Any]] = {}  # rows, with what status_on reads of an act
    for act in db.session.execute(
        select(StatusAct.certificate_id, StatusAct.kind, StatusAct.on).order_by(StatusAct.id)
    ):
        acts.setdefault(act.certificate_id, []).append(act)
    counts: dict[int, dict[str, int]] = {}
    columns = (Certificate.id, Certificate.body_id, Certificate.begins_on, Certificate.valid_to)
    for row in db.session.execute(select(*columns)):
        status = status_on(row.begins_on, row.valid_to, acts.get(row.id, ()), today())
        statuses = counts.setdefault(row.body_id, {})
        statuses[status] = statuses.get(status, 0) + 1
    return counts
