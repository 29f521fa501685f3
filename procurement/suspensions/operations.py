"""The verbs of a suspension: propose, write, approve, lift."""

from collections.abc import Mapping
from typing import Any

from accounts import uscc
from accounts.notices import Message
from accounts.operations import inbox
from accounts.queries import holders, organisation_by_uscc
from core import audit
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.machine import Actor, Facts
from procurement.suspensions.models import EnterpriseSuspension
from procurement.suspensions.workflow import LEAST, MOST, right_long

Values = Mapping[str, Any]  # columns of SAID, each of the type its form or shape gave it
SAID = ("uscc", "maker", "valid_from", "valid_to", "ground", "basis", "demo")
NEEDED = {
    "maker": "maker-suspension-maker-missing",
    "valid_from": "maker-suspension-dates-missing",
    "valid_to": "maker-suspension-dates-missing",
    "ground": "maker-suspension-ground-missing",
    "basis": "maker-suspension-basis-missing",
}


def propose(actor: Actor, values: Values) -> EnterpriseSuspension:
    """Raises NotPermitted `role-not-held`, Invalid by member."""
    _check_writer(actor, "propose")
    found = EnterpriseSuspension(owner_id=actor.organisation_id, writers=[])
    _say(found, actor, values)
    db.session.add(found)
    db.session.flush()
    audit.record(actor, "maker_suspension.propose", f"maker_suspension/{found.id}", uscc=found.uscc)
    return found


def write(suspension: EnterpriseSuspension, actor: Actor, values: Values) -> None:
    """The same, of one that stands; it may be changed until it is decided."""
    _check_writer(actor, "write")
    if suspension.owner_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="write")
    if not suspension.is_proposed:
        raise OutOfOrder("maker-suspension-decided")
    _say(suspension, actor, values)
    audit.record(actor, "maker_suspension.write", f"maker_suspension/{suspension.id}", uscc=suspension.uscc)


def _check_writer(actor: Actor, step: str) -> None:
    if "list_editor" not in actor.roles:
        raise NotPermitted("role-not-held", step=step)


def _say(suspension: EnterpriseSuspension, actor: Actor, values: Values) -> None:
    assert actor.id is not None  # whoever holds the role is somebody
    check(values)
    for name in SAID:
        setattr(suspension, name, values[name])
    suspension.uscc = uscc.check(values["uscc"])
    suspension.writers, suspension.author = sorted({*suspension.writers, actor.id}), actor.label


def check(values: Values) -> None:
    """Raise Invalid, each fault at its member."""
    wrong = {name: slug for name, slug in NEEDED.items() if not values[name]}
    first, last = values["valid_from"], values["valid_to"]
    if first and last and not right_long(first, last):
        wrong["valid_to"] = "maker-suspension-length-wrong"
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong, least=LEAST, most=MOST)
    uscc.check(values["uscc"])


def approve(suspension: EnterpriseSuspension, actor: Actor, **_facts: object) -> None:
    suspension.approved_by, suspension.approved_at = actor.label, now()


def tell_maker(suspension: EnterpriseSuspension, step: str, _actor: Actor, _facts: Facts) -> None:
    """Those who apply for the maker, where it has an account here."""
    maker = organisation_by_uscc(suspension.uscc)
    if maker is None:
        return
    told = Message(
        kind=f"maker_suspension.{TOLD[step]}",
        group="progress",
        subject=f"maker_suspension/{suspension.id}",
        reference=suspension.basis,
        link="/procurement/suspensions/?all=1",
        facts={"first": str(suspension.valid_from), "last": str(suspension.last_day)},
    )
    inbox.tell(holders(maker.id, ("applicant",)), told)


TOLD = {"approve": "standing", "lift": "lifted"}


def lift(suspension: EnterpriseSuspension, _actor: Actor, *, reason: str, **_facts: object) -> None:
    suspension.lifted_on, suspension.lifted_at = today(), now()
    suspension.lift_reason = reason.strip()
