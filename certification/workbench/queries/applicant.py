"""What the pages of the applicant ask: what is to be done first, what is missing, what is open to change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Date, Row, Subquery, cast, false, func, literal, null, select, union_all

from accounts.actor import Actor
from certification.application.models import Application, CorrectionPoint
from certification.application.queries.applications import history, missing, visible
from certification.clocks import queries as clocks
from certification.clocks.models import Clock
from certification.evaluation.models import Nonconformity
from certification.laboratory.models import Sample
from certification.workflow.application import ENDED_WITHOUT
from certification.workflow.correction import section_of
from core.db import db
from core.lifecycle import StepTaken
from core.web import Page, paginate

M = TypeVar("M", Application, Nonconformity, Sample)

# The sections of the task list, and what each must hold before the case may be handed in.
SECTIONS = {
    "parties": {"parties-incomplete"},
    "product": {"product-unnamed", "models-missing", "models-unread", "models-not-applied"},
    "files": {"files-missing", "rows-without-evidence"},
    "inventory": {
        "inventory-incomplete",
        "system-unsolved",
        "activity-unread",
        "activity-not-applied",
        "question-unanswered",
    },
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
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def open(self) -> bool:
        return self.state != "shut"


def tasks(actor: Actor, page: int = 1, size: int = 20) -> Page[Task]:
    """需要您处理: every task of the actor's organisation, the nearest day first, then what has no day."""
    own = Application.applicant_id == actor.organisation_id
    found = _tasks(own if "applicant" in actor.roles else false())
    count = select(func.count()).select_from(found)
    query = select(found).order_by(found.c.due.nulls_last(), found.c.case_id, found.c.what, found.c.about_id)
    rows = db.session.execute(query.limit(size).offset((max(1, page) - 1) * size)).all()
    return Page(_whole(rows), max(1, page), size, db.session.scalar(count) or 0, "tasks")


def tasks_of(case: Application) -> list[Task]:
    """The same of one case."""
    found = _tasks(Application.id == case.id)
    return _whole(db.session.execute(select(found).order_by(found.c.what, found.c.about_id)).all())


def _tasks(those: ColumnElement[bool]) -> Subquery:
    """(what, case_id, about_id, due) of each task of those cases: what waits for the applicant, in SQL."""
    nothing, undated = literal(0), cast(null(), Date)
    evaluating = Application.is_evaluating
    case = Application.id.label("case_id")
    kinds = [
        select(literal("fill").label("what"), case, nothing.label("about_id"), undated.label("due")).where(
            Application.is_draft
        ),
        select(literal("correct"), case, nothing, Application.correction_due).where(
            Application.is_correcting
        ),
        select(literal("sign"), case, nothing, undated).where(
            Application.awaits_agreement, Application.body_signed_by != ""
        ),
        select(literal("answer"), case, Nonconformity.id, Nonconformity.due)
        .join(Application.nonconformities)
        .where(evaluating, Nonconformity.awaits_client),
        select(literal("send"), case, Sample.id, undated)
        .join(Application.samples)
        .where(evaluating, Sample.awaits_client),
    ]
    return union_all(*(kind.where(those) for kind in kinds)).subquery()


def _whole(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Task]:  # rows of `_tasks`
    """The tasks with their cases, what they are about, and the clock that runs on that."""
    cases = _by_id(Application, {row.case_id for row in rows})
    findings = _by_id(Nonconformity, {row.about_id for row in rows if row.what == "answer"})
    samples = _by_id(Sample, {row.about_id for row in rows if row.what == "send"})
    running = clocks.by_thing(cases.values())
    found = []
    for row in rows:
        about: object = None
        clock: Clock | None = None
        match row.what:
            case "correct":
                clock = running.get(("application", row.case_id))
            case "answer":
                about, clock = findings.get(row.about_id), running.get(("nonconformity", row.about_id))
            case "send":
                about = samples.get(row.about_id)
        found.append(Task(row.what, cases[row.case_id], row.due, about, clock))
    return found


def _by_id(kind: type[M], ids: set[int]) -> dict[int, M]:
    return {found.id: found for found in db.session.scalars(select(kind).where(kind.id.in_(ids)))}


def open_cases(actor: Actor, page: int = 1, size: int = 20) -> Page[Application]:
    """The cases on their way, those first whose next day is nearest, then what stood longest."""
    query = clocks.by_pressure(visible(actor).where(~(Application.is_closed | Application.is_draft)))
    return paginate(query, page, size, "cases")


def set_aside(actor: Actor, page: int = 1, size: int = 20) -> Page[Application]:
    """Drafts, then what is closed; each changed last first."""
    query = visible(actor).where(Application.is_closed | Application.is_draft)
    order = (Application.is_closed, Application.updated_at.desc(), Application.id.desc())
    return paginate(query.order_by(*order), page, size, "others")


def sections(case: Application) -> list[Section]:
    lacking = set(missing(case))
    return [_section(case, name, bool(slugs & lacking)) for name, slugs in SECTIONS.items()]


def _section(case: Application, name: str, lacks: bool) -> Section:
    points = [point for point in case.open_points if section_of(point.anchor) == name]
    if not case.is_editable or (case.is_correcting and not points):
        return Section(name, "shut", points)
    if any(not point.answer for point in points) and case.is_correcting:
        return Section(name, "correct", points)
    return Section(name, "missing" if lacks else "done", points)


def ended(actor: Actor, case: Application) -> StepTaken | None:
    """The step that ended a case without a certificate, when one did."""
    last = [taken for taken in history(actor, case) if taken.target in ENDED_WITHOUT]
    return last[-1] if last else None
