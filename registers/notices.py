"""Told outside of any law: that an entry of a register ends soon."""

from datetime import timedelta

from sqlalchemy import select

from accounts.notices import Message, a_day
from accounts.operations import inbox
from accounts.queries import memberships_with_role
from core.clock import today
from core.db import db
from registers.models import Entry, RegisterAct, Registration, Training
from registers.operations import REGISTERS

LEADS = (90, 30)  # days before the end; the CMA rules ask for a renewal three months before
HOLDERS = {
    "bodies": "body_id",
    "laboratories": "laboratory_id",
    "accreditations": "organisation_id",
    "people": "body_id",
    "training": "body_id",
}
NAMES = {
    "bodies": "scheme_code",
    "laboratories": "method",
    "accreditations": "number",
    "people": "number",
    "training": "course",
}


def remind_of_registers() -> int:
    """Tell the holder's administrators, and the person, of each entry that ends soon; each lead once."""
    return sum(_remind(register, row) for register in REGISTERS for row in _ending(register))


def _ending(register: str) -> list[Entry]:
    """What ends within the longest lead, unless it was ended on purpose or follows itself."""
    model = REGISTERS[register]
    soon = model.valid_to.between(today(), today() + timedelta(days=max(LEADS)))
    ended = select(RegisterAct.entry_id).where(RegisterAct.register == register, RegisterAct.act == "end")
    rows = db.session.scalars(select(model).where(soon, model.id.not_in(ended)).order_by(model.id))
    return [row for row in rows if not _followed(register, row)]


def _followed(register: str, row: Entry) -> bool:
    model = REGISTERS[register]
    same = [HOLDERS[register], NAMES[register], *(("user_id",) if hasattr(model, "user_id") else ())]
    same += ["family"] if register == "people" else []
    query = select(model.id).filter_by(**{name: getattr(row, name) for name in same})
    follows = (model.valid_from <= row.valid_to + timedelta(days=1)) & (model.valid_to > row.valid_to)
    return db.session.scalar(query.where(follows).limit(1)) is not None


def _remind(register: str, row: Entry) -> int:
    lead = min(lead for lead in LEADS if row.valid_to <= today() + timedelta(days=lead))
    holder = getattr(row, HOLDERS[register])
    people = {seat.user_id for seat in memberships_with_role(holder, "organisation_admin")}
    people |= {row.user_id} if isinstance(row, Registration | Training) else set()
    message = Message(
        kind=f"register.ending.{register}",
        group="deadline",
        subject=f"register/{register}/{row.id}",
        reference=getattr(row, NAMES[register]),
        link=f"/certification/registers/{register}",
        facts={
            "what": getattr(row, NAMES[register]),
            "who": row.user.name if isinstance(row, Registration | Training) else "",
            "day": a_day(row.valid_to),
        },
        once=f"register/{register}/{row.id}/{lead}/{row.valid_to}",
    )
    return len(inbox.tell(people, message))
