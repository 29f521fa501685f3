"""The visit on site (168号令 art. 17): which places a plan covers, what the record holds.  Pure."""

from typing import TYPE_CHECKING

from certification.workflow.adopted import site_days
from certification.workflow.checks import checks
from core.machine import Actor, Facts

if TYPE_CHECKING:
    from certification.application.models import Application

MEETINGS = ("opening", "closing")
CONCLUSIONS = ("pass", "pass_after_correction", "fail")
FIELDS = ("on", "participants", "confirmed_by")


def sites_sound(application: "Application", facts: Facts) -> str | None:
    """Every production site is visited, each for at least the days of the rule, by somebody of the team."""
    sites = facts.get("sites") or ()
    if not sites:
        return None  # then it is the factory of the application, see operations.site
    if any(not (site.get("name") and site.get("address")) for site in sites):
        return "site-unnamed"
    if application.factory.get("address") not in {site["address"] for site in sites}:
        return "site-not-covered"
    if any((site.get("person_days") or 0) < site_days(application) for site in sites):
        return "person-days-too-few"
    if sum(site["person_days"] for site in sites) > facts["person_days"]:
        return "person-days-too-few"
    team = {user_id for user_id, function in facts["team"] if function != "document_reviewer"}
    manned = all(site.get("people") and set(site["people"]) <= team for site in sites)
    return None if manned else "site-without-team"


def checks_of(application: "Application", name: str) -> tuple[str, ...]:
    """The lines of a checklist of the case: those of its version of the rule, and those its body adds."""
    return tuple(check.slug for check in checks(application, name))


def checks_answered(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """Every check of the rule at every site; what does not conform is described."""
    items = list(facts.get("items") or ())
    checks = checks_of(application, "site")
    wanted = {(site, check) for site in range(site_count(application)) for check in checks}
    answered = {(item.get("site", 0), item["slug"]) for item in items if item.get("finding")}
    if answered != wanted or len(items) != len(wanted):
        return "site-check-unanswered"
    untold = any(item["finding"] != "conform" and not item.get("note") for item in items)
    return "site-finding-without-fact" if untold else None


def meetings_held(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """An opening and a closing meeting: the day, who took part, who confirmed."""
    held = {meeting["kind"]: meeting for meeting in facts.get("meetings") or ()}
    if set(held) != set(MEETINGS) or not all(held[kind].get(name) for kind in held for name in FIELDS):
        return "meeting-missing"
    return "dates-out-of-order" if held["closing"]["on"] < held["opening"]["on"] else None


def time_spent(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    planned = application.plan.person_days if application.plan else None
    if planned is None or (facts.get("person_days") or 0) < planned:
        return "person-days-too-few"
    started, ended = facts.get("started_on"), facts.get("ended_on")
    return None if started and ended else "visit-days-missing"


def list_answered(application: "Application", facts: Facts, name: str, favourable: bool) -> str | None:
    """Every item of a list once, with what was seen where it does not conform; nothing major goes through."""
    items = list(facts.get("items") or ())
    told = [item["slug"] for item in items if item.get("finding")]
    if sorted(told) != sorted(checks_of(application, name)) or len(told) < len(items):
        return "checklist-unanswered"
    if any(item["finding"] != "conform" and not item.get("note") for item in items):
        return "site-finding-without-fact"
    majors = favourable and any(item["finding"] == "major" for item in items)
    return "checklist-major-open" if majors else None


def conclusion_allowed(_application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """One of three values, and one the findings allow."""
    grades = {item.get("finding") for item in facts.get("items") or ()}
    if facts.get("conclusion") == "pass" and grades - {"conform"}:
        return "site-conclusion-hides-findings"
    return None if facts.get("conclusion") in CONCLUSIONS else "site-conclusion-missing"


def site_count(application: "Application") -> int:
    return max(1, len(application.plan.sites) if application.plan else 0)


def record_complete(application: "Application", actor: Actor, facts: Facts) -> str | None:
    """Answers, meetings, the planned person-days, a conclusion the findings allow; one no at a time."""
    asked = (checks_answered, meetings_held, time_spent, conclusion_allowed)
    return next((slug for demand in asked if (slug := demand(application, actor, facts))), None)
