"""One visit to a factory serves the follow-up checks of several of its certificates."""

from collections.abc import Sequence

from sqlalchemy import select

from certification.aftercare.models import FactoryVisit, Surveillance
from certification.certificate.models import Certificate
from core import lifecycle
from core.db import db
from core.errors import Invalid, Refused
from core.machine import Actor, Facts


def named(check: Surveillance, ids: Sequence[int]) -> list[Surveillance]:
    """Those checks of the same body, in the order of their numbers; Invalid when one is not there."""
    body_id = check.certificate.body_id
    query = select(Surveillance).join(Surveillance.certificate).where(Certificate.body_id == body_id)
    query = query.where(Surveillance.id.in_(ids), Surveillance.id != check.id)
    found = list(db.session.scalars(query.order_by(Surveillance.id)))
    if len(found) < len(set(ids)):
        raise Invalid("check-not-of-this-visit", {"also": "check-not-of-this-visit"})
    return found


def begin(check: Surveillance, others: Sequence[Surveillance], facts: Facts) -> FactoryVisit | None:
    """The visit that serves this check and the others; None where it serves this one alone."""
    if not others:
        return None
    factory = check.application.factory
    return FactoryVisit(
        body_id=check.certificate.body_id,
        factory=factory["name"],
        address=factory["address"],
        on=facts["on"],
        person_days=facts["person_days"],
    )


def follow(check: Surveillance, step: str, actor: Actor, facts: Facts) -> None:
    """What is done for one check is done for those named with it, each by its own law."""
    handed = {name: said for name, said in facts.items() if name not in ("also", "joined")}
    for other in facts.get("joined") or ():
        try:
            lifecycle.take(other, step, actor, **handed, visit=check.visit)
        except Refused as refused:
            about = {"number": other.number, "why": refused.slug}
            raise Invalid(
                "check-refuses-the-visit", {"also": "check-refuses-the-visit"}, **about
            ) from refused
