"""The registers, read-only: schemes, bodies, laboratories, people.  Public as the law makes them."""

from datetime import date

from sqlalchemy import select

from accounts.models import Membership, Organisation
from accounts.queries import memberships_with_role
from certification.impartiality import hindrances
from certification.models import Application, BodyScope, LaboratoryScope, Registration, SchemeVersion
from core.clock import today
from core.db import db
from core.errors import NotFound
from core.i18n import language


def schemes(day: date | None = None) -> list[SchemeVersion]:
    """The scheme versions in force on `day` (today when none is named), by code."""
    return [scheme for scheme in every_scheme() if scheme.in_force_on(day or today())]


def every_scheme() -> list[SchemeVersion]:
    """Every version there ever was, by code."""
    return list(db.session.scalars(select(SchemeVersion).order_by(SchemeVersion.code, SchemeVersion.version)))


def scheme_names() -> dict[str, str]:
    """What each scheme is called by its newest version, in the language of the page, by code."""
    english = language() == "en"
    return {scheme.code: scheme.name_en if english else scheme.name for scheme in every_scheme()}


def scheme(scheme_id: int) -> SchemeVersion:
    found = db.session.get(SchemeVersion, scheme_id)
    if found is None:
        raise NotFound("scheme-not-found")
    return found


def scheme_by_code(code: str) -> SchemeVersion:
    """The version of a scheme in force today."""
    found = next((scheme for scheme in reversed(schemes()) if scheme.code == code), None)
    if found is None:
        raise NotFound("scheme-not-found")
    return found


def bodies_for(scheme_code: str, day: date | None = None) -> list[Organisation]:
    """The bodies approved for a scheme on `day`, by name."""
    query = select(BodyScope).where(BodyScope.scheme_code == scheme_code)
    found = {scope.body for scope in db.session.scalars(query) if scope.valid_on(day or today())}
    return sorted(found, key=lambda body: body.name)


def body_scopes() -> list[BodyScope]:
    return list(db.session.scalars(select(BodyScope).order_by(BodyScope.body_id, BodyScope.scheme_code)))


def laboratory_scopes() -> list[LaboratoryScope]:
    query = select(LaboratoryScope).order_by(LaboratoryScope.laboratory_id, LaboratoryScope.method)
    return list(db.session.scalars(query))


def registrations() -> list[Registration]:
    return list(db.session.scalars(select(Registration).order_by(Registration.body_id, Registration.number)))


def assignable(case: Application, role: str) -> list[tuple[Membership, list[str]]]:
    """Who of the body holds a role, each with the slugs of why the name is grey."""
    return [
        (member, hindrances(case, member.user_id, "evaluate", today()))
        for member in memberships_with_role(case.body_id, role)
    ]


def laboratories_for(case: Application) -> list[tuple[Organisation, list[str]]]:
    """Every laboratory of the register with the scheme's methods it lacks today."""
    labs = {scope.laboratory for scope in laboratory_scopes()}
    return [(lab, methods_missing(case, lab.id, today())) for lab in sorted(labs, key=lambda lab: lab.name)]


def methods_missing(application: Application, laboratory_id: int | None, day: date) -> list[str]:
    """The scheme's test methods that are not in the laboratory's CMA scope on `day`."""
    query = select(LaboratoryScope).where(LaboratoryScope.laboratory_id == laboratory_id)
    covered = {scope.method for scope in db.session.scalars(query) if scope.valid_on(day)}
    return sorted({item["method"] for item in application.scheme.tests} - covered)
