"""The registers are kept by adding and ending entries: what once stood in one can always be read there."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from accounts.models import Organisation, User
from accounts.queries import staff_ids
from core import audit
from core.clock import today, years_after
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor
from registers.models import (
    Accreditation,
    BodyScope,
    Entry,
    LaboratoryScope,
    RegisterAct,
    Registration,
    Training,
)
from registers.numbers import CMA_YEARS, check_cma, check_cnas

E = TypeVar("E", bound=Entry)

REGISTERS: dict[str, type[Any]] = {  # the tables of Entry, each with columns of its own
    "bodies": BodyScope,
    "laboratories": LaboratoryScope,
    "accreditations": Accreditation,
    "people": Registration,
    "training": Training,
}
KEEPERS = frozenset({"regulator", "administrator"})
ACCREDITED = ("certification_body", "testing_body")


def enter_body(
    actor: Actor,
    *,
    body_id: int,
    approval_number: str,
    schemes: Sequence[str],
    valid_from: date,
    valid_to: date,
) -> list[BodyScope]:
    """Approve a body for some schemes (认证认可条例 art. 9, 10)."""
    _keeper(actor)
    _of_kind(body_id, ("certification_body",), "body_id")
    number = _text(approval_number, "approval_number")
    _some(schemes, "schemes")
    _in_order(valid_from, valid_to)
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    rows = [BodyScope(body_id=body_id, approval_number=number, scheme_code=code, **dates) for code in schemes]
    return [
        _add(actor, "bodies", row, "schemes", body_id=body_id, scheme_code=row.scheme_code) for row in rows
    ]


def enter_laboratory(
    actor: Actor,
    *,
    laboratory_id: int,
    cma_number: str,
    methods: Sequence[str],
    valid_from: date,
    valid_to: date,
) -> list[LaboratoryScope]:
    """Enter a laboratory's legal approval for some methods (168号令 art. 10)."""
    _keeper(actor)
    _of_kind(laboratory_id, ("testing_body",), "laboratory_id")
    number = _checked(check_cma, cma_number, "cma_number")
    _some(methods, "methods")
    _in_order(valid_from, valid_to)
    if valid_to > years_after(valid_from, CMA_YEARS):
        raise Invalid("cma-valid-too-long", {"valid_to": "cma-valid-too-long"})
    _own_number(LaboratoryScope, "cma_number", number, "laboratory_id", laboratory_id)
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    rows = [
        LaboratoryScope(laboratory_id=laboratory_id, cma_number=number, method=method, **dates)
        for method in dict.fromkeys(methods)
    ]
    return [
        _add(actor, "laboratories", row, "methods", laboratory_id=laboratory_id, method=row.method)
        for row in rows
    ]


def enter_accreditation(
    actor: Actor, *, organisation_id: int, number: str, scope: str, valid_from: date, valid_to: date
) -> Accreditation:
    _keeper(actor)
    _of_kind(organisation_id, ACCREDITED, "organisation_id")
    number = _checked(check_cnas, number, "number")
    scope = _text(scope, "scope")
    _in_order(valid_from, valid_to)
    _own_number(Accreditation, "number", number, "organisation_id", organisation_id)
    row = Accreditation(
        organisation_id=organisation_id, number=number, scope=scope, valid_from=valid_from, valid_to=valid_to
    )
    return _add(actor, "accreditations", row, "number", organisation_id=organisation_id, number=number)


def enter_person(
    actor: Actor,
    *,
    user_id: int,
    body_id: int,
    number: str,
    grade: str,
    families: Sequence[str],
    valid_from: date,
    valid_to: date,
) -> list[Registration]:
    """Enter a person's registration; one person practises in one body only (认证认可条例 art. 14)."""
    _keeper(actor)
    _of_kind(body_id, ("certification_body",), "body_id")
    if user_id not in staff_ids(body_id):
        raise Invalid("person-not-of-the-body", {"person": "person-not-of-the-body"})
    number = _text(number, "number")
    _some(families, "families")
    _in_order(valid_from, valid_to)
    _one_body(user_id, body_id, valid_from, valid_to)
    _own_number(Registration, "number", number, "user_id", user_id)
    person = {"user_id": user_id, "body_id": body_id, "number": number, "grade": grade}
    rows = [
        Registration(family=family, valid_from=valid_from, valid_to=valid_to, **person) for family in families
    ]
    return [_add(actor, "people", row, "families", user_id=user_id, family=row.family) for row in rows]


def enter_training(
    actor: Actor,
    *,
    user_id: int,
    course: str,
    provider: str,
    hours: int | None,
    valid_from: date,
    valid_to: date,
    number: str = "",
    body_id: int | None = None,
) -> Training:
    """Record a course somebody passed: for the body's own administrator, and for the keepers."""
    if not actor.roles & KEEPERS:
        body_id = actor.organisation_id
        if "organisation_admin" not in actor.roles or actor.kind != "certification_body":
            raise NotPermitted("register-not-yours")
    if body_id is None or user_id not in staff_ids(body_id):
        raise Invalid("person-not-of-the-body", {"person": "person-not-of-the-body"})
    course, provider = _text(course, "course"), _text(provider, "provider")
    if not hours or hours <= 0:
        raise Invalid("hours-not-positive", {"hours": "hours-not-positive"})
    _in_order(valid_from, valid_to)
    if valid_from > today():
        raise Invalid("date-in-the-future", {"valid_from": "date-in-the-future"})
    row = Training(
        user_id=user_id, body_id=body_id, course=course, provider=provider, hours=hours,
        number=number.strip(), valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    return _add(actor, "training", row, "course", user_id=user_id, course=course)


def end_entry(actor: Actor, register: str, entry: Entry, on: date | None, reason: str) -> None:
    """Let an entry end earlier than it said.

    A keeper may record an end that is past: what was done since rested on nothing, and is listed for whoever
    must look at it again.  Whoever keeps only courses ends them from today on.
    """
    if isinstance(entry, Training) and not actor.roles & KEEPERS:
        if "organisation_admin" not in actor.roles or actor.organisation_id != getattr(
            entry, "body_id", None
        ):
            raise NotPermitted("register-not-yours")
    else:
        _keeper(actor)
    if on is None or on < entry.valid_from:
        began = entry.valid_from.isoformat()
        raise Invalid("ends-before-it-began", {"on": "ends-before-it-began"}, day=began)
    if on < today() and not actor.roles & KEEPERS:
        raise Invalid("ends-in-the-past", {"on": "ends-in-the-past"})
    if on >= entry.valid_to:
        raise Invalid("entry-ends-anyway", {"on": "entry-ends-anyway"}, day=entry.valid_to.isoformat())
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})
    _note(actor, register, entry, "end", former_end=entry.valid_to, reason=reason.strip())
    entry.valid_to = on
    db.session.flush()


# What an entry must be


def _keeper(actor: Actor) -> None:
    if actor.kind != "regulator" or not actor.roles & KEEPERS:
        raise NotPermitted("register-not-yours")


def _of_kind(organisation_id: int, kinds: tuple[str, ...], field: str) -> None:
    found = db.session.get(Organisation, organisation_id)
    if found is None or found.kind not in kinds:
        raise Invalid("organisation-of-another-kind", {field: "organisation-of-another-kind"})


def _text(text: str, field: str) -> str:
    if not (text or "").strip():
        raise Invalid("value-missing", {field: "value-missing"})
    return text.strip()


def _some(values: Sequence[object], field: str) -> None:
    if not values:
        raise Invalid("value-missing", {field: "value-missing"})


def _checked(check: Callable[[str], str | tuple[str, ...]], number: str, field: str) -> str:
    try:
        parts = check(number)
    except Invalid as wrong:
        raise Invalid(wrong.slug, {field: wrong.slug}, **wrong.detail) from wrong
    return parts if isinstance(parts, str) else "".join(parts)


def _in_order(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from is None or valid_to is None:
        name = "valid_from" if valid_from is None else "valid_to"
        raise Invalid("value-missing", {name: "value-missing"})
    if valid_to < valid_from:
        raise Invalid("dates-out-of-order", {"valid_to": "dates-out-of-order"})


def _one_body(user_id: int, body_id: int, valid_from: date, valid_to: date) -> None:
    """Two keepers at once wait for each other at the person."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())
    query = select(Registration).where(
        Registration.user_id == user_id,
        Registration.body_id != body_id,
        Registration.valid_from <= valid_to,
        Registration.valid_to >= valid_from,
    )
    elsewhere = db.session.scalar(query.limit(1))
    if elsewhere is not None:
        slug = "person-registered-elsewhere"
        until = elsewhere.valid_to.isoformat()
        raise Invalid(slug, {"person": slug}, body=elsewhere.body.name, until=until)


def _own_number(model: type[Entry], field: str, number: str, holder: str, holder_id: int) -> None:
    """A number names one holder for good."""
    query = select(model).where(getattr(model, field) == number, getattr(model, holder) != holder_id)
    if db.session.scalar(query.limit(1)) is not None:
        raise Invalid("register-number-taken", {field: "register-number-taken"}, number=number)


def _add(actor: Actor, register: str, row: E, field: str, **same: object) -> E:
    """The same thing is not entered twice for the same days."""
    model = type(row)
    query = select(model).filter_by(**same)
    query = query.where(model.valid_from <= row.valid_to, model.valid_to >= row.valid_from)
    if db.session.scalar(query.limit(1)) is not None:
        raise Invalid("register-overlap", {field: "register-overlap"})
    db.session.add(row)
    db.session.flush()
    _note(actor, register, row, "enter")
    return row


def _note(
    actor: Actor, register: str, row: Entry, act: str, former_end: date | None = None, reason: str = ""
) -> None:
    db.session.add(
        RegisterAct(
            register=register,
            entry_id=row.id,
            act=act,
            former_end=former_end,
            reason=reason,
            entered_by=actor.label,
        )
    )
    until = row.valid_to.isoformat()
    audit.record(actor, f"register.{act}", f"register/{register}/{row.id}", until=until, reason=reason)
