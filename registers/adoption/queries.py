"""What may be asked of adoptions: a body's own people see all versions, the offices which is in force."""

from datetime import date
from decimal import Decimal

from flask import current_app
from sqlalchemy import func, select

from accounts.actor import Actor
from accounts.models import Organisation
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound
from registers.adoption import numbering, wording
from registers.adoption.models import Adoption
from registers.adoption.workflow import HELD
from registers.models import BodyScope
from schemes import queries as rules
from schemes.models import SchemeVersion

ROLES = frozenset({"rule_author", "rule_approver"})


def may_see(actor: Actor) -> bool:
    return actor.kind == "certification_body" and bool(ROLES & actor.roles)


def adoptions(actor: Actor) -> list[Adoption]:
    """Every version of the actor's body, by rule, the newest first."""
    query = select(Adoption).where(Adoption.body_id == actor.organisation_id)
    return list(db.session.scalars(query.order_by(Adoption.scheme_code, Adoption.number.desc())))


def adoption_of(actor: Actor, adoption_id: int) -> Adoption:
    found = db.session.get(Adoption, adoption_id)
    if found is None or not may_see(actor) or found.body_id != actor.organisation_id:
        raise NotFound("adoption-not-found")
    return found


def in_force(body_id: int, scheme_code: str) -> Adoption | None:
    query = select(Adoption).where(Adoption.body_id == body_id, Adoption.scheme_code == scheme_code)
    return db.session.scalar(query.where(Adoption.is_in_force).order_by(Adoption.number.desc()).limit(1))


def open_one(body_id: int, scheme_code: str) -> Adoption | None:
    query = select(Adoption).where(Adoption.body_id == body_id, Adoption.scheme_code == scheme_code)
    return db.session.scalar(query.where(Adoption.is_open).limit(1))


def adopters(scheme_code: str) -> set[int]:
    """The bodies that have adopted a rule."""
    query = select(Adoption.body_id).where(Adoption.scheme_code == scheme_code, Adoption.is_in_force)
    return set(db.session.scalars(query))


def days_by_body(scheme: SchemeVersion, least: Decimal) -> dict[int, Decimal]:
    """How many person-days each body that has adopted a rule sends, where the rule asks for `least`."""
    query = select(Adoption).where(Adoption.scheme_code == scheme.code, Adoption.is_in_force)
    return {each.body_id: max(least, each.person_days or least) for each in db.session.scalars(query)}


def next_number(body_id: int, scheme_code: str) -> int:
    query = select(func.max(Adoption.number)).where(
        Adoption.body_id == body_id, Adoption.scheme_code == scheme_code
    )
    return (db.session.scalar(query) or 0) + 1


def scope_on(body_id: int, scheme_code: str, day: date) -> bool:
    """Whether the body is approved for the rule that day (认证认可条例 art. 9, 10)."""
    query = select(BodyScope).where(BodyScope.body_id == body_id, BodyScope.scheme_code == scheme_code)
    return any(scope.valid_on(day) for scope in db.session.scalars(query))


def may_be_adopted(actor: Actor, day: date) -> list[SchemeVersion]:
    """The rules in force that the actor's body is approved for."""
    codes = set(
        db.session.scalars(
            select(BodyScope.scheme_code).where(
                BodyScope.body_id == actor.organisation_id,
                BodyScope.valid_from <= day,
                BodyScope.valid_to >= day,
            )
        )
    )
    own = actor.organisation_id
    return [each for each in rules.schemes(day) if each.code in codes and own and may_use(own, each)]


def may_use(body_id: int, scheme: SchemeVersion) -> bool:
    """A rule of the province is for everybody, one of a body for that body alone."""
    return not scheme.is_of_a_body or db.session.get_one(Organisation, body_id).uscc == scheme.owner


def pattern_taken(pattern: str, region: str, body_id: int) -> bool:
    """Whether another body's numbers could be those of this pattern."""
    query = select(Adoption.body_id, Adoption.pattern).where(
        Adoption.body_id != body_id, Adoption.pattern != "", Adoption.state.in_(HELD)
    )
    own = numbering.family(pattern, region, body_id)
    return any(numbering.family(other, region, body) == own for body, other in db.session.execute(query))


def preview(adoption: Adoption, kind: str) -> str:
    """The PDF of the wording as it stands, on a fictive case; "" while it is not drawn."""
    of, drawn = adoption.previews.get(kind, ("", ""))
    return drawn if of == wording.digest(adoption.papers.get(kind, "")) else ""


def example_number(adoption: Adoption) -> str:
    """The first certificate's number of this year by its pattern."""
    if not adoption.pattern:
        return ""
    region = current_app.config["REGION"]
    return numbering.filled(adoption.pattern, region, adoption.body_id, today().year, 1)


def history(adoption: Adoption) -> list[lifecycle.StepTaken]:
    return lifecycle.history("adoption", adoption.id)
