"""Written acts and appeals as their parties may see them; what is announced is everybody's."""

import json
from dataclasses import dataclass
from functools import cached_property

from flask import current_app
from sqlalchemy import Select, false, or_, select

from accounts.actor import Actor
from accounts.models import Organisation
from certification.acts import statement as acts
from certification.acts.models import Appeal, WrittenAct
from certification.certificate import keys
from certification.certificate.models import Certificate
from core.canonical import canonical
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate

SIZE = 20


@dataclass(frozen=True)
class Announced:
    """One public act and what it says; the addresses of its parties are left out."""

    act: WrittenAct

    @cached_property
    def said(self) -> acts.Said:
        told: acts.Said = json.loads(self.act.statement)
        hidden = {"recipient": {"name": told["recipient"]["name"]}, "signed_by": "", "appeal": {}}
        return told | hidden


def of_party(actor: Actor) -> Select[WrittenAct]:
    """The acts the actor's organisation wrote or was served; a regulator's people may read all."""
    own = actor.organisation_id
    query = select(WrittenAct)
    if actor.kind == "regulator":
        return query if "regulator" in actor.roles else query.where(false())
    return query.where(or_(WrittenAct.recipient_id == own, WrittenAct.body_id == own) if own else false())


def written(actor: Actor, *, kind: str = "", page: int = 1) -> Page[WrittenAct]:
    """The newest first."""
    query = of_party(actor).order_by(WrittenAct.id.desc())
    return paginate(query.where(WrittenAct.kind == kind) if kind in acts.BY_SLUG else query, page, SIZE)


def act(actor: Actor, number: str) -> WrittenAct:
    found = db.session.scalar(of_party(actor).where(WrittenAct.number == number))
    if found is None:
        raise NotFound("act-not-found")
    return found


def of_case(actor: Actor, application_id: int) -> list[WrittenAct]:
    query = of_party(actor).where(WrittenAct.application_id == application_id)
    return list(db.session.scalars(query.order_by(WrittenAct.id)))


def said(found: WrittenAct) -> acts.Said:
    told: acts.Said = json.loads(found.statement)
    return told


def signature_holds(found: WrittenAct) -> bool:
    """Whether the act is still what the body signed."""
    told, folder = said(found), current_app.config["KEY_DIR"]
    intact = acts.digest(told) == found.digest
    return intact and keys.verifies(folder, told["body"]["uscc"], found.signature, canonical(told))


# What is announced


def announced(*, kind: str = "", text: str = "", page: int = 1, size: int = SIZE) -> Page[WrittenAct]:
    """Suspensions, restorations, withdrawals and cancellations (认证认可条例 art. 26), the newest first."""
    kinds = (kind,) if kind in acts.PUBLIC else acts.PUBLIC
    query = select(WrittenAct).join(WrittenAct.certificate).where(WrittenAct.kind.in_(kinds))
    if text := text.strip():
        like = f"%{text}%"
        holder = Certificate.holder.has(Organisation.name.ilike(like))
        query = query.where(or_(Certificate.number.ilike(like), Certificate.product_name.ilike(like), holder))
    return paginate(query.order_by(WrittenAct.id.desc()), page, size)


def announcement(number: str) -> Announced:
    query = select(WrittenAct).where(WrittenAct.number == number, WrittenAct.kind.in_(acts.PUBLIC))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("act-not-found")
    return Announced(found)


# Appeals


def appeals_of(actor: Actor) -> Select[Appeal]:
    own, query = actor.organisation_id, select(Appeal)
    if actor.kind == "regulator":
        return query if "regulator" in actor.roles else query.where(false())
    return query.where(or_(Appeal.appellant_id == own, Appeal.body_id == own) if own else false())


def appeals(actor: Actor, *, page: int = 1) -> Page[Appeal]:
    """The newest first."""
    return paginate(appeals_of(actor).order_by(Appeal.id.desc()), page, SIZE)


def appeal(actor: Actor, appeal_id: int) -> Appeal:
    found = db.session.scalar(appeals_of(actor).where(Appeal.id == appeal_id))
    if found is None:
        raise NotFound("appeal-not-found")
    return found


def appeal_against(found: WrittenAct) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.act_id == found.id))
