"""What of a case may be changed now, and by whom."""

from accounts.actor import Actor
from certification.application.models import Application
from certification.workflow.correction import (
    opens,
    places_of,
    row_numbers,
    rows_opened,
    splits,
    takes_file,
)


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
    """The places of the rows that may be changed, as they stand; None when all may.

    Points count rows as they were handed in; a row that a split added stands in no version yet.
    """
    anchors = case.open_places
    if case.is_draft or "inventory" in anchors:
        return None
    opened, numbers = {place + 1 for place in rows_opened(anchors)}, row_numbers(case)
    rows = enumerate(case.inventory.rows)
    return {place for place, row in rows if row.key not in numbers or numbers[row.key] in opened}


def stages_to_add(case: Application) -> set[str]:
    """In which stages rows may be added because a point asks for a split of one there."""
    asked, numbers = {place + 1 for place in splits(case)}, row_numbers(case)
    return {row.stage for row in case.inventory.rows if numbers.get(row.key) in asked}


def may_attach(actor: Actor, case: Application, kind: str) -> bool:
    """Whether the actor may add a file of this kind now."""
    return "applicant" in actor.roles and takes_file(case, kind)
