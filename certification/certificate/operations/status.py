"""What changes a certificate's worth: suspend, restore, withdraw, cancel, each from the day it is entered."""

from datetime import date

from certification.certificate.models import Certificate, StatusAct
from certification.events import CertificateStatusChanged
from certification.workflow import CERTIFICATE
from certification.workflow.certificate import BECOMES, goes_over
from core import events, lifecycle
from core.clock import today
from core.machine import Actor

TAKEN = [kind for kind in BECOMES if kind != "supersede"]


def name_kind(_certificate: Certificate, *, step: str, **_facts: object) -> dict[str, object]:
    return {"kind": step}


def enter(
    certificate: Certificate,
    actor: Actor,
    *,
    kind: str,
    cause: str,
    reason: str,
    until: date | None = None,
    **_facts: object,
) -> None:
    """Enter the act, in force from today, and tell those who list the product."""
    act = StatusAct(
        kind=kind,
        on=today(),
        until=until if kind == "suspend" else None,
        cause=cause,
        reason=reason.strip(),
        entered_by=actor.label,
    )
    certificate.acts.append(act)
    events.publish(
        CertificateStatusChanged(
            certificate_id=certificate.id,
            number=certificate.number,
            act=kind,
            status=certificate.state,
            on=act.on,
            until=act.until,
            reason=act.reason,
        )
    )


def reinstate(_certificate: Certificate, **_facts: object) -> dict[str, object]:
    """A suspension that was annulled on appeal ends as one that was restored."""
    return {"kind": "restore", "cause": "appeal_annulled"}


def follow(certificate: Certificate, step: str, actor: Actor, facts: dict[str, object]) -> None:
    """What is done to a certificate is done to the one that waits to take its place."""
    if goes_over(certificate, step) and certificate.waiting is not None:
        lifecycle.take(certificate.waiting, step, actor, **facts)


def resume(_certificate: Certificate, **_facts: object) -> dict[str, object]:
    """A suspension for want of a conversion ends with the conversion, as one that was restored."""
    return {"kind": "restore", "cause": "converted"}


LAW = {Certificate: CERTIFICATE}

PREPARE = {(CERTIFICATE, act): name_kind for act in TAKEN} | {
    (CERTIFICATE, "reinstate"): reinstate,
    (CERTIFICATE, "resume"): resume,
}

EFFECTS = {(CERTIFICATE, act): enter for act in (*TAKEN, "reinstate", "resume")}

EVENTS = dict.fromkeys(EFFECTS, (CertificateStatusChanged,))
