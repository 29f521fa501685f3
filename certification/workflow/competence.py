"""A body's or a laboratory's finding that somebody is competent: proposed by one, approved by another.

Sources: ISO/IEC 17065 6.1.2 (competence criteria for every function of clause 7, appeals and complaints
included, and for what is certified); GB/T 27065; ISO/IEC 17025 6.2.5 and 6.2.6 (a laboratory authorises who
performs a method and who authorises results).  That two people are needed, neither of them the person
concerned, is the choice of this house.  Pure.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from core.clock import today
from core.demands import reason_given
from core.machine import Actor, Machine, step

if TYPE_CHECKING:
    from certification.impartiality.models import Competence

# For what somebody is found competent, in the order of the road of a case.
OF_BODY = ("accept", "plan", "review_documents", "verify", "review", "decide", "handle_appeal")
PERFORM, SIGN = "perform_test", "sign_report"
OF_KIND = {"certification_body": OF_BODY, "testing_body": (PERFORM, SIGN)}
COMPETENCES = (*OF_BODY, PERFORM, SIGN)
# Who tends what an organisation knows of its people.
KEEPERS = {
    "certification_body": ("head_of_body", "organisation_admin"),
    "testing_body": ("organisation_admin", "authorised_signatory"),
}
METHODS = (
    "method"  # of a laboratory: stands where a body's finding has the family, the method where the category
)
APPROVED = ("approved",)
STANDING = ("approved", "suspended")
EVERY_PRODUCT = ""  # of a family

Pauses = list[list[str | None]]  # first day and the day it was resumed, which is none of it


def by_another_hand(competence: "Competence", actor: Actor) -> str | None:
    return "competence-own-proposal" if actor.id == competence.proposed_by_id else None


def for_somebody_else(competence: "Competence", actor: Actor) -> str | None:
    return "competence-for-oneself" if actor.id == competence.user_id else None


def not_over(competence: "Competence", _actor: Actor) -> str | None:
    return "competence-over" if competence.valid_to < today() else None


def stopped_on(pauses: Pauses, day: date) -> bool:
    """Whether a day lies in one of these pauses."""
    said = day.isoformat()
    return any((since or "") <= said and (until is None or said < until) for since, until in pauses)


def authorised(
    findings: Iterable["Competence"], person: int | None, function: str, method: str, day: date
) -> bool:
    """Whether a laboratory let somebody do this by this method on that day."""
    return any(
        (each.user_id, each.function, each.family) == (person, function, METHODS)
        and each.category in (EVERY_PRODUCT, method)
        and each.valid_on(day)
        for each in findings
    )


_TENDED = "|".join(dict.fromkeys(role for roles in KEEPERS.values() for role in roles))

COMPETENCE = Machine(
    "competence", "proposed",
    step("approve", "proposed", "approved", _TENDED, by_another_hand, for_somebody_else, not_over),
    step("decline", "proposed", "declined", _TENDED, demands=[reason_given]),
    step("suspend", "approved", "suspended", _TENDED, demands=[reason_given]),
    step("resume", "suspended", "approved", _TENDED, for_somebody_else, not_over, demands=[reason_given]),
    step("terminate", "approved|suspended", "ended", _TENDED, demands=[reason_given]),
)  # fmt: skip
