"""The regulator orders a check or a status act; the body does so, or answers with its reasons in time."""

from datetime import date

from certification import notices
from certification.aftercare.models import StatusProposal, Surveillance
from certification.aftercare.operations.proposals import propose
from certification.certificate.models import Certificate
from certification.clocks.operations import clocks
from certification.workflow.proposal import NO_RULE_FOR_ORDERS, ORDERED, POSSIBLE
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor

Ordered = StatusProposal | Surveillance


def order(
    certificate: Certificate, actor: Actor, *, kind: str, reason: str, due: date | None = None
) -> Ordered:
    """A check, a suspension or a withdrawal; the days run by the clock unless the order names its day."""
    if actor.kind != "regulator" or "regulator" not in actor.roles:
        raise NotPermitted("role-not-held", step="order")
    _refuse(kind, reason, due)
    return (
        _check(certificate, actor, reason, due)
        if kind == "check"
        else _act(certificate, actor, kind, reason, due)
    )


def _refuse(kind: str, reason: str, due: date | None) -> None:
    wrong = {} if kind in ORDERED else {"kind": "order-unknown"}
    wrong |= {} if reason.strip() else {"reason": "reason-missing"}
    wrong |= {"due": "date-in-the-past"} if due is not None and due < today() else {}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def _act(certificate: Certificate, actor: Actor, kind: str, reason: str, due: date | None) -> StatusProposal:
    if kind not in POSSIBLE.get(certificate.state, ()):
        raise Invalid("request-not-possible", {"kind": "request-not-possible"})
    if any(each.is_open and each.is_ordered and each.kind == kind for each in certificate.proposals):
        raise Invalid("already-ordered", {"kind": "already-ordered"})
    cause = "regulator_order"
    return propose(certificate, actor, kind=kind, cause=cause, reason=reason, source="regulator", due=due)


def _check(certificate: Certificate, actor: Actor, reason: str, due: date | None) -> Surveillance:
    """A check beside the plan, to be made from today on."""
    if not certificate.is_in_force:
        raise Invalid("certificate-not-open", {"kind": "certificate-not-open"})
    if any(each.is_open and each.ordered_on for each in certificate.surveillance):
        raise Invalid("already-ordered", {"kind": "already-ordered"})
    row = Surveillance(
        ordinal=len(certificate.surveillance) + 1,
        window_from=today(),
        due=today(),
        source=NO_RULE_FOR_ORDERS,
        weak=True,
        ordered_on=today(),
        ordered_by=actor.label,
        order_reason=reason.strip(),
    )
    certificate.surveillance.append(row)
    db.session.flush()
    clocks.follow(row, "order", actor, {"due": due})
    audit.record(actor, "surveillance.order", f"surveillance/{row.id}", number=row.number, due=row.due)
    notices.announce(row, "order", actor, {})
    return row
