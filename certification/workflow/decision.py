"""What the decision and its countersignature ask beyond the evaluation.

ISO/IEC 17065 7.6 gives the decision to the decider, not to the reviewer; 认证认可条例 art. 22 lets the head
sign after the staff.  Neither may pass a guard: what is not proved is not granted, whoever wishes it.
"""

from typing import TYPE_CHECKING

from core.machine import Actor, Facts

if TYPE_CHECKING:
    from certification.application.models import Application


def reviewed(application: "Application", _actor: Actor) -> str | None:
    return None if application.review is not None else "not-reviewed"


def departure_reasoned(application: "Application", _actor: Actor, facts: Facts) -> str | None:
    """Whoever grants what the reviewer advised against says why; a refusal has its reasons anyway."""
    advised = application.review is None or application.review.recommendation == "grant"
    return None if advised or facts.get("reason", "").strip() else "departure-without-reason"


def conclusion_signed(application: "Application", _actor: Actor) -> str | None:
    """条例 art. 22: the staff sign first, then the head."""
    return None if application.decision is not None else "conclusion-not-signed"


def countersigned(application: "Application", _actor: Actor) -> str | None:
    signed = application.decision is not None and application.decision.countersigned_by
    return None if signed else "not-countersigned"
