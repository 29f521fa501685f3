"""The certificates of a body, or of their holder, as a list."""

from collections.abc import Sequence

from sqlalchemy import CTE, ColumnElement, Subquery, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased, selectinload

from accounts.actor import Actor
from accounts.models import Organisation
from certification.aftercare.models import Surveillance
from certification.application.models import Application
from certification.certificate.models import Certificate, CertificateModel
from certification.certificate.queries.certificates import of_party, states
from certification.laboratory.models import Sample
from certification.workbench.queries.lists import (
    Column,
    Known,
    Listing,
    Pairs,
    Wanted,
    by_day,
    containing,
    in_order,
    officers,
    place_in,
    region_of,
)
from certification.workflow.certificate import STANDING, STATUSES
from core.clock import today
from core.db import db
from schemes.models import SchemeVersion

DUE = ("late", "soon", "month", "untimed")
SORTS = ("due", "valid_to", "issued", "certificate_number", "client", "scheme", "status")


def _described(actor: Actor, wanted: Wanted) -> CTE:
    """The client is the other side: the holder for its body, the body for a holder."""
    state, check, entry = states(today()), _checks(), officers(actor)
    other = Certificate.body_id if actor.kind == "manufacturer" else Certificate.holder_id
    side = aliased(Organisation)
    stands = state.c.state.in_(STANDING)
    query = (
        of_party(actor)
        .join(state, state.c.certificate_id == Certificate.id)
        .join(Application, Application.id == Certificate.application_id)
        .join(SchemeVersion, SchemeVersion.id == Certificate.scheme_id)
        .join(side, side.id == other)
        .outerjoin(check, check.c.certificate_id == Certificate.id)
        .outerjoin(entry, entry.c.application_id == Certificate.application_id)
    )
    if text := wanted.text.strip():
        model = Certificate.models.any(containing(text, CertificateModel.code))
        query = query.where(
            or_(containing(text, Certificate.number, Certificate.product_name, side.name), model)
        )
    return query.with_only_columns(
        Certificate.id,
        Certificate.application_id,
        Certificate.number,
        Certificate.issued_on,
        Certificate.valid_to,
        state.c.state,
        other.label("client"),
        side.name.label("client_name"),
        SchemeVersion.code.label("scheme"),
        region_of(Application).label("region"),
        case((stands, _nearest(check.c.due, state.c.until))).label("due"),
        stands.label("timed"),
        entry.c.user_id.label("officer"),
    ).cte("described")


def _checks() -> Subquery:
    """The day by which the next follow-up check of a certificate must be made."""
    query = select(Surveillance.certificate_id, func.min(Surveillance.due).label("due"))
    return query.where(Surveillance.is_unmade).group_by(Surveillance.certificate_id).subquery()


def _nearest(check: Column, until: Column) -> Column:
    """What comes first: the next check, the end of a suspension, or the last day of the certificate."""
    last = Certificate.valid_to
    check, until = func.coalesce(check, last), func.coalesce(until, last)
    return case((and_(check <= until, check <= last), check), (until <= last, until), else_=last)


def _known(found: CTE, actor: Actor) -> Known:
    stands: ColumnElement[bool] = found.c.state.in_(STANDING)
    return {
        "view": {
            "open": stands,
            "own": and_(stands, found.c.officer == actor.id),
            "closed": ~stands,
            "all": true(),
        },
        "due": by_day(found, DUE),
    }


def _pairs(found: CTE) -> Pairs:
    tested = select(found.c.id, Sample.laboratory_id.label("answer"))
    return {
        "person": [select(found.c.id, found.c.officer.label("answer"))],
        "laboratory": [tested.join(Sample, Sample.application_id == found.c.application_id)],
    }


def _by(found: CTE) -> dict[str, Column]:
    return {
        "due": found.c.due,
        "valid_to": found.c.valid_to,
        "issued": found.c.issued_on,
        "certificate_number": found.c.number,
        "client": found.c.client_name,
        "scheme": found.c.scheme,
        "status": place_in(STATUSES, found.c.state),
    }


def _whole(ids: list[int]) -> list[Certificate]:
    related = (Certificate.acts, Certificate.licences, Certificate.models, Certificate.application)
    query = select(Certificate).where(Certificate.id.in_(ids))
    return in_order(db.session.scalars(query.options(*map(selectinload, related))), ids)


def laboratories(found: Sequence[Certificate]) -> dict[int, list[str]]:
    """By certificate: who tested its product."""
    cases = {each.application_id: each.id for each in found}
    query = select(Sample.application_id, Organisation.name).distinct()
    query = query.join(Organisation, Organisation.id == Sample.laboratory_id)
    names: dict[int, list[str]] = {each.id: [] for each in found}
    for case_id, name in db.session.execute(query.where(Sample.application_id.in_(cases))):
        names[cases[case_id]].append(name)
    return names


CERTIFICATES = Listing(
    "certificates",
    views=("open", "own", "closed", "all"),
    due=DUE,
    states=STATUSES,
    described=_described,
    known=_known,
    columns=("scheme", "client", "region", "state"),
    pairs=_pairs,
    sorts=SORTS,
    by=_by,
    ties=("id",),
    whole=_whole,
    halved=False,
)
