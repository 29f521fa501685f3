"""What people declare of themselves: ties to clients, and for each case that there are none."""

from datetime import date

from accounts.queries import staff_ids
from certification.application.models import Application
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.workflow.impartiality import COMPETENCES, TIES, has_declared, hindrances
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.machine import Actor

# Who tends what a body knows of its people.
KEEPERS = frozenset({"organisation_admin", "head_of_body"})


def declare(application: Application, actor: Actor, *, free: bool, reason: str = "") -> CaseDeclaration:
    """Say for one case, before its files are opened, whether the actor is free of ties to its client.

    It is said once.  Who has a tie says which, and is kept out of the case for good.
    """
    if actor.id is None or actor.organisation_id != application.body_id:
        raise NotPermitted("role-not-held", step="declare")
    if has_declared(application, actor.id):
        raise OutOfOrder("impartiality-already-declared")
    if free and "conflict-of-interest" in hindrances(application, actor.id, "accept", today()):
        raise Invalid("conflict-of-interest", {"free": "conflict-of-interest"})
    if not free and not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    entry = CaseDeclaration(user_id=actor.id, free=free, reason=reason.strip())
    application.declarations.append(entry)
    db.session.flush()
    audit.record(actor, "impartiality.declare", f"application/{application.id}", free=free)
    return entry


def declare_tie(
    actor: Actor,
    *,
    client_id: int,
    tie: str,
    valid_from: date | None,
    valid_to: date | None = None,
    note: str = "",
) -> ConflictDeclaration:
    """Enter a tie of the actor to a client; `valid_to` stays open while the tie lasts."""
    _check_tie(tie, valid_from, valid_to)
    entry = ConflictDeclaration(
        user_id=actor.id,
        client_id=client_id,
        tie=tie,
        valid_from=valid_from,
        valid_to=valid_to,
        note=note.strip(),
    )
    db.session.add(entry)
    db.session.flush()
    audit.record(actor, "tie.declare", f"tie/{entry.id}", client=client_id, tie=tie)
    return entry


def end_tie(entry: ConflictDeclaration, actor: Actor, on: date | None) -> None:
    """The tie ended on a day that has come; it keeps its owner out for two years from then."""
    if entry.user_id != actor.id:
        raise NotPermitted("role-not-held", step="end_tie")
    if entry.valid_to is not None:
        raise OutOfOrder("tie-already-ended")
    _check_dates(entry.valid_from, on, "valid_to")
    if on is None:
        raise Invalid("tie-incomplete", {"valid_to": "tie-incomplete"})
    entry.valid_to = on
    audit.record(actor, "tie.end", f"tie/{entry.id}", on=on.isoformat())


def find_competent(
    actor: Actor,
    *,
    user_id: int,
    function: str,
    family: str,
    valid_from: date | None,
    valid_to: date | None,
    basis: str = "",
) -> Competence:
    """Enter that one of the body's people is competent for a function in a family, from a day to a day."""
    if actor.kind != "certification_body" or not actor.roles & KEEPERS:
        raise NotPermitted("role-not-held", step="find_competent")
    if user_id not in staff_ids(actor.organisation_id):
        raise Invalid("person-not-of-the-body", {"user_id": "person-not-of-the-body"})
    if user_id == actor.id:
        raise Invalid("competence-for-oneself", {"user_id": "competence-for-oneself"})
    if function not in COMPETENCES or not basis.strip() or valid_from is None or valid_to is None:
        raise Invalid("competence-incomplete", {"basis": "competence-incomplete"})
    if valid_to < valid_from:
        raise Invalid("dates-out-of-order", {"valid_to": "dates-out-of-order"})
    entry = Competence(user_id=user_id, body_id=actor.organisation_id, function=function, family=family)
    entry.basis, entry.valid_from, entry.valid_to = basis.strip(), valid_from, valid_to
    db.session.add(entry)
    db.session.flush()
    audit.record(actor, "competence.enter", f"competence/{entry.id}", person=user_id, function=function)
    return entry


def _check_tie(tie: str, valid_from: date | None, valid_to: date | None) -> None:
    if tie not in TIES:
        raise Invalid("tie-incomplete", {"tie": "tie-incomplete"})
    if valid_from is None:
        raise Invalid("tie-incomplete", {"valid_from": "tie-incomplete"})
    _check_dates(valid_from, valid_to, "valid_to")


def _check_dates(start: date, end: date | None, place: str) -> None:
    if end is not None and end < start:
        raise Invalid("dates-out-of-order", {place: "dates-out-of-order"})
    if end is not None and end > today():
        raise Invalid("date-in-the-future", {place: "date-in-the-future"})
