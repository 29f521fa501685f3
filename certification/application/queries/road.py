"""How far along its road a case is, in the words of an applicant."""

from certification.application.models import Application

# How many stations of the road lie behind each state: apply, accept, agree, evaluate, decide, issue.
REACHED = {
    "draft": 0,
    "submitted": 1,
    "correcting": 1,
    "accepted": 2,
    "contracted": 3,
    "evaluating": 3,
    "in_review": 4,
    "pending_decision": 4,
    "granted": 5,
    "countersigned": 5,
    "certified": 6,
}


def reached(case: Application) -> int | None:
    """How many stations of the road lie behind the case; None when it left the road."""
    return REACHED.get(case.state)
