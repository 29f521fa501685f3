"""The cases of a body as a list: what is said of a case, and whose turn it is."""

from sqlalchemy import CTE, ColumnElement, Subquery, and_, case, func, not_, select, true
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from accounts.models import Organisation
from certification.application.models import Application
from certification.application.queries.applications import visible
from certification.clocks.models import Clock
from certification.evaluation.models import EvaluationPlan, TeamMember
from certification.laboratory.models import PlannedLaboratory, Sample
from certification.workbench.queries.lists import (
    Column,
    Known,
    Listing,
    Pairs,
    Wanted,
    by_day,
    containing,
    in_order,
    officers,
    place_in,
    region_of,
)
from certification.workbench.queries.turns import concerns, is_theirs
from certification.workflow import APPLICATION
from certification.workflow.application import DRAFT
from core.db import db
from schemes.models import SchemeVersion

# Whose time it is in the clocks that press a body.
PRESSING = ("body", "laboratory")

VIEWS = ("mine", "waiting", "unassigned", "own", "open", "closed")
DUE = ("late", "next", "soon", "halted", "untimed")
SORTS = ("due", "updated", "number", "client", "scheme", "state")


def _described(actor: Actor, wanted: Wanted) -> CTE:
    """Each case, open or closed as the view asks, in the words the filters ask by."""
    due = due_days()
    entry = officers(actor)
    query = (
        visible(actor)
        .where(_half(wanted.view))
        .join(SchemeVersion, SchemeVersion.id == Application.scheme_id)
        .join(Organisation, Organisation.id == Application.applicant_id)
        .outerjoin(due, due.c.application_id == Application.id)
        .outerjoin(entry, entry.c.application_id == Application.id)
    )
    if text := wanted.text.strip():
        query = query.where(containing(text, Application.number, Application.product_name, Organisation.name))
    return query.with_only_columns(
        Application.id,
        Application.number,
        Application.state,
        Application.updated_at,
        Application.applicant_id.label("client"),
        Organisation.name.label("client_name"),
        SchemeVersion.code.label("scheme"),
        region_of(Application).label("region"),
        due.c.due,
        due.c.application_id.is_not(None).label("timed"),
        entry.c.user_id.label("officer"),
        # The turn is asked for last, and only of those on the actor's list: it looks into many tables.
        case((not_(concerns(actor)), ""), (is_theirs(actor), "mine"), else_="waiting").label("turn"),
    ).cte("described")


def _half(view: str) -> ColumnElement[bool]:
    """The cases that are open, that are closed, or all of them where no view is asked for."""
    return and_(true(), *({"": [], "closed": [Application.is_closed]}.get(view, [~Application.is_closed])))


def due_days() -> Subquery:
    """The nearest day of the clocks that press a body; none for a case whose clocks stand still."""
    query = select(Clock.application_id, func.min(Clock.due).label("due"))
    running = query.where(Clock.result == "running", Clock.owner.in_(PRESSING))
    return running.group_by(Clock.application_id).subquery()


def _known(found: CTE, actor: Actor) -> Known:
    """The filters whose answers are known beforehand."""
    return {
        "view": {
            "mine": found.c.turn == "mine",
            "waiting": found.c.turn == "waiting",
            "unassigned": found.c.officer.is_(None),
            "own": found.c.officer == actor.id,
            "open": true(),
            "closed": true(),
        },
        "due": by_day(found, DUE),
    }


def _pairs(found: CTE) -> Pairs:
    """The filters of which it may have several, as rows of (case, answer) out of each place that has some."""
    plan = EvaluationPlan.application_id == found.c.id
    answer = "answer"
    officer = select(found.c.id, found.c.officer.label(answer))
    team = select(found.c.id, TeamMember.user_id.label(answer)).join(EvaluationPlan, plan)
    planned = select(found.c.id, PlannedLaboratory.laboratory_id.label(answer)).join(EvaluationPlan, plan)
    sampled = select(found.c.id, Sample.laboratory_id.label(answer))
    return {
        "person": [officer, team.join(TeamMember, TeamMember.plan_id == EvaluationPlan.id)],
        "laboratory": [
            planned.join(PlannedLaboratory, PlannedLaboratory.plan_id == EvaluationPlan.id),
            sampled.join(Sample, Sample.application_id == found.c.id),
        ],
    }


def _by(found: CTE) -> dict[str, Column]:
    return {
        "due": found.c.due,
        "updated": found.c.updated_at,
        "number": found.c.number,
        "client": found.c.client_name,
        "scheme": found.c.scheme,
        "state": place_in(APPLICATION.states, found.c.state),
    }


def _whole(ids: list[int]) -> list[Application]:
    plan = selectinload(Application.plan).selectinload(EvaluationPlan.laboratories)
    query = select(Application).where(Application.id.in_(ids)).options(plan)
    return in_order(db.session.scalars(query), ids)


# Among equals what stood longest comes first, as `by_pressure` has it.
CASES = Listing(
    "cases",
    views=VIEWS,
    due=DUE,
    states=tuple(state for state in APPLICATION.states if state not in DRAFT),
    described=_described,
    known=_known,
    columns=("scheme", "client", "region", "state"),
    pairs=_pairs,
    sorts=SORTS,
    by=_by,
    ties=("updated_at", "id"),
    whole=_whole,
)
