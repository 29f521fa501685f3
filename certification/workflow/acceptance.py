"""What a body confirms before it accepts an application, condition by condition.  Pure."""

from typing import TYPE_CHECKING

from certification.workflow.site import checks_of
from core.machine import Actor, Facts

if TYPE_CHECKING:
    from certification.application.models import Application


def conditions_confirmed(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """Every condition of the rule once, and none that it does not have, with what was seen and where."""
    told = list(facts.get("conditions") or ())
    confirmed = sorted(each["slug"] for each in told if each.get("confirmed"))
    if confirmed != sorted(checks_of(application, "acceptance")) or len(confirmed) < len(told):
        return "conditions-unconfirmed"
    proved = all(each.get("note") and (each.get("evidence") or each.get("file")) for each in told)
    return None if proved else "condition-unproved"


def openings_answered(application: "Application", _actor: Actor) -> str | None:
    """What the applicant said is wrong is answered before anybody accepts it as it is."""
    return "opening-unanswered" if any(each.is_asked for each in application.openings) else None


def exceptions_agreed(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """A point that does not apply, says the applicant with reasons, is agreed to, or asked anew."""
    claimed = {point.id for point in application.open_points if point.not_applicable}
    return None if claimed == set(facts.get("agreed") or ()) else "exceptions-not-agreed"
