"""What somebody left typed, as the pages bring it back; nobody sees another's."""

from accounts.actor import Actor
from certification.application.models import Application, Draft
from certification.application.operations.drafts import draft_of, place_of

__all__ = ["mine", "pending"]


def mine(actor: Actor, kind: str, subject_id: int, form: str) -> Draft | None:
    """The actor's own draft of one form."""
    return None if actor.id is None else draft_of(actor, place_of(kind, subject_id, form))


def pending(actor: Actor, case: Application, forms: tuple[str, ...]) -> list[tuple[str, Draft]]:
    """Which forms of a case the actor left typed and not saved."""
    found = [(form, mine(actor, "application", case.id, form)) for form in forms]
    return [(form, draft) for form, draft in found if draft]
