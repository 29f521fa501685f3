"""What may be asked of objections: decisions are public, who brought one is read by those who may decide."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from accounts.actor import Actor
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted
from core.web import Page, paginate
from procurement.models import Edition
from procurement.objections.models import ListObjection, Objector

ROLES = frozenset({"list_editor", "regulator"})


def may_see(actor: Actor) -> bool:
    return bool(ROLES & actor.roles)


def of_edition(edition: Edition, page: int = 1, size: int = 20) -> Page[ListObjection]:
    """Of a public edition, the newest first; never with who brought one."""
    query = select(ListObjection).where(ListObjection.edition_id == edition.id)
    return paginate(query.order_by(ListObjection.id.desc()), page, size, "objections")


def corrections(edition: Edition) -> list[ListObjection]:
    """What is to be read beside what was published, the first decided before the others."""
    found = [each for each in edition.objections if each.is_upheld and each.remedy]
    return sorted(found, key=lambda each: (each.decided_at, each.id))


def desk(actor: Actor, page: int = 1) -> Page[ListObjection]:
    """Those about editions of the actor's organisation, what is open and due first."""
    query = select(ListObjection).join(ListObjection.edition)
    query = query.where(Edition.owner_id == actor.organisation_id)
    order = (ListObjection.is_open.desc(), ListObjection.due_on, ListObjection.id.desc())
    return paginate(query.order_by(*order), page, 20)


def objection_of(actor: Actor, objection_id: int) -> ListObjection:
    found = db.session.get(ListObjection, objection_id)
    if found is None or not may_see(actor) or found.edition.owner_id != actor.organisation_id:
        raise NotFound("objection-not-found")
    return found


def may_decide(actor: Actor, objection: ListObjection) -> bool:
    return may_see(actor) and actor.id not in objection.edition.drawers


def objector(actor: Actor, objection: ListObjection) -> Objector:
    """Who brought it: told to those who may decide, not to those whom it is brought against."""
    if not may_decide(actor, objection):
        raise NotPermitted("objection-own")
    if objection.objector is None:
        raise NotFound("objector-anonymous")
    return objection.objector


def history(of: ListObjection) -> list[lifecycle.StepTaken]:
    return lifecycle.history("list_objection", of.id)


def open_count(edition: Edition) -> int:
    query = select(func.count()).where(ListObjection.edition_id == edition.id, ListObjection.is_open)
    return db.session.scalar(query) or 0


# What the verdict asks


@dataclass(frozen=True)
class Struck:
    """A line that an upheld correction struck: all models of the certificate where `model` is empty."""

    edition_id: int
    number: str
    model: str
    on: date
    reason: str

    def means(self, number: str, model: str) -> bool:
        return self.number == number and self.model in ("", model)


def struck(edition_id: int | None = None) -> list[Struck]:
    """What corrections struck, of one edition or of all."""
    query = select(ListObjection).where(ListObjection.is_upheld, ListObjection.remedy == "strike")
    if edition_id is not None:
        query = query.where(ListObjection.edition_id == edition_id)
    return [
        Struck(row.edition_id, row.number_named, row.model_named, row.decided_on or today(), row.reason)
        for row in db.session.scalars(query.order_by(ListObjection.id))
    ]
