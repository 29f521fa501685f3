"""Which decided cases are past the days their records must be kept; nothing is deleted by itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.queries.applications import visible
from certification.certificate.models import records_kept_until
from certification.workflow.retention import DECIDED
from core.clock import today
from core.db import db


@dataclass(frozen=True)
class Past:
    application: Application
    kept_until: date


def past_retention(actor: Actor | None = None) -> list[Past]:
    """The decided cases the actor may see (all of them for the command line), the oldest first."""
    query = select(Application) if actor is None else visible(actor)
    cases = db.session.scalars(query.where(Application.state.in_(DECIDED)).order_by(Application.id))
    found = [Past(case, until) for case in cases if (until := records_kept_until(case)) is not None]
    return [past for past in found if past.kept_until < today()]
