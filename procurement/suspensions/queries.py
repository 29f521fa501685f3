"""What may be asked of suspensions: those that were approved are public, the others their writers' alone."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select

from accounts.actor import Actor
from certification.certificate.queries import lives
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate
from procurement.suspensions.models import EnterpriseSuspension
from procurement.verdict.dated import Suspended

ROLES = frozenset({"list_editor", "regulator"})


def may_see(actor: Actor) -> bool:
    return bool(ROLES & actor.roles)


def public(on: date | None = None, page: int = 1, size: int = 50) -> Page[EnterpriseSuspension]:
    """Those of a day, or all there ever were, the newest first."""
    query = select(EnterpriseSuspension).where(EnterpriseSuspension.is_public)
    if on is not None:
        first, last = EnterpriseSuspension.valid_from, EnterpriseSuspension.valid_to
        lifted = EnterpriseSuspension.lifted_on
        query = query.where(first <= on, last >= on, lifted.is_(None) | (lifted > on))
    order = (EnterpriseSuspension.valid_from.desc(), EnterpriseSuspension.id.desc())
    return paginate(query.order_by(*order), page, size)


def proposals(actor: Actor, page: int = 1) -> Page[EnterpriseSuspension]:
    """Those of the actor's organisation, whatever became of them, the newest first."""
    query = select(EnterpriseSuspension).where(EnterpriseSuspension.owner_id == actor.organisation_id)
    return paginate(query.order_by(EnterpriseSuspension.id.desc()), page, 20, "proposals")


def suspension_of(actor: Actor, suspension_id: int) -> EnterpriseSuspension:
    found = db.session.get(EnterpriseSuspension, suspension_id)
    if found is None or not may_see(actor) or found.owner_id != actor.organisation_id:
        raise NotFound("maker-suspension-not-found")
    return found


def history(of: EnterpriseSuspension) -> list[lifecycle.StepTaken]:
    return lifecycle.history("maker_suspension", of.id)


# What the verdict and an edition ask


def known(days: Collection[date]) -> tuple[Suspended, ...]:
    """The suspensions that count on any of these days, with all their days and since when each is known."""
    if not days:
        return ()
    first, last = EnterpriseSuspension.valid_from, EnterpriseSuspension.valid_to
    query = select(EnterpriseSuspension).where(first <= max(days), last >= min(days))
    query = query.where(EnterpriseSuspension.is_public).order_by(EnterpriseSuspension.id)
    said = map(_said, db.session.scalars(query))
    return tuple(each for each in said if any(each.counts_on(day) for day in days))


def _said(row: EnterpriseSuspension) -> Suspended:
    assert row.approved_at is not None  # a constraint of its table, which no type knows
    return Suspended(
        uscc=row.uscc,
        maker=row.maker,
        first=row.valid_from,
        last=row.last_day,
        ground=row.ground,
        basis=row.basis,
        demo=row.demo,
        known_at=row.approved_at,
        lifted_at=row.lifted_at,
    )


def suspended(*days: date, among: Select[str] | None = None) -> set[str]:
    """The numbers of the certificates whose maker is suspended on any of these days, today when left out; of
    those `among` asks for, or of all."""
    makers = {(each.uscc, each.maker) for each in known(days or (today(),))}
    return lives.made_by(makers, among)
