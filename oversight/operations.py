"""The one thing the regulator's office writes: that somebody looked."""

from accounts.actor import Actor
from core import audit


def note_reading(actor: Actor, subject: str) -> None:
    """A read of something confidential is itself part of the record (certification-rules 6.6, 21)."""
    audit.record(actor, "oversight.read", subject)
