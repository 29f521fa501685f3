"""Who answers for which case: the own organisation's affair, on either side of the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, func, select

from accounts.actor import Actor
from accounts.models import Membership, User
from accounts.queries import memberships_with_role, staff_ids
from certification.application.models import Application, Responsibility
from certification.application.operations.responsibility import SIDES
from certification.application.queries.applications import application, visible
from core.db import db
from core.web import Page, paginate


@dataclass(frozen=True)
class Held:
    """A case with who answers for it; `left` when that person is no longer in the organisation."""

    application: Application
    entry: Responsibility | None
    left: bool

    @property
    def name(self) -> str:
        return self.entry.user.name if self.entry else ""


def responsible(actor: Actor, case: Application) -> Held:
    """Who answers for one case in the actor's organisation."""
    return _held(actor, [case])[0]


def responsible_people(actor: Actor, cases: Sequence[Application]) -> dict[int, Held]:
    """The same for a list of cases, by the case's id, in one question."""
    return {held.application.id: held for held in _held(actor, cases)}


def handed_over(actor: Actor, case: Application) -> list[Responsibility]:
    """Everybody of the actor's organisation who answered for a case, the newest first."""
    application(actor, case.id)
    query = select(Responsibility).where(
        Responsibility.application_id == case.id, Responsibility.organisation_id == actor.organisation_id
    )
    return list(db.session.scalars(query.order_by(Responsibility.id.desc())))


def open_cases(actor: Actor, person: int | None = None, page: int = 1, size: int = 50) -> Page[Held]:
    """The organisation's cases that are not closed, or those one person answers for: first the ones nobody
    here answers for any more.  The items are Held."""
    query = _open_with_entry(actor)
    if person is not None:
        query = query.where(Responsibility.user_id == person)
    answered_for = func.coalesce(Responsibility.user_id.in_(staff_ids(actor.organisation_id)), false())
    found = paginate(query.order_by(answered_for, Application.id), page, size)
    return Page(_held(actor, found.items), found.number, found.size, found.total, found.name)


def open_numbers(actor: Actor) -> list[tuple[int, str]]:
    """Id and number of every one of them."""
    query = _open_with_entry(actor).with_only_columns(Application.id, Application.number)
    return [(case_id, number) for case_id, number in db.session.execute(query.order_by(Application.id))]


def _open_with_entry(actor: Actor) -> Select[Application]:
    """The open cases of the organisation, each beside the entry of who answers for it, if somebody does."""
    newest = (
        select(func.max(Responsibility.id))
        .where(
            Responsibility.application_id == Application.id,
            Responsibility.organisation_id == actor.organisation_id,
        )
        .correlate(Application)
        .scalar_subquery()
    )
    query = visible(actor).where(~Application.is_closed)
    return query.outerjoin(Responsibility, Responsibility.id == newest)


def successors(actor: Actor) -> list[Membership]:
    """The colleagues who may take a case on."""
    side = "body" if actor.kind == "certification_body" else "applicant"
    return memberships_with_role(actor.organisation_id, SIDES[side]) if actor.organisation_id else []


def people(actor: Actor) -> list[User]:
    """Everybody who answers for an open case of the organisation, those who left included, by name."""
    ids = _open_with_entry(actor).with_only_columns(Responsibility.user_id)
    return list(db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.name, User.id)))


def _held(actor: Actor, cases: Sequence[Application]) -> list[Held]:
    newest = (
        select(func.max(Responsibility.id))
        .where(
            Responsibility.application_id.in_([case.id for case in cases]),
            Responsibility.organisation_id == actor.organisation_id,
        )
        .group_by(Responsibility.application_id)
    )
    rows = db.session.scalars(select(Responsibility).where(Responsibility.id.in_(newest)))
    entries, staff = {row.application_id: row for row in rows}, staff_ids(actor.organisation_id)
    return [_as_held(case, entries.get(case.id), staff) for case in cases]


def _as_held(case: Application, entry: Responsibility | None, staff: set[int]) -> Held:
    return Held(case, entry, entry is not None and entry.user_id not in staff)
