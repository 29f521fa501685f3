"""A case belongs to the organisation; who answers for it there may change, and every change is kept."""

from collections.abc import Iterable

from sqlalchemy import select

from accounts.models import User
from accounts.queries import away, memberships_with_role
from certification import notices
from certification.application.models import Application, Responsibility
from certification.workflow.impartiality import hindrances
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, Refused
from core.machine import Actor, Facts

# Which role somebody must hold to answer for a case, by the side of the case.
SIDES = {"applicant": "applicant", "body": "case_officer"}


def begin(application: Application, actor: Actor, reason: str = "") -> Responsibility:
    entry = Responsibility(
        application_id=application.id,
        organisation_id=actor.organisation_id,
        user_id=actor.id,
        assigned_by=actor.label,
        reason=reason,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def hand_over(application: Application, actor: Actor, user_id: int | None, reason: str) -> Responsibility:
    """Let a colleague answer for the case.  For the organisation's administrator, and for whoever has it."""
    side = side_of(application, actor)
    assert actor.organisation_id is not None  # who stands on a side has one
    former = current(application, actor.organisation_id)
    own = former is not None and former.user_id == actor.id
    if "organisation_admin" not in actor.roles and not own:
        raise NotPermitted("handover-not-yours")
    successors = {
        seat.user_id: seat.user for seat in memberships_with_role(actor.organisation_id, SIDES[side])
    }
    if user_id not in successors:
        raise Invalid("successor-without-role", {"user_id": "successor-without-role"})
    if former is not None and former.user_id == user_id:
        raise Invalid("successor-has-it", {"user_id": "successor-has-it"})
    if user_id in away(actor.organisation_id, today()):
        raise Invalid("successor-away", {"user_id": "successor-away"})
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    if side == "body" and (why := hindrances(application, user_id, "plan", today())):
        raise Invalid(why[0], {"user_id": why[0]})
    entry = _assign(application, actor, former, successors[user_id], reason.strip())
    notices.announce(application, "hand_over", actor, {"reason": entry.reason})
    return entry


def hand_over_each(
    cases: Iterable[Application], actor: Actor, user_id: int | None, reason: str
) -> dict[int, Refused | None]:
    """What became of each case, by its id: None when it was handed over, else why not.

    One that is refused keeps no other back; nothing of it is half done, since `hand_over` checks first.
    """
    told: dict[int, Refused | None] = {}
    for case in cases:
        try:
            hand_over(case, actor, user_id, reason)
            told[case.id] = None
        except (Invalid, NotPermitted) as refused:
            told[case.id] = refused
    return told


def current(application: Application, organisation_id: int | None) -> Responsibility | None:
    query = select(Responsibility).where(
        Responsibility.application_id == application.id, Responsibility.organisation_id == organisation_id
    )
    return db.session.scalar(query.order_by(Responsibility.id.desc()).limit(1))


def side_of(application: Application, actor: Actor) -> str:
    if actor.organisation_id is not None and actor.organisation_id == application.applicant_id:
        return "applicant"
    if actor.organisation_id == application.body_id and not application.is_draft:
        return "body"
    raise NotPermitted("handover-not-yours")


def follow(application: Application, _step: str, actor: Actor, _facts: Facts) -> None:
    """Whoever of the body first works on a case as its officer has it from then on."""
    if "case_officer" in actor.roles and current(application, actor.organisation_id) is None:
        begin(application, actor)


def _assign(
    application: Application, actor: Actor, former: Responsibility | None, successor: User, reason: str
) -> Responsibility:
    entry = Responsibility(
        application_id=application.id,
        organisation_id=actor.organisation_id,
        user_id=successor.id,
        assigned_by=actor.label,
        reason=reason,
    )
    db.session.add(entry)
    db.session.flush()
    audit.record(
        actor,
        "application.hand_over",
        f"application/{application.id}",
        former=former.user.name if former else "",
        successor=successor.name,
        reason=reason,
    )
    return entry
