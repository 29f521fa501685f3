"""The days of a case that were typed late, as each side may read them."""

from sqlalchemy import select

from accounts.actor import Actor
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.late.models import LateEntry
from certification.messages.queries import case_of as case_of_a_side
from certification.workflow.late import HANDS, KIND_OF
from core.db import db
from core.errors import NotFound


def case_of(actor: Actor, application_id: int) -> Application:
    """A case of the actor's body, or one of which the actor's laboratory has a sample."""
    if actor.kind not in KIND_OF:
        raise NotFound("application-not-found")
    return case_of_a_side(actor, application_id)


def entries(actor: Actor, case: Application) -> list[LateEntry]:
    """All of the case for its body, its own for a laboratory."""
    return [each for each in case.late_entries if _reads(actor, each)]


def entry(actor: Actor, entry_id: int) -> LateEntry:
    found = db.session.get(LateEntry, entry_id)
    if found is None:
        raise NotFound("application-not-found")
    case_of(actor, found.application_id)
    if not _reads(actor, found):
        raise NotFound("application-not-found")
    return found


def may_file(actor: Actor, case: Application) -> bool:
    """Whether the actor may hand in a document now: of tests always, of a visit while one may be typed."""
    kind = KIND_OF.get(actor.kind or "")
    if kind is None or not actor.roles & HANDS[kind].filing:
        return False
    return kind == "test" or (actor.organisation_id == case.body_id and _dates(case))


def _dates(case: Application) -> bool:
    """Whether somebody may type the day of a visit: of the case, of a check, of a verified restoration."""
    wishes = (each for certificate in _certificates(case) for each in certificate.proposals)
    restored = any(each.is_wish_to_restore for each in wishes)
    return case.is_evaluating or bool(visitors_after_issue(case)) or restored


def visitors_after_issue(case: Application) -> set[int]:
    """Who makes a follow-up check that was announced and is not recorded."""
    checks = (check for certificate in _certificates(case) for check in certificate.surveillance)
    return {member.user_id for check in checks if check.is_announced for member in check.team}


def _certificates(case: Application) -> list[Certificate]:
    return list(db.session.scalars(select(Certificate).where(Certificate.application_id == case.id)))


def may_answer(actor: Actor, found: LateEntry) -> bool:
    """Whether the actor may be the second person: of the same organisation, and not the first."""
    owner = found.laboratory_id or found.application.body_id
    own = actor.organisation_id == owner and bool(actor.roles & HANDS[found.kind].answering)
    return own and found.is_asked and actor.id != found.filed_by_id


def _reads(actor: Actor, found: LateEntry) -> bool:
    return actor.kind == "certification_body" or found.laboratory_id == actor.organisation_id
