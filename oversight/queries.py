"""What the regulator may ask: how the house works, who stands in the registers, what was recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import compare_digest
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from accounts.actor import Actor
from accounts.models import Organisation
from certification.application.queries import applications as cases
from certification.certificate.queries import supervision
from certification.complaints import queries as complaints
from certification.workflow import APPLICATION
from certification.workflow.application import CLOSED
from core import codes
from core.audit import Entry
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from core.web import Page, paginate
from core.words import say
from oversight.models import Complaint, Reporter, ViolationReport
from registers.numbers import check_cma
from registers.queries import known as registers

if TYPE_CHECKING:
    from registers.models import BodyScope, LaboratoryScope

RECORD_SIZE = 50
BROUGHT_SIZE = 20
Grievance = Complaint | ViolationReport
BROUGHT: dict[str, type[Any]] = {  # two tables with the same columns
    "complaints": Complaint,
    "reports": ViolationReport,
}


@dataclass(frozen=True)
class Overview:
    """The front page: counts of cases by state and of certificates by status, and what is new."""

    states: dict[str, int]
    statuses: dict[str, int]
    bodies: list[supervision.BodyLoad]
    certificates: Sequence[object]  # as certification shows them
    acts: Sequence[object]

    @property
    def in_order(self) -> list[tuple[str, int]]:
        """The states that hold cases, in the order of the road."""
        return [(state, self.states[state]) for state in APPLICATION.states if state in self.states]

    @property
    def open(self) -> int:
        return sum(count for state, count in self.states.items() if state not in CLOSED)


@dataclass(frozen=True)
class Approval:
    """One holder in a register, with what it may do: rows of (what, from, to, in force today)."""

    holder: Organisation
    number: str
    problem: str  # what is wrong with the number, in words; "" when nothing is
    rows: list[tuple[str, date, date, bool]]


def overview(actor: Actor) -> Overview:
    return Overview(
        states=cases.counts(actor),
        statuses=supervision.by_status(),
        bodies=supervision.by_body(actor),
        certificates=supervision.latest_certificates(),
        acts=supervision.latest_acts(),
    )


def bodies() -> list[Approval]:
    """Every certification body of the register with the schemes it is approved for."""
    rows = [
        (scope.body, scope.approval_number, (scope.scheme_code, *_dates(scope)))
        for scope in registers.body_scopes()
    ]
    return _gathered(rows, lambda _number: "")


def laboratories() -> list[Approval]:
    """Every testing body of the register with its CMA number and the methods it covers."""
    rows = [
        (scope.laboratory, scope.cma_number, (scope.method, *_dates(scope)))
        for scope in registers.laboratory_scopes()
    ]
    return _gathered(rows, _cma_problem)


def people() -> list[tuple[object, bool]]:
    """Every registered person, and whether the entry is in force today."""
    return [(entry, entry.valid_on(today())) for entry in registers.registrations()]


def record(text: str = "", page: int = 1) -> Page[Entry]:
    """The audit record, newest first, searched by who, what and on what."""
    query = select(Entry).order_by(Entry.id.desc())
    if text := text.strip():
        like = f"%{text}%"
        query = query.where(or_(Entry.actor.ilike(like), Entry.verb.ilike(like), Entry.subject.ilike(like)))
    return paginate(query, page, RECORD_SIZE)


def _dates(entry: "BodyScope | LaboratoryScope") -> tuple[date, date, bool]:
    return entry.valid_from, entry.valid_to, entry.valid_on(today())


def _gathered(
    rows: list[tuple[Organisation, str, tuple[str, date, date, bool]]], problem_of: Callable[[str], str]
) -> list[Approval]:
    found: dict[tuple[int, str], Approval] = {}
    for holder, number, row in rows:
        approval = found.setdefault((holder.id, number), Approval(holder, number, problem_of(number), []))
        approval.rows.append(row)
    return sorted(found.values(), key=lambda approval: (approval.holder.name, approval.number))


def _cma_problem(number: str) -> str:
    try:
        check_cma(number)
    except Invalid as wrong:
        return say(wrong)
    return ""


# Complaints and reports


def grievances(kind: str, *, open_only: bool = False, page: int = 1) -> Page[Grievance]:
    """The complaints or the reports, what is due first at the top; who brought them is not among it."""
    model = BROUGHT[kind]
    query = select(model).order_by(model.is_closed, model.due_on, model.id.desc())
    return paginate(query.where(~model.is_closed) if open_only else query, page, BROUGHT_SIZE)


def one_grievance(kind: str, grievance_id: int) -> Grievance:
    found: Grievance | None = db.session.get(BROUGHT[kind], grievance_id) if kind in BROUGHT else None
    if found is None:
        raise NotFound("grievance-not-found")
    return found


def reporter(actor: Actor, found: Grievance) -> Reporter:
    """Who brought it: told to the handler alone (art. 33)."""
    if found.handler_id is None or found.handler_id != actor.id:
        raise NotPermitted("not-the-handler")
    if found.reporter is None:
        raise NotFound("reporter-anonymous")
    return found.reporter


def followed_up(number: str, code: str) -> Any:  # of one of the tables here, or as certification shows it
    """What was brought under this number, for whoever knows its code."""
    number = number.strip().upper()
    for model in BROUGHT.values():
        found: Grievance | None = db.session.scalar(select(model).where(model.number == number))
        if found is not None and compare_digest(found.code_digest, codes.digest_of(code)):
            return found
    if (at_the_body := complaints.followed_up(number, code)) is not None:
        return at_the_body
    raise NotFound("follow-up-unknown")
