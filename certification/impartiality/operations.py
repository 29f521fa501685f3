"""What people declare of themselves, and for what their body finds them competent."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.queries import staff_ids
from certification.application.models import Application
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.workflow import COMPETENCE
from certification.workflow.competence import KEEPERS, METHODS, OF_KIND
from certification.workflow.impartiality import TIES, has_declared, hindrances
from core import audit, files
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.lifecycle import Effect, Key
from core.machine import Actor, Facts
from registers.models import LaboratoryScope
from schemes import queries as rules


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


def propose_competence(
    actor: Actor,
    *,
    user_id: int | None,
    functions: Sequence[str],
    classes: Sequence[str],
    valid_from: date | None,
    valid_to: date | None,
    basis: str = "",
    evidence: FileStorage | None = None,
) -> list[Competence]:
    """Propose that one of the own people is competent for functions in classes of products, on evidence.

    Each function in each class is a finding of its own, which somebody else approves.
    """
    if not keeps(actor):
        raise NotPermitted("role-not-held", step="propose_competence")
    if not (user_id and functions and classes and basis.strip() and valid_from and valid_to and evidence):
        given: Facts = {"user_id": user_id, "functions": functions, "classes": classes}
        given |= {
            "basis": basis.strip(),
            "evidence": evidence,
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        missing = [name for name, value in given.items() if not value]
        raise Invalid("competence-incomplete", dict.fromkeys(missing, "competence-incomplete"))
    _check_proposal(actor, user_id, functions, classes)
    _check_span(valid_from, valid_to)
    stored = files.store(evidence.stream, evidence.filename or "")
    facts: Facts = {"user_id": user_id, "body_id": actor.organisation_id, "basis": basis.strip()}
    facts |= {"valid_from": valid_from, "valid_to": valid_to, "proposed_at": now()}
    facts |= {"proposed_by_id": actor.id, "proposed_by": actor.label}
    facts |= {"evidence": stored.digest, "evidence_name": stored.name}
    made = [
        Competence(function=function, family=family, category=category, **facts)
        for function in dict.fromkeys(functions)
        for family, _slash, category in (each.partition("/") for each in dict.fromkeys(classes))
    ]
    for entry in made:
        refuse_overlap(entry)
    db.session.add_all(made)
    db.session.flush()
    for entry in made:
        said = {"person": user_id, "function": entry.function, "of": entry.product_class}
        audit.record(actor, "competence.propose", f"competence/{entry.id}", **said, file=stored.digest)
    return made


def keeps(actor: Actor) -> bool:
    """Whether somebody tends what a body or a laboratory knows of its people."""
    return not actor.roles.isdisjoint(KEEPERS.get(actor.kind or "", ()))


def classes_of(actor: Actor) -> set[str]:
    """For what somebody of the organisation may be found competent: classes of products, or methods."""
    if actor.kind != "testing_body":
        return set(rules.product_classes())
    query = select(LaboratoryScope.method).where(LaboratoryScope.laboratory_id == actor.organisation_id)
    return {METHODS, *(f"{METHODS}/{method}" for method in db.session.scalars(query.distinct()))}


def refuse_overlap(entry: Competence, **_facts: object) -> Facts:
    """One finding at a time: a second one would outlive the suspension or the end of the first."""
    same = select(Competence.valid_from, Competence.valid_to).where(
        Competence.user_id == entry.user_id,
        Competence.body_id == entry.body_id,
        Competence.function == entry.function,
        Competence.family == entry.family,
        Competence.category == entry.category,
        Competence.is_standing,
    )
    with db.session.no_autoflush:
        spans = db.session.execute(same).all()
    for begins, ends in spans:
        if begins <= entry.valid_to and entry.valid_from <= ends:
            raise Invalid("competence-stands", {"valid_from": "competence-stands"}, day=ends.isoformat())
    return {}


def approve(entry: Competence, actor: Actor, **_facts: object) -> None:
    entry.approved_by, entry.approved_on = actor.label, today()


def suspend(entry: Competence, _actor: Actor, **_facts: object) -> None:
    entry.pauses = [*entry.pauses, [today().isoformat(), None]]


def resume(entry: Competence, _actor: Actor, **_facts: object) -> None:
    *earlier, (since, _open) = entry.pauses
    entry.pauses = [*earlier, [since, today().isoformat()]]


def terminate(entry: Competence, _actor: Actor, **_facts: object) -> None:
    entry.ended_on = today()


LAW = {Competence: COMPETENCE}
PREPARE = {(COMPETENCE, "approve"): refuse_overlap}
EFFECTS: dict[Key, Effect[Competence]] = {
    (COMPETENCE, "approve"): approve,
    (COMPETENCE, "suspend"): suspend,
    (COMPETENCE, "resume"): resume,
    (COMPETENCE, "terminate"): terminate,
}


def _check_proposal(actor: Actor, user_id: int, functions: Sequence[str], classes: Sequence[str]) -> None:
    if user_id not in staff_ids(actor.organisation_id):
        raise Invalid("person-not-of-the-body", {"user_id": "person-not-of-the-body"})
    if user_id == actor.id:
        raise Invalid("competence-for-oneself", {"user_id": "competence-for-oneself"})
    if not set(functions) <= set(OF_KIND[actor.kind or ""]):
        raise Invalid("value-not-known", {"functions": "value-not-known"})
    if not set(classes) <= classes_of(actor):
        raise Invalid("value-not-known", {"classes": "value-not-known"})


def _check_span(valid_from: date, valid_to: date) -> None:
    """Nobody becomes competent for a day that is past."""
    if valid_from < today():
        raise Invalid("date-in-the-past", {"valid_from": "date-in-the-past"}, day=today().isoformat())
    _check_order(valid_from, valid_to, "valid_to")


def _check_tie(tie: str, valid_from: date | None, valid_to: date | None) -> None:
    if tie not in TIES:
        raise Invalid("tie-incomplete", {"tie": "tie-incomplete"})
    if valid_from is None:
        raise Invalid("tie-incomplete", {"valid_from": "tie-incomplete"})
    _check_dates(valid_from, valid_to, "valid_to")


def _check_dates(start: date, end: date | None, place: str) -> None:
    _check_order(start, end, place)
    if end is not None and end > today():
        raise Invalid("date-in-the-future", {place: "date-in-the-future"})


def _check_order(start: date, end: date | None, place: str) -> None:
    if end is not None and end < start:
        raise Invalid("dates-out-of-order", {place: "dates-out-of-order"})
