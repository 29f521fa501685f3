"""The days of a case that were typed late, as each side may read them."""

from accounts.actor import Actor
from certification.application.models import Application
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
    """Whether the actor may hand in a document now: while the case is evaluated, of tests at any time."""
    kind = KIND_OF.get(actor.kind or "")
    if kind is None or not actor.roles & HANDS[kind].filing:
        return False
    return kind == "test" or (case.is_evaluating and actor.organisation_id == case.body_id)


def may_answer(actor: Actor, found: LateEntry) -> bool:
    """Whether the actor may be the second person: of the same organisation, and not the first."""
    owner = found.laboratory_id or found.application.body_id
    own = actor.organisation_id == owner and bool(actor.roles & HANDS[found.kind].answering)
    return own and found.is_asked and actor.id != found.filed_by_id


def _reads(actor: Actor, found: LateEntry) -> bool:
    return actor.kind == "certification_body" or found.laboratory_id == actor.organisation_id
