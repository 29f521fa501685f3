"""Cases as their parties may see them.  Nobody else learns that a case exists."""

from datetime import datetime

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import selectinload

from accounts.actor import NOBODY, Actor
from accounts.models import Organisation
from certification.application.models import Application, ApplicationFile, CorrectionPoint
from certification.application.queries.gate import check_may_open
from certification.workflow.application import COMPLETE
from core import audit, lifecycle
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate

# What the applicant's people do to a case between its steps.
TYPING = (
    "application.create",
    "application.update",
    "application.attach",
    "application.detach",
    "application.prove",
)


def visible(actor: Actor) -> Select[Application]:
    """Every case the actor may see, as a query.  A laboratory sees its samples and no case."""
    query = select(Application)
    match actor.kind:
        case "manufacturer":
            return query.where(Application.applicant_id == actor.organisation_id)
        case "certification_body":
            # What an applicant has not handed in is the applicant's alone.
            return query.where(Application.body_id == actor.organisation_id, ~Application.is_draft)
        case "regulator" if "regulator" in actor.roles:
            return query.where(~Application.is_draft)
    return query.where(false())


def application(actor: Actor, application_id: int) -> Application:
    """One case; NotFound when there is none, or none this actor may see.

    Its files stay shut to who evaluates, reviews or decides until that person declared for the case.
    """
    found = in_sight(actor, application_id)
    check_may_open(actor, found)
    return found


def in_sight(actor: Actor, application_id: int) -> Application:
    """One case the actor may know of, before its files are opened."""
    found = db.session.scalar(visible(actor).where(Application.id == application_id))
    if found is None:
        raise NotFound("application-not-found")
    return found


def applications(
    actor: Actor, *, text: str = "", states: tuple[str, ...] = (), page: int = 1, size: int = 20
) -> Page[Application]:
    """The actor's cases, newest change first, searched by case number, product, applicant."""
    query = visible(actor).order_by(Application.updated_at.desc(), Application.id.desc())
    query = query.options(selectinload(Application.plan))
    if states:
        query = query.where(Application.state.in_(states))
    if text := text.strip():
        like = f"%{text}%"
        query = query.where(
            or_(
                Application.number.ilike(like),
                Application.product_name.ilike(like),
                Application.applicant.has(Organisation.name.ilike(like)),
            )
        )
    return paginate(query, page, size)


def counts(actor: Actor) -> dict[str, int]:
    """How many cases stand in each state, of those the actor may see."""
    cases = visible(actor).subquery()
    query = select(cases.c.state, func.count()).group_by(cases.c.state)
    return dict(db.session.execute(query).all())


def history(actor: Actor, case: Application) -> list[lifecycle.StepTaken]:
    """The steps of a case, oldest first."""
    application(actor, case.id)
    return lifecycle.history("application", case.id)


def last_change(case: Application) -> tuple[str, datetime] | None:
    """Who changed what the applicant typed last, and when."""
    query = select(audit.Entry.actor, audit.Entry.at).where(
        audit.Entry.subject == f"application/{case.id}", audit.Entry.verb.in_(TYPING)
    )
    found = db.session.execute(query.order_by(audit.Entry.id.desc()).limit(1)).first()
    return (found.actor, found.at) if found else None


def missing(case: Application) -> list[str]:
    """The slugs of what still keeps a draft or a correction from being submitted."""
    return [slug for guard in COMPLETE if (slug := guard(case, NOBODY))]


def missing_files(case: Application) -> list[str]:
    """The kinds of file the scheme asks for and the case does not hold."""
    present = {file.kind for file in case.current_files}
    return [kind for kind in case.scheme.required_files if kind not in present]


def file(actor: Actor, file_id: int) -> ApplicationFile:
    """A file of a case the actor may see."""
    found = db.session.get(ApplicationFile, file_id)
    if found is None:
        raise NotFound("file-not-found")
    application(actor, found.application_id)
    return found


def point(actor: Actor, point_id: int) -> CorrectionPoint:
    found = db.session.get(CorrectionPoint, point_id)
    if found is None:
        raise NotFound("application-not-found")
    application(actor, found.application_id)
    return found
