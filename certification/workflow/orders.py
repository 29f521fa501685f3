"""What an order to a laboratory must be: within the plan, in scope, and a retest only for a reason."""

from typing import TYPE_CHECKING

from certification.workflow.evaluation import no_open_question, tests_passed
from core.machine import Actor, Facts

if TYPE_CHECKING:
    from certification.application.models import Application


def tests_not_passed(application: "Application", actor: Actor) -> str | None:
    """A case falls back only when what it rested on is gone."""
    return None if tests_passed(application, actor) else "tests-still-passed"


def basis_lost(application: "Application", actor: Actor) -> str | None:
    """That is a test, or the ground on which something was taken away."""
    return None if no_open_question(application, actor) else tests_not_passed(application, actor)


def within_the_plan(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """A laboratory does the items the plan gave to it, and at least one of them."""
    planned = set(facts.get("planned_items") or ())
    return None if set(facts.get("items") or ()) <= planned else "items-not-of-this-laboratory"


def in_scope_on_the_day(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    return "laboratory-out-of-scope" if facts.get("methods_missing") else None


def retest_sound(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """A failed item is tested again only when it failed, for a reason, and not more often than allowed."""
    if not facts.get("retest_of"):
        return None
    items = set(facts.get("items") or ())
    if not items or items - set(facts.get("failed_items") or ()):
        return "nothing-to-retest"
    if not (facts.get("reason") or "").strip():
        return "retest-reason-missing"
    allowed = application.scheme.retests(sorted(items))
    return "retests-used-up" if facts.get("retests_made", 0) >= allowed else None
