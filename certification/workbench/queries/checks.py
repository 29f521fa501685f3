"""The follow-up checks of the certificates of a body, or of a holder, as a list."""

from sqlalchemy import CTE, ColumnElement, and_, case, select, true
from sqlalchemy.orm import aliased, selectinload

from accounts.actor import Actor
from accounts.models import Organisation
from certification.aftercare.models import Surveillance, SurveillanceMember
from certification.aftercare.queries.life import of_party, stands
from certification.application.models import Application
from certification.certificate.models import Certificate
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
    place_in,
    region_of,
)
from certification.workflow import SURVEILLANCE
from core.db import db
from schemes.models import SchemeVersion

DUE = ("late", "next", "soon", "month", "untimed")
SORTS = ("due", "certificate_number", "client", "scheme", "status")


def _described(actor: Actor, wanted: Wanted) -> CTE:
    """The client is the other side: the holder for its body, the body for a holder."""
    other = Certificate.body_id if actor.kind == "manufacturer" else Certificate.holder_id
    side = aliased(Organisation)
    open_ = stands()
    due = case(
        (Surveillance.is_unmade, Surveillance.due), (Surveillance.is_correcting, Surveillance.correction_due)
    )
    query = (
        of_party(actor)
        .join(Application, Application.id == Certificate.application_id)
        .join(SchemeVersion, SchemeVersion.id == Certificate.scheme_id)
        .join(side, side.id == other)
    )
    if text := wanted.text.strip():
        query = query.where(containing(text, Certificate.number, Certificate.product_name, side.name))
    return query.with_only_columns(
        Surveillance.id,
        Certificate.application_id,
        Certificate.number,
        Surveillance.ordinal,
        Surveillance.state,
        other.label("client"),
        side.name.label("client_name"),
        SchemeVersion.code.label("scheme"),
        region_of(Application).label("region"),
        open_.label("stands"),
        case((open_, due)).label("due"),
        and_(open_, due.is_not(None)).label("timed"),
    ).cte("described")


def _known(found: CTE, actor: Actor) -> Known:
    open_: ColumnElement[bool] = found.c.stands
    team = select(SurveillanceMember.surveillance_id).where(SurveillanceMember.user_id == actor.id)
    return {
        "view": {
            "open": open_,
            "own": and_(open_, found.c.id.in_(team)),
            "closed": ~open_,
            "all": true(),
        },
        "due": by_day(found, DUE),
    }


def _pairs(found: CTE) -> Pairs:
    team = select(found.c.id, SurveillanceMember.user_id.label("answer"))
    tested = select(found.c.id, Sample.laboratory_id.label("answer"))
    return {
        "person": [team.join(SurveillanceMember, SurveillanceMember.surveillance_id == found.c.id)],
        "laboratory": [tested.join(Sample, Sample.application_id == found.c.application_id)],
    }


def _by(found: CTE) -> dict[str, Column]:
    return {
        "due": found.c.due,
        "certificate_number": found.c.number,
        "client": found.c.client_name,
        "scheme": found.c.scheme,
        "status": place_in(SURVEILLANCE.states, found.c.state),
    }


def _whole(ids: list[int]) -> list[Surveillance]:
    certificate = selectinload(Surveillance.certificate)
    related = (Certificate.acts, Certificate.models, Certificate.application)
    query = select(Surveillance).where(Surveillance.id.in_(ids)).options(selectinload(Surveillance.team))
    query = query.options(*(certificate.selectinload(each) for each in related))
    return in_order(db.session.scalars(query), ids)


CHECKS = Listing(
    "checks",
    views=("open", "own", "closed", "all"),
    due=DUE,
    states=tuple(SURVEILLANCE.states),
    described=_described,
    known=_known,
    columns=("scheme", "client", "region", "state"),
    pairs=_pairs,
    sorts=SORTS,
    by=_by,
    ties=("ordinal", "id"),
    whole=_whole,
    halved=False,
)
