"""What an evaluation must show before anyone may decide."""

from datetime import date
from typing import TYPE_CHECKING

from certification.workflow import parts
from certification.workflow.adopted import least_days
from certification.workflow.impartiality import team_hindrances
from certification.workflow.purpose import PARTS, plan_complete
from certification.workflow.site import sites_sound
from core.clock import every_day, today
from core.machine import Actor, Facts, Guard

if TYPE_CHECKING:
    from certification.application.models import Application

# In which functions a person may evaluate.
FUNCTIONS = ("document_reviewer", "lead_verifier", "verifier")
RESULTS = ("pass", "fail")  # of the document review
RECOMMENDATIONS = ("grant", "refuse")  # of the reviewer, and so of the decision


def on_team(*functions: str) -> Guard["Application"]:
    """Whoever acts must stand in the plan in one of these functions."""

    def guard(application: "Application", actor: Actor) -> str | None:
        plan = application.plan
        named = plan is not None and any(actor.id in plan.holders(function) for function in functions)
        return None if named else "not-on-the-team"

    guard.__name__ = f"on_team_as_{'_or_'.join(functions)}"
    return guard


def documents_passed(application: "Application", _actor: Actor) -> str | None:
    return None if parts.documents(application).met else "documents-not-passed"


def tests_passed(application: "Application", _actor: Actor) -> str | None:
    tests = parts.tests(application)
    if tests.lacking:
        return "test-report-missing"
    return None if tests.met else "tests-not-passed"


def site_passed(application: "Application", _actor: Actor) -> str | None:
    return None if parts.site(application).met else "site-not-passed"


def findings_raised(application: "Application", _actor: Actor) -> str | None:
    """What the visit found wanting is told to the client as a nonconformity (ISO/IEC 17065 7.4)."""
    told = {finding.anchor for finding in application.nonconformities}
    seen = application.site.items if application.site is not None else ()
    untold = any(item["finding"] != "conform" and item["slug"] not in told for item in seen)
    return "finding-not-raised" if untold else None


def no_open_nonconformity(application: "Application", _actor: Actor) -> str | None:
    return None if parts.findings(application).met else "nonconformity-open"


def no_open_question(application: "Application", _actor: Actor) -> str | None:
    """What the number leaves in doubt is settled before anybody rests on it (ISO 14064-3: 6.1.3)."""
    return None if parts.questions(application).met else "question-open"


def data_verified(application: "Application", _actor: Actor) -> str | None:
    """Nobody rests on a number that nobody verified (ISO 14064-3)."""
    stands = parts.verification(application)
    return None if stands.met else "opinion-against" if stands.failed else "opinion-missing"


def some_part_failed(application: "Application", _actor: Actor) -> str | None:
    evaluated = (
        *(parts.documents, parts.tests, parts.site, parts.findings, parts.verification, parts.criteria),
    )
    return None if any(part(application).failed for part in evaluated) else "nothing-failed"


def sample_within_plan(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """A sample is of a model the unit covers, and there is at least one piece of it."""
    if (facts.get("quantity") or 1) < 1:
        return "quantity-not-positive"
    covered = {model.code for model in application.models}
    return None if facts.get("model") in covered else "sample-not-of-the-unit"


def plan_sound(application: "Application", actor: Actor, facts: Facts) -> str | None:
    """The team is complete, whoever plans is not in it, and the gate of impartiality lets all of it pass."""
    if plan_complete(application, actor, facts):
        return None  # what is missing has a demand of its own
    functions = {function for _, function in facts.get("team") or ()}
    if not {"document_reviewer", "lead_verifier"} <= functions <= set(FUNCTIONS):
        return "team-incomplete"
    people = sorted({user_id for user_id, _ in facts["team"]})
    if actor.id in people:
        return "took-part-in-planning"
    days = days_of(facts)
    hindered = (slug for day in days for slug in team_hindrances(application, facts["team"], day))
    if slug := next(hindered, None):
        return slug
    planned = facts.get("parts") or PARTS
    if "tests" in planned and set(facts["methods_missing"]):
        return "laboratory-out-of-scope"
    return _visit_sound(application, facts) if "site" in planned else None


def days_of(facts: Facts) -> list[date]:
    """Today, and every day of the visit: nobody is planned for a day on which the register knows no right."""
    begins, ends = facts.get("site_from"), facts.get("site_to")
    visit = [] if begins is None or ends is None else every_day(begins, ends)
    return sorted({today(), *(day for day in visit if day > today())})


def _visit_sound(application: "Application", facts: Facts) -> str | None:
    people = facts.get("headcount")
    if application.scheme.asks_size and not people:
        return "plant-size-missing"
    if facts["person_days"] < least_days(application, people, max(1, len(facts.get("sites") or ()))):
        return "person-days-too-few"
    return sites_sound(application, facts) or _days_possible(facts)


def _days_possible(facts: Facts) -> str | None:
    """Nobody spends more days on a visit than it has: not in all, and not at one place of several."""
    length = (facts["site_to"] - facts["site_from"]).days + 1
    visitors = {user_id for user_id, function in facts["team"] if function != "document_reviewer"}
    sites = facts.get("sites") or ()
    at_once = [(site.get("person_days") or 0, len(set(site.get("people") or ()))) for site in sites]
    asked = [(facts["person_days"], len(visitors)), *at_once]
    return "person-days-impossible" if any(days > people * length for days, people in asked) else None
