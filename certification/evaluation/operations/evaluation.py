"""The body's verbs while it evaluates: plan, documents, site, nonconformities."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.queries import staff_ids
from certification.application.models import Application
from certification.evaluation.models import DocumentReview, EvaluationPlan, TeamMember
from certification.evaluation.operations.site import Item, Team, answered, planned_sites
from certification.laboratory.operations import orders
from certification.workflow import APPLICATION
from certification.workflow.purpose import PARTS
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.machine import Actor

VISIT = ("headcount", "person_days", "site_from", "site_to")


def read_registers(
    application: Application,
    *,
    step: str,
    team: Team = (),
    laboratory_id: int | None = None,
    allotments: Mapping[str, int | None] | None = None,
    site_from: date | None = None,
    site_to: date | None = None,
    overlap_reason: str = "",
    **_facts: object,
) -> dict[str, object]:
    """Whoever is named works for the body; what the register says of the laboratory, as of today.  Who is
    expected elsewhere on one of the days goes there only for a reason."""
    check_team(application.body_id, team)
    visitors = {user_id for user_id, function in team if function != "document_reviewer"}
    cases = booked(application, visitors, site_from, site_to)
    if cases and not overlap_reason.strip():
        raise Invalid("booked-elsewhere", {"overlap_reason": "booked-elsewhere"}, cases=cases[:3])
    return {"methods_missing": orders.out_of_scope(application, laboratory_id, allotments, today())}


def booked(application: Application, people: set[int], first: date | None, last: date | None) -> list[str]:
    """The numbers of the other cases in which one of these people visits on a day of these."""
    if first is None or last is None:
        return []
    goes = EvaluationPlan.team.any(
        TeamMember.user_id.in_(people) & (TeamMember.function != "document_reviewer")
    )
    query = select(Application.number).join(Application.plan).where(goes, Application.is_visited)
    query = query.where(EvaluationPlan.site_from <= last, EvaluationPlan.site_to >= first)
    return sorted(db.session.scalars(query.where(Application.id != application.id)))


def check_team(body_id: int, team: Team) -> None:
    """Whoever is named, as (user, function), works for the body and is named once for each function."""
    outsiders = {user_id for user_id, _function in team} - staff_ids(body_id)
    if outsiders:
        raise Invalid("person-not-of-the-body", {"team": "person-not-of-the-body"}, people=sorted(outsiders))
    if len(set(team)) < len(team):
        raise Invalid("person-named-twice", {"team": "person-named-twice"})


def planned(
    actor: Actor,
    parts: Sequence[str],
    parts_reason: str,
    overlap_reason: str,
    facts: Mapping[str, Any],  # as the shape of a plan has them
) -> dict[str, Any]:  # of each column its own
    """What is asked of a part that is left out is not kept: nothing is to hang on it later."""
    visit = {name: facts.get(name) if "site" in parts else None for name in VISIT}
    return visit | {
        "parts": [part for part in PARTS if part in parts],
        "parts_reason": parts_reason.strip(),
        "laboratory_id": facts["laboratory_id"] if "tests" in parts else None,
        "overlap_reason": overlap_reason.strip(),
        "planned_by": actor.label,
    }


def plan(
    application: Application,
    actor: Actor,
    *,
    team: Team,
    parts: Sequence[str] | None = None,
    parts_reason: str = "",
    overlap_reason: str = "",
    **facts: Any,  # as the shape of a plan has them
) -> None:
    parts = parts or PARTS
    said = planned(actor, parts, parts_reason, overlap_reason, facts)
    application.plan = EvaluationPlan(
        **said,
        laboratories=orders.planned_laboratories(application, said["laboratory_id"], facts.get("allotments")),
        team=[TeamMember(user_id=user_id, function=function) for user_id, function in team],
        sites=planned_sites(application, team=team, **facts) if "site" in parts else [],
    )
    db.session.flush()


def review_documents(
    application: Application,
    actor: Actor,
    *,
    result: str,
    findings: str,
    items: Sequence[Item] = (),
    **_facts: object,
) -> None:
    _supersede(application.document_review)
    review = DocumentReview(
        application_id=application.id,
        result=result,
        findings=findings,
        items=answered(application, items),
        reviewer=actor.label,
    )
    _renew(application, review, "document_review")


def _supersede(record: DocumentReview | None) -> None:
    if record is not None:
        record.superseded = True
        db.session.flush()


def _renew(application: Application, record: DocumentReview, name: str) -> None:
    db.session.add(record)
    db.session.flush()
    db.session.expire(application, [name])


PREPARE = {
    (APPLICATION, "plan"): read_registers,
}

EFFECTS = {
    (APPLICATION, "plan"): plan,
    (APPLICATION, "review_documents"): review_documents,
}
