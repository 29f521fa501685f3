"""Complaints as the body may read them, and as whoever brought one may follow them up."""

from secrets import compare_digest

from sqlalchemy import Select, false, select

from accounts.actor import Actor
from certification.certificate.models import Certificate
from certification.complaints.models import BodyComplaint, Complainant
from core import codes
from core.db import db
from core.errors import NotFound, NotPermitted
from core.web import Page, paginate

SIZE = 20


def _of(actor: Actor) -> Select[BodyComplaint]:
    query = select(BodyComplaint)
    if actor.kind != "certification_body" or not actor.roles:
        return query.where(false())
    return query.where(BodyComplaint.body_id == actor.organisation_id)


def complaints(actor: Actor, page: int = 1) -> Page[BodyComplaint]:
    """Those of the actor's body, what is due first at the top."""
    order = (~BodyComplaint.is_unsettled, BodyComplaint.due_on, BodyComplaint.id.desc())
    return paginate(_of(actor).order_by(*order), page, SIZE)


def complaint(actor: Actor, complaint_id: int) -> BodyComplaint:
    found = db.session.scalar(_of(actor).where(BodyComplaint.id == complaint_id))
    if found is None:
        raise NotFound("complaint-not-found")
    return found


def about(actor: Actor, certificate: Certificate) -> list[BodyComplaint]:
    """Those about one certificate, for its body alone."""
    query = _of(actor).where(BodyComplaint.certificate_id == certificate.id)
    return list(db.session.scalars(query.order_by(BodyComplaint.id.desc())))


def complainant(actor: Actor, found: BodyComplaint) -> Complainant:
    """Who brought it: told to the handler alone."""
    _handler_alone(actor, found)
    if found.complainant is None:
        raise NotFound("complainant-anonymous")
    return found.complainant


def evidence(actor: Actor, found: BodyComplaint) -> tuple[str, str]:
    """(digest, name) of what was handed in, which may say who handed it in: for the handler alone."""
    _handler_alone(actor, found)
    if not found.file:
        raise NotFound("file-not-found")
    return found.file, found.file_name


def followed_up(number: str, code: str) -> BodyComplaint | None:
    """What was brought under this number, for whoever knows its code."""
    found = db.session.scalar(select(BodyComplaint).where(BodyComplaint.number == number))
    holds = found is not None and compare_digest(found.code_digest, codes.digest_of(code))
    return found if holds else None


def referred(number: str) -> BodyComplaint | None:
    """What the regulator passed on to the body under its own number."""
    return db.session.scalar(select(BodyComplaint).where(BodyComplaint.referred == number))


def _handler_alone(actor: Actor, found: BodyComplaint) -> None:
    if found.handler_id is None or found.handler_id != actor.id:
        raise NotPermitted("complaint-handled-by-another")
