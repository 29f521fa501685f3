"""The registers as their readers see them: the keepers all of them, each body and laboratory its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import Organisation
from accounts.queries import organisations, staff_ids
from accounts.queries import user as person
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted
from core.words import word
from registers.models import (
    Accreditation,
    BodyScope,
    Entry,
    LaboratoryScope,
    RegisterAct,
    Registration,
    Training,
)
from registers.operations import KEEPERS, REGISTERS
from schemes.models import SchemeVersion

WARNED = timedelta(days=90)  # a renewal takes its time: the CMA rules ask for it three months before

# Which registers somebody of an organisation of each kind reads.
READERS = {
    "regulator": tuple(REGISTERS),
    "certification_body": ("bodies", "accreditations", "people", "training"),
    "testing_body": ("laboratories", "accreditations"),
}
HOLDERS = {
    "bodies": "body",
    "laboratories": "laboratory",
    "accreditations": "organisation",
    "people": "body",
    "training": "body",
}


@dataclass(frozen=True)
class Shown:
    """One entry: who holds it, for what, in which days, and how it stands today.

    `state` is future, valid, expiring, expired or ended; `what` is the key of a word or a text.
    """

    id: int
    holder: str
    person: str
    number: str
    what: str
    more: str
    valid_from: date
    valid_to: date
    state: str
    acts: list[RegisterAct] = field(default_factory=list)

    @property
    def days_left(self) -> int:
        return (self.valid_to - today()).days

    @property
    def expires_soon(self) -> bool:
        return self.state == "expiring"

    @property
    def may_be_ended(self) -> bool:
        """Its last day has not come."""
        return self.state in ("future", "valid", "expiring")


@dataclass(frozen=True)
class Listed:
    """A body or laboratory on the public page: rows of (what, from, to)."""

    holder: Organisation
    number: str
    rows: list[tuple[str, date, date]] = field(default_factory=list)


def readable(actor: Actor) -> tuple[str, ...]:
    return READERS.get(actor.kind, ())


def keeps(actor: Actor, register: str) -> bool:
    """Whether the actor may add to a register and end what stands in it."""
    if actor.kind == "regulator":
        return bool(actor.roles & KEEPERS)
    own = actor.kind == "certification_body" and "organisation_admin" in actor.roles
    return register == "training" and own


def entries(actor: Actor, register: str, text: str = "") -> list[Shown]:
    """What the actor may read of a register: by holder, then by what ends first."""
    model = _model(actor, register)
    query = select(model)
    if actor.kind != "regulator":
        query = query.where(getattr(model, f"{HOLDERS[register]}_id") == actor.organisation_id)
    rows = list(db.session.scalars(query.order_by(model.valid_to, model.id)))
    acts = _acts(register)
    shown = [_shown(register, row, rows, acts.get(row.id, [])) for row in rows]
    wanted = [entry for entry in shown if _matches(entry, text.strip().casefold())]
    return sorted(wanted, key=lambda entry: (entry.holder, entry.person, entry.valid_to, entry.id))


def expiring(actor: Actor) -> list[tuple[str, Shown]]:
    """(register, entry) of all the actor reads that ends within three months and is not renewed yet."""
    found = [(name, entry) for name in readable(actor) for entry in entries(actor, name)]
    soon = [(name, entry) for name, entry in found if entry.expires_soon]
    return sorted(soon, key=lambda pair: pair[1].valid_to)


def entry(actor: Actor, register: str, entry_id: int) -> Entry:
    """One entry, as the verbs take it."""
    model = _model(actor, register)
    found: Entry | None = db.session.get(model, entry_id)
    foreign = actor.kind != "regulator" and found and _holder(register, found).id != actor.organisation_id
    if found is None or foreign:
        raise NotFound("register-entry-not-found")
    return found


def shown(actor: Actor, register: str, entry_id: int) -> Shown:
    found = entry(actor, register, entry_id)
    return _shown(register, found, [], _acts(register).get(entry_id, []))


def shown_of(register: str, row: Entry) -> Shown:
    """An entry as those see it to whom something about it is told, whichever register they read."""
    return _shown(register, row, [], [])


def in_force(register: str) -> list[Listed]:
    """Who stands in a register today, for everybody to see, by name."""
    found: dict[tuple[int, str], Listed] = {}
    for row in db.session.scalars(select(REGISTERS[register])):
        if row.valid_on(today()):
            holder, (number, what, _more) = _holder(register, row), _facts(register, row)
            listed = found.setdefault((holder.id, number), Listed(holder, number))
            listed.rows.append((what, row.valid_from, row.valid_to))
    for listed in found.values():
        listed.rows.sort()
    return sorted(found.values(), key=lambda listed: (listed.holder.name, listed.number))


def methods() -> list[str]:
    """The test methods the schemes ask for, and those that laboratories are approved for."""
    asked = {item["method"] for scheme in db.session.scalars(select(SchemeVersion)) for item in scheme.tests}
    return sorted(asked | set(db.session.scalars(select(LaboratoryScope.method).distinct())))


def staff(actor: Actor) -> list[tuple[int, int, str, str]]:
    """(user, body, name, the body's name) of whom the actor may enter a registration or a course for."""
    bodies = organisations("certification_body")
    if actor.kind != "regulator":
        bodies = [body for body in bodies if body.id == actor.organisation_id]
    found = [(user_id, body) for body in bodies for user_id in sorted(staff_ids(body.id))]
    return [(user_id, body.id, person(user_id).name, body.name) for user_id, body in found]


def _model(actor: Actor, register: str) -> type[Any]:  # each table has columns of its own
    if register not in readable(actor):
        raise NotPermitted("register-not-yours")
    return REGISTERS[register]


def _acts(register: str) -> dict[int, list[RegisterAct]]:
    found: dict[int, list[RegisterAct]] = {}
    query = select(RegisterAct).where(RegisterAct.register == register).order_by(RegisterAct.id)
    for act in db.session.scalars(query):
        found.setdefault(act.entry_id, []).append(act)
    return found


def _holder(register: str, row: Entry) -> Organisation:
    holder: Organisation = getattr(row, HOLDERS[register])
    return holder


def _shown(register: str, row: Entry, rows: Sequence[Entry], acts: list[RegisterAct]) -> Shown:
    number, what, more = _facts(register, row)
    return Shown(
        id=row.id,
        holder=_holder(register, row).name,
        person=row.user.name if isinstance(row, Registration | Training) else "",
        number=number,
        what=what,
        more=more,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=_state(register, row, rows, acts),
        acts=acts,
    )


def _facts(register: str, row: Entry) -> tuple[str, str, str]:
    match row:
        case BodyScope():
            return row.approval_number, row.scheme_code, ""
        case LaboratoryScope():
            return row.cma_number, row.method, ""
        case Accreditation():
            return row.number, row.scope, ""
        case Registration():
            return row.number, str(word(f"family.{row.family}")), str(word(f"registration.{row.grade}"))
    return row.number, row.course, f"{row.provider} · {row.hours} h"


def _state(register: str, row: Entry, rows: Sequence[Entry], acts: list[RegisterAct]) -> str:
    ended = any(act.act == "end" for act in acts)
    if row.valid_to < today():
        return "ended" if ended else "expired"
    if row.valid_from > today():
        return "future"
    if row.valid_to - today() > WARNED or ended or _renewed(register, row, rows):
        return "valid"
    return "expiring"


def _renewed(register: str, row: Entry, rows: Sequence[Entry]) -> bool:
    """The same for the same holder follows without a gap."""
    follows = row.valid_to + timedelta(days=1)
    return any(
        other is not row and _same(register, other) == _same(register, row)
        and other.valid_from <= follows < other.valid_to
        for other in rows
    )  # fmt: skip


def _same(register: str, row: Entry) -> tuple[int, str]:
    holder = row.user_id if isinstance(row, Registration | Training) else _holder(register, row).id
    return holder, _facts(register, row)[1]


def _matches(entry: Shown, text: str) -> bool:
    parts = (entry.holder, entry.person, entry.number, entry.what, entry.more)
    return not text or any(text in part.casefold() for part in parts)
