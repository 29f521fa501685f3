"""Whether the files of a case are open to somebody: who works on it declares first that nothing ties them."""

from accounts.actor import Actor
from certification.application.models import Application
from certification.workflow.impartiality import DECLARING, has_declared, hindrances
from core.clock import today
from core.errors import NotPermitted


def must_declare(actor: Actor, case: Application) -> bool:
    """Whether the actor's work in this body asks for a declaration that has not been made yet."""
    works_there = actor.kind == "certification_body" and actor.organisation_id == case.body_id
    return works_there and bool(actor.roles & DECLARING) and not has_declared(case, actor.id)


def check_may_open(actor: Actor, case: Application) -> None:
    """Raise unless the files of the case are open to the actor: who evaluates, reviews or decides declares
    first, and who has a tie reads nothing."""
    if must_declare(actor, case):
        raise NotPermitted("impartiality-not-declared", application=case.id)
    if actor.kind == "certification_body" and actor.roles & DECLARING and _tied(actor, case):
        raise NotPermitted("conflict-of-interest", application=case.id)


def _tied(actor: Actor, case: Application) -> bool:
    return "conflict-of-interest" in hindrances(case, actor.id, "accept", today())
