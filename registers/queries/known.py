"""The registers, read-only: schemes, bodies, laboratories, people.  Public as the law makes them."""

from datetime import date

from sqlalchemy import select

from accounts.models import Organisation
from core.clock import today
from core.db import db
from registers.adoption.queries import adopters
from registers.models import BodyScope, LaboratoryScope, Registration


def bodies_for(scheme_code: str, day: date | None = None) -> list[Organisation]:
    """The bodies approved for a scheme on `day` that have adopted it, by name."""
    query = select(BodyScope).where(BodyScope.scheme_code == scheme_code)
    query = query.where(BodyScope.body_id.in_(adopters(scheme_code)))
    found = {scope.body for scope in db.session.scalars(query) if scope.valid_on(day or today())}
    return sorted(found, key=lambda body: body.name)


def body_scopes() -> list[BodyScope]:
    return list(db.session.scalars(select(BodyScope).order_by(BodyScope.body_id, BodyScope.scheme_code)))


def laboratory_scopes() -> list[LaboratoryScope]:
    query = select(LaboratoryScope).order_by(LaboratoryScope.laboratory_id, LaboratoryScope.method)
    return list(db.session.scalars(query))


def registrations() -> list[Registration]:
    return list(db.session.scalars(select(Registration).order_by(Registration.body_id, Registration.number)))
