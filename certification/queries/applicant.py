"""What the pages of the applicant ask: what is to be done first, what is missing, what is open to change."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from certification.models import Application, Clock, CorrectionPoint
from certification.operations.applications import EDITABLE
from certification.queries import clocks
from certification.queries.applications import CLOSED, WAITING_FOR, history, missing, visible
from certification.workflow.correction import opens, places, rows_opened, section_of
from core.db import db

# The sections of the task list, and what each must hold before the case may be handed in.
SECTIONS = {
    "parties": {"parties-incomplete"},
    "product": {"product-unnamed", "models-missing"},
    "files": {"files-missing"},
    "inventory": {"inventory-incomplete"},
}

# The road in the words of an applicant, and how far along it each state is.
ROAD = ("apply", "accept", "agree", "evaluate", "decide", "issue")
REACHED = {
    "draft": 0,
    "submitted": 1,
    "correcting": 1,
    "accepted": 2,
    "contracted": 3,
    "evaluating": 3,
    "in_review": 4,
    "pending_decision": 4,
    "granted": 5,
    "countersigned": 5,
    "certified": 6,
}


@dataclass(frozen=True)
class Task:
    """Something only the applicant can do: fill, correct, sign, answer a finding, send a sample."""

    what: str
    application: Application
    due: date | None = None
    about: object = None  # the nonconformity or the sample
    clock: Clock | None = None


@dataclass(frozen=True)
class Section:
    """One line of the task list.  `state` is done, missing, correct (a point waits) or shut."""

    name: str
    state: str
    points: list[CorrectionPoint] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state != "shut"


def tasks(actor: Actor, limit: int = 200) -> list[Task]:
    """需要您处理: every task of the actor's organisation, the nearest day first, then what has no day."""
    if "applicant" not in actor.roles:
        return []
    query = visible(actor).where(Application.state.in_(WAITING_FOR["applicant"])).order_by(Application.id)
    related = (Application.nonconformities, Application.samples, Application.points)
    cases = list(db.session.scalars(query.options(*map(selectinload, related)).limit(limit)))
    running = clocks.by_thing(cases)
    found = [task for case in cases for task in tasks_of(case, running)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))


def tasks_of(case: Application, running: dict | None = None) -> list[Task]:
    """`running` holds the clocks of the client's time by thing when they were read for many at once."""
    ticking = clocks.by_thing([case]) if running is None else running
    match case.state:
        case "draft":
            return [Task("fill", case)]
        case "correcting":
            return [Task("correct", case, case.correction_due, None, ticking.get(("application", case.id)))]
        case "accepted" if case.body_signed_by:
            return [Task("sign", case)]
        case "evaluating":
            raised = [finding for finding in case.nonconformities if finding.awaits_client]
            return [
                *(
                    Task("answer", case, finding.due, finding, ticking.get(("nonconformity", finding.id)))
                    for finding in raised
                ),
                *(Task("send", case, None, sample) for sample in case.samples if to_send(sample)),
            ]
    return []


def to_send(sample) -> bool:
    """The applicant sends the samples nobody comes to draw."""
    return sample.state == "planned" and sample.method == "submitted"


def open_cases(actor: Actor, limit: int = 50) -> list[Application]:
    """The cases on their way, those first whose next day is nearest, then those changed last."""
    shut = (*CLOSED, "draft")
    found = _cases(actor, Application.state.not_in(shut), limit)
    pressing = clocks.nearest(found)
    return sorted(found, key=lambda case: clocks.pressure(pressing.get(case.id)))


def drafts(actor: Actor, limit: int = 50) -> list[Application]:
    return _cases(actor, Application.state == "draft", limit)


def closed_cases(actor: Actor, limit: int = 50) -> list[Application]:
    return _cases(actor, Application.state.in_(CLOSED), limit)


def _cases(actor: Actor, condition, limit: int) -> list[Application]:
    query = visible(actor).where(condition).order_by(Application.updated_at.desc(), Application.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def sections(case: Application) -> list[Section]:
    lacking = set(missing(case))
    return [_section(case, name, bool(slugs & lacking)) for name, slugs in SECTIONS.items()]


def _section(case: Application, name: str, lacks: bool) -> Section:
    points = [point for point in case.open_points if section_of(point.anchor) == name]
    if case.state not in EDITABLE or (case.state == "correcting" and not points):
        return Section(name, "shut", points)
    if any(not point.answer for point in points) and case.state == "correcting":
        return Section(name, "correct", points)
    return Section(name, "missing" if lacks else "done", points)


def may_change(actor: Actor, case: Application, place: str) -> bool:
    """Whether this place of the application is open to the actor now."""
    if "applicant" not in actor.roles or case.state not in EDITABLE:
        return False
    return case.state == "draft" or opens((point.anchor for point in case.open_points), place)


def shut(actor: Actor, case: Application, section: str) -> frozenset[str]:
    """The places of a section that are not the actor's to change now."""
    return frozenset(place for place in places(case)[section] if not may_change(actor, case, place))


def open_rows(case: Application) -> set[int] | None:
    """The numbers of the rows that may be changed in a correction; None when all may."""
    anchors = [point.anchor for point in case.open_points]
    return None if case.state == "draft" or "inventory" in anchors else rows_opened(anchors)


def reached(case: Application) -> int | None:
    """How many stations of the road lie behind the case; None when it left the road."""
    return REACHED.get(case.state)


def ended(actor: Actor, case: Application):
    """The step that ended a case without a certificate, when one did."""
    last = [taken for taken in history(actor, case) if taken.target in CLOSED and taken.target != "certified"]
    return last[-1] if last else None
