"""What of a case may be changed now, and by whom."""

from accounts.actor import Actor
from certification.application.models import Application
from certification.workflow.correction import opens, places_of, rows_opened


def may_write(actor: Actor, case: Application) -> bool:
    """Whether anything of the application is open to the actor now."""
    return "applicant" in actor.roles and (case.is_editable or bool(case.open_places))


def may_change(actor: Actor, case: Application, place: str) -> bool:
    """Whether this place of the application is open to the actor now."""
    if not may_write(actor, case):
        return False
    return case.is_draft or opens(case.open_places, place)


def shut(actor: Actor, case: Application, section: str) -> frozenset[str]:
    """The places of a section that are not the actor's to change now."""
    return frozenset(place for place in places_of(case, section) if not may_change(actor, case, place))


def open_rows(case: Application) -> set[int] | None:
    """The numbers of the rows that may be changed; None when all may."""
    anchors = case.open_places
    return None if case.is_draft or "inventory" in anchors else rows_opened(anchors)
